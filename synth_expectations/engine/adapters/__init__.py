"""Connects the executor to an engine: SQLAlchemy, pandas or Spark."""
