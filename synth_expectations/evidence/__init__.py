"""What an auditor can hold a run to: its record, the ledger that keeps it, the site and the pack that show it."""
