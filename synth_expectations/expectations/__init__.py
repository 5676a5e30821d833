"""The catalogue: one file an expectation, found by its name."""
