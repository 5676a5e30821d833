"""The records that the ledger keeps of a run: what it read, what it found, and by which policy."""
