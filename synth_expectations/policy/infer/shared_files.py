"""Tables of a proposal that are the same files under another name, linked or copied."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence

_END = 65536
"""Bytes that are compared at each end of a file: a Parquet file ends with the sizes and statistics of its columns."""


def find_shared_files(files: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str, str]]:
    """Yield each table that has files of an earlier one, that one, and a sentence about it.

    Args:
        files: the files of each table.
    """
    paths: dict[str, str] = {}
    copies: dict[tuple[int, bytes], str] = {}
    for table, names in files.items():
        same = {other for name in names if (other := paths.get(os.path.realpath(name)))}
        alike = {other for name in names if (other := copies.get(_fingerprint(name)))} - same
        for other in sorted(same):
            yield (
                table,
                other,
                f"{table} has the same files as {other}: its records would count twice; keep one of them",
            )
        for other in sorted(alike):
            yield (
                table,
                other,
                f"{table} has copies of the files of {other}: its records would count twice; keep one of them",
            )
        for name in names:
            paths.setdefault(os.path.realpath(name), table)
            copies.setdefault(_fingerprint(name), table)


def _fingerprint(file: str) -> tuple[int, bytes]:
    """Return the size of a file, and a digest of both its ends."""
    size = os.path.getsize(file)
    with open(file, "rb") as content:
        digest = hashlib.blake2b(content.read(_END))
        content.seek(max(size - _END, 0))
        digest.update(content.read(_END))
    return size, digest.digest()
