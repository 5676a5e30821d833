"""Lineage that other tools wrote, read into tables: runs of jobs, and what each reads and writes."""
