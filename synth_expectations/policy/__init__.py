"""policy.yml: its model, and its compiler to the native files of a Great Expectations project."""
