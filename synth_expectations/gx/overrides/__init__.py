"""Replaces single methods of Great Expectations' execution engines where its own way is slow."""
