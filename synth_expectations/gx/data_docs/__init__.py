"""Data Docs pages: built once a run, from what is stored."""
