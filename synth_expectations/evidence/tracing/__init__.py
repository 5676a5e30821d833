"""One person's record or one dataset, followed through the tables of a policy; the ledger keeps only that it was done."""
