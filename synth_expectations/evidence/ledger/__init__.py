"""The ledger: entries in one order, each bound to the one before, that nobody can take out without a trace."""
