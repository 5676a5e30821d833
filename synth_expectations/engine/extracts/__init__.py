"""Extracts in text, CSV and JSON Lines: read strictly, so that a damaged row is an error with its line."""
