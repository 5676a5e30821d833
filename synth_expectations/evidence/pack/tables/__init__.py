"""The tables of a pack: what was planned, run, found and shown, a line each, for a spreadsheet."""
