"""Statements about runs, approvals and packs, in the public formats: in-toto statements in DSSE envelopes."""
