"""The keys of all violating records, by expectation and rule, written to Parquet as they come."""

from synth_expectations.engine.violations import Listing, Piece, Wanted, unlisted
from synth_expectations.quarantine.writing import QuarantineFile

__all__ = ["Listing", "Piece", "QuarantineFile", "Wanted", "unlisted"]
