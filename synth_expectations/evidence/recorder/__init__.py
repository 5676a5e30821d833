"""Record runs: what a run plans goes into the ledger when it starts, and what it found when it ends."""
