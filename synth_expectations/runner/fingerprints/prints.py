"""Columns of fingerprints: 16 bytes each, handled by numpy, as Arrow has no fast sort of bytes."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from synth_expectations.runner.fingerprints.key import LENGTH

PRINT = pa.binary(LENGTH)
_DIGEST = 32
"""Bytes of a SHA-256."""
_PIECE = 1_000_000
_HEX = np.frombuffer(b"".join(b"%02x" % byte for byte in range(256)), np.uint16)
"""Two letters for each byte."""


def cut_digests(digests: bytes) -> pa.Array:
    """Return fingerprints: the first half of each digest."""
    halves = np.frombuffer(digests, np.uint8).reshape(-1, _DIGEST)[:, :LENGTH]
    return pa.FixedSizeBinaryArray.from_buffers(PRINT, len(halves), [None, pa.py_buffer(halves.tobytes())])


def _read_bytes(prints: pa.ChunkedArray) -> npt.NDArray[np.uint8]:
    """Return fingerprints as rows of bytes."""
    chunks = [chunk for chunk in prints.chunks if len(chunk)]
    parts = [
        np.frombuffer(chunk.buffers()[1], np.uint8)[chunk.offset * LENGTH :][: len(chunk) * LENGTH] for chunk in chunks
    ]
    return np.concatenate(parts).reshape(-1, LENGTH) if parts else np.empty((0, LENGTH), np.uint8)


def _read_halves(prints: pa.ChunkedArray) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint64]]:
    """Return the two halves of fingerprints as numbers in the order of their bytes."""
    numbers = _read_bytes(prints).view(">u8").astype(np.uint64)
    return np.ascontiguousarray(numbers[:, 0]), np.ascontiguousarray(numbers[:, 1])


def sort_prints(prints: pa.ChunkedArray) -> npt.NDArray[np.intp]:
    """Return the order of fingerprints by their first half; those that have it in common stay as they stand."""
    first, _ = _read_halves(prints)
    return _sort(first)


def _sort(numbers: npt.NDArray[np.uint64]) -> npt.NDArray[np.intp]:
    order = np.argsort(numbers)
    ordered = numbers[order]
    return order if (ordered[1:] != ordered[:-1]).all() else np.argsort(numbers, kind="stable")


def group_prints(
    prints: pa.ChunkedArray,
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Return where each fingerprint begins in the order of all, how often it occurs, and that order."""
    first, second = _read_halves(prints)
    order = _sort(first)
    is_new = _find_changes(first[order], second[order])
    if (is_new[1:] & (first[order][1:] == first[order][:-1])).any():  # half of a fingerprint in common
        order = np.lexsort((second, first))
        is_new = _find_changes(first[order], second[order])
    firsts = np.flatnonzero(is_new)
    return firsts, np.diff(firsts, append=len(order)), order


def _find_changes(first: npt.NDArray[np.uint64], second: npt.NDArray[np.uint64]) -> npt.NDArray[np.bool_]:
    is_new = np.ones(len(first), bool)
    is_new[1:] = (first[1:] != first[:-1]) | (second[1:] != second[:-1])
    return is_new


def format_hex(prints: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return fingerprints as hexadecimal texts."""
    rows = _read_bytes(prints)
    pieces = []
    for start in range(0, len(rows), _PIECE):
        letters = _HEX[rows[start : start + _PIECE]]
        offsets = np.arange(0, (len(letters) + 1) * 2 * LENGTH, 2 * LENGTH, dtype=np.int32)
        pieces.append(pa.StringArray.from_buffers(len(letters), pa.py_buffer(offsets), pa.py_buffer(letters.tobytes())))
    return pa.chunked_array(pieces, pa.string())
