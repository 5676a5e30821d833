"""A data source that reads Parquet files with Spark."""
