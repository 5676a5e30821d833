"""What decides which records a draw has: a seed that nobody can choose, and the hash of each record's key with it."""

from __future__ import annotations

import hashlib
import unicodedata

from synth_expectations.errors import SynthError
from synth_expectations.evidence.canonical import compute_digest
from synth_expectations.evidence.ledger.entry import Head

LONGEST_NONCE = 200
_PREFIX_LENGTH = 20
"""Digits of a prefix: with it and its bar, a key of 34 bytes is one block of SHA-256, which costs half of two."""


def normalize_nonce(nonce: str) -> str:
    """Return an auditor's nonce without white space around it, its letters composed.

    Raises:
        SynthError: it is empty, too long, or no text.
    """
    composed = unicodedata.normalize("NFC", nonce).strip()
    if not composed or len(composed) > LONGEST_NONCE or not composed.isprintable():
        raise SynthError(
            f"--nonce: give 1 to {LONGEST_NONCE} printable characters.",
            "The auditor chooses them, such as the result of a throw of dice.",
        )
    return composed


def make_seed(head: Head, nonce: str) -> str:
    """Return the seed of a draw: the SHA-256 of the head's digest and the nonce, each on a line of its own."""
    return compute_digest(f"{head.digest}\n{nonce}\n".encode())


def make_prefix(seed: str, table: str) -> str:
    """Return what stands before the key of each record when it is hashed: it follows from the seed and the table."""
    named = f"{seed}|{unicodedata.normalize('NFC', table)}"
    return f"{compute_digest(named.encode('utf-8', 'surrogatepass'))[:_PREFIX_LENGTH]}|"


def rank_key(prefix: str, key: str) -> str:
    """Return the SHA-256 by which a record is ranked: of the prefix and its key in NFC, in UTF-8."""
    return hashlib.sha256(f"{prefix}{unicodedata.normalize('NFC', key)}".encode("utf-8", "surrogatepass")).hexdigest()
