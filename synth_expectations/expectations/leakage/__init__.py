"""Synthetic records where real ones belong, and real people inside synthetic records."""
