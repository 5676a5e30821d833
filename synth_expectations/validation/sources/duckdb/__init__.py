"""DuckDB over files: a view of each table, and extracts in its memory."""
