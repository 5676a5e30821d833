"""The gate: find untagged synthetic data in files, before a deployment takes them to production.

It reads a working tree and changes nothing. It imports no Great Expectations, no DuckDB, no pandas and no pydantic, so that a
hook stays fast.
"""
