"""A data source that reads Parquet files with an in-process DuckDB."""
