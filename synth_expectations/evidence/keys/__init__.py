"""The keys that sign approvals, runs and packs, and whose they are."""
