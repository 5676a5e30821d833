"""The number of rows that a footer names, as pyarrow reads it; and what is no footer."""

from __future__ import annotations

import io
import random
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from synth_expectations.engine.fingerprints import Fingerprinter
from synth_expectations.engine.parquet_footer import DamagedFooterError, read_row_count


def _write(table: pa.Table, **options: Any) -> bytes:
    file = io.BytesIO()
    pq.write_table(table, file, **options)
    content = file.getvalue()
    size = int.from_bytes(content[-8:-4], "little")
    return content[-8 - size : -8]


NESTED = pa.array([{"of": [{"deeper": {"key": 1}}]}, None, {"of": None}])


@pytest.mark.parametrize(
    ("table", "options"),
    [
        (pa.table({"a": pa.array([], pa.int64())}), {}),
        (pa.table({}), {}),
        (pa.table({"a": range(70_000)}), {"row_group_size": 10}),
        (pa.table({f"column {number} ü": ["x"] * 3 for number in range(400)}), {}),
        (pa.table({"nested": NESTED, "map": pa.array([[("k", 1)]] * 3, pa.map_(pa.string(), pa.int64()))}), {}),
        (
            pa.table({"time": pa.array([1, 2], pa.timestamp("ns", "UTC")), "n": pa.array([1, 2], pa.decimal128(9, 2))}),
            {},
        ),
        (pa.table({"a": [1.5, float("nan")]}), {"version": "1.0", "use_dictionary": False, "write_statistics": False}),
        (pa.table({"a": ["x"]}).replace_schema_metadata({"who": "y" * 100_000}), {"write_page_index": True}),
    ],
)
def test_it_is_the_number_that_pyarrow_reads(table: pa.Table, options: dict[str, Any]) -> None:
    assert read_row_count(_write(table, **options)) == table.num_rows


def test_a_footer_that_ends_early_is_damaged() -> None:
    footer = _write(pa.table({"a": range(1000), "b": ["x"] * 1000}))
    at = next(size for size in range(len(footer)) if _is_read(footer[:size]))
    assert read_row_count(footer[:at]) == 1000
    for size in range(at):
        with pytest.raises(DamagedFooterError):
            read_row_count(footer[:size])


def _is_read(content: bytes) -> bool:
    try:
        read_row_count(content)
    except DamagedFooterError:
        return False
    return True


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00",  # a structure without fields
        b"\x1c" * 100_000,  # a structure in a structure, and so on
        b"\x19\xfc" * 100_000,  # a list of lists
        b"\x36\x01\x00",  # -1 rows
        b"\x38\x02ab\x00",  # rows that are a text
        b"\x36" + b"\xff" * 20,
        b"\x19\xf1" + b"\xff" * 8 + b"\x7f",  # a list of more truths than there are bytes
        b"\x1f\x00\x00",  # a type that there is not
    ],
)
def test_what_is_no_footer_is_an_error(content: bytes) -> None:
    with pytest.raises(DamagedFooterError):
        read_row_count(content)


def test_any_bytes_are_read_or_an_error() -> None:
    footer = _write(pa.table({"a": range(10), "b": ["x"] * 10}))
    chance = random.Random(21)
    for _ in range(2000):
        damaged = bytearray(footer)
        for _ in range(chance.randint(1, 4)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        _is_read(bytes(damaged))


def test_rows_of_an_encrypted_footer_are_unknown(tmp_path: Path) -> None:
    file = tmp_path / "a.parquet"
    pq.write_table(pa.table({"a": [1, 2]}), file)
    fingerprints = [_read(file)]
    file.write_bytes(file.read_bytes()[:-4] + b"PARE")  # as the format marks it
    fingerprints.append(_read(file))
    assert [fingerprint.rows for fingerprint in fingerprints] == [2, None]
    assert all(fingerprint.footer_sha256 for fingerprint in fingerprints)


def _read(file: Path) -> Any:
    state = file.stat()
    return Fingerprinter().read(str(file), (state.st_dev, state.st_ino, state.st_size, state.st_mtime_ns))
