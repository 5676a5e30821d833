"""Great Expectations data sources over Parquet files, on DuckDB and on Spark."""
