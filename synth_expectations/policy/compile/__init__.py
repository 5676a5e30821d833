"""Compiles a policy to Great Expectations suites, checkpoints and data sources."""
