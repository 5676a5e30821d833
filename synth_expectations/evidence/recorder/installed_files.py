"""The data files of the package that decide what a run says: regulations, and signatures of synthetic records."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from synth_expectations.controls import load
from synth_expectations.evidence.canonical import compute_digest, encode_document
from synth_expectations.expectations import signatures


@cache
def read_controls() -> dict[str, bytes]:
    """Return the text of each regulation's file, by its name."""
    return {file.name: file.read_bytes() for file in sorted(load.HERE.glob("*.yml"))}


@cache
def digest_signatures() -> str:
    """Return one digest of all files of signatures."""
    files = sorted(Path(signatures.__file__).parent.glob("*.txt"))
    return compute_digest(encode_document({file.name: compute_digest(file.read_bytes()) for file in files}))
