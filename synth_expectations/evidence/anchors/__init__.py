"""Anchors: copies of the head of a ledger that somebody outside keeps or signs."""
