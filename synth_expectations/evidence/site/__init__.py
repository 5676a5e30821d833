"""The evidence site: pages for an auditor, made from the ledger alone."""
