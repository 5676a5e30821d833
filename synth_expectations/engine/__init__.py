"""Checks in, counts out: plans, compiles and runs checks on a batch. Knows no Great Expectations."""
