"""Group Parquet files that have the same schema, without reading more than the first bytes of each footer.

A footer begins with the schema, and one writer writes one schema with the same bytes each time. So few schemas have to be
understood, however many files there are: comparing a thousand files takes 30 ms, reading their schemas half a second.
https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift (FileMetaData: 1 version, 2 schema)
https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md
"""

from __future__ import annotations

import os
from collections.abc import Container, Sequence

from synth_expectations.gx.datasources.object_stores import is_address, read_ends

_END = b"PAR1"
_FAR_AWAY = 1 << 16
"""Bytes that are read of a file on an object store: nearly all footers are shorter, and a request costs more than bytes."""
_BOOLEANS, _BYTE, _INTEGERS, _DOUBLE, _BINARY, _LISTS, _STRUCT = (1, 2), 3, (4, 5, 6), 7, 8, (9, 10), 12
_LONG_LIST = 15
"""The size that says that the size follows."""


def group_by_schema(files: Sequence[str]) -> list[list[str]]:
    """Return files in groups that each have one schema; a schema may have several groups.

    Args:
        files: local paths and addresses. A file that is not as expected is a group of its own: whoever reads it raises why.
    """
    groups: dict[bytes | str, list[str]] = {}
    lengths: set[int] = set()
    ends = read_ends([file for file in files if is_address(file)], _FAR_AWAY)
    for file in files:
        try:
            if is_address(file):
                footer = _cut_footer(file, ends[file])
                schema = footer[: _find_end_of_schema(footer)]
            else:
                schema = _read_schema(file, lengths, groups)
            groups.setdefault(schema, []).append(file)
        except (OSError, LookupError, ValueError):
            groups[file] = [file]
    return list(groups.values())


def _cut_footer(file: str, end: bytes) -> bytes:
    """Return the footer of a file on an object store, of which the end was read."""
    length = _read_length(end[-8:])
    if length + 8 > len(end):
        end = read_ends([file], length + 8)[file]
    return end[-8 - length : -8]


def _read_length(tail: bytes) -> int:
    """Return the length of the footer from the last eight bytes of a file."""
    if tail[4:] != _END:
        raise ValueError
    return int.from_bytes(tail[:4], "little")


def _read_schema(file: str, lengths: set[int], known: Container[bytes | str]) -> bytes:
    """Return the bytes of a file's schema.

    Args:
        file: its path.
        lengths: those of the schemas that are known; the new one is added.
        known: has them.
    """
    descriptor = os.open(file, os.O_RDONLY)
    try:
        end = os.fstat(descriptor).st_size - 8
        length = _read_length(os.pread(descriptor, 8, end))
        start = os.pread(descriptor, max(lengths, default=0), end - length)
        for known_length in lengths:
            if start[:known_length] in known:
                return start[:known_length]
        footer = os.pread(descriptor, length, end - length)
    finally:
        os.close(descriptor)
    schema = footer[: _find_end_of_schema(footer)]
    lengths.add(len(schema))
    return schema


def _find_end_of_schema(footer: bytes) -> int:
    version, position = footer[0], 1
    if version != 0x15:  # field 1, an integer
        raise ValueError
    _, position = _read_number(footer, position)
    if footer[position] != 0x19:  # the next field, a list
        raise ValueError
    return _skip(footer, position + 1, _LISTS[0])


def _read_number(data: bytes, position: int) -> tuple[int, int]:
    number = shift = 0
    while True:
        byte = data[position]
        position += 1
        number |= (byte & 0x7F) << shift
        if byte < 0x80:
            return number, position
        shift += 7


def _skip(data: bytes, position: int, kind: int) -> int:
    """Return the position after a value."""
    match kind:
        case _ if kind in _BOOLEANS or kind == _BYTE:
            return position + 1  # of a list; a field has its boolean in its type
        case _ if kind in _INTEGERS:
            return _read_number(data, position)[1]
        case _ if kind == _DOUBLE:
            return position + 8
        case _ if kind == _BINARY:
            length, position = _read_number(data, position)
            return position + length
        case _ if kind in _LISTS:
            size, element = data[position] >> 4, data[position] & 0x0F
            position += 1
            if size == _LONG_LIST:
                size, position = _read_number(data, position)
            for _ in range(size):
                position = _skip(data, position, element)
            return position
        case _ if kind == _STRUCT:
            return _skip_struct(data, position)
    raise ValueError(kind)  # a map: a schema has none


def _skip_struct(data: bytes, position: int) -> int:
    while header := data[position]:
        position += 1
        if not header >> 4:  # the number of the field follows
            _, position = _read_number(data, position)
        if (kind := header & 0x0F) not in _BOOLEANS:
            position = _skip(data, position, kind)
    return position + 1
