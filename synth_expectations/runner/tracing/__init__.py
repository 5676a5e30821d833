"""One record, or one dataset, followed through the tables of a policy."""
