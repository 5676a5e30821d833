"""Samples of records that people review: drawn so that nobody can choose them, and recorded with what was found."""
