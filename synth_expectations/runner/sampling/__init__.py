"""Draws of records, in the engine of their table."""
