"""The rules of the gate: one file each, found by its name."""
