"""Keyed fingerprints of identifiers, so that two tables are compared and neither side shows the other a person."""
