"""Whether a ledger or a pack is whole and unaltered, and whether what it says agrees with itself."""
