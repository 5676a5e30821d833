"""Which tables files make: a file alone in its directory may be one part of a table that grows."""

from __future__ import annotations

from pathlib import Path

import pytest

from synth_expectations.policy.infer.extracts import profile_extract
from synth_expectations.policy.infer.layout import find_kinds, locate_table

SPARK = "part-00000-0a1b2c3d-1111-4222-8333-123456789abc-c000.snappy.parquet"


@pytest.mark.parametrize(
    ("file", "glob", "table"),
    [
        ("lake/contact/part-0.parquet", "lake/contact/*.parquet", "contact"),
        (f"lake/contact/{SPARK}", "lake/contact/*.parquet", "contact"),
        (f"lake/contact/dt=2026-11-01/{SPARK}", "lake/contact/dt=*/*.parquet", "contact"),
        ("lake/contact/2026-11-01/part-0.csv.gz", "lake/contact/*/*.csv.gz", "contact"),
        ("lake/exports/Contact.parquet", "lake/exports/Contact.parquet", "contact"),
    ],
)
def test_a_file_alone(file: str, glob: str, table: str, tmp_path: Path) -> None:
    path = tmp_path / file
    path.parent.mkdir(parents=True)
    path.touch()
    [(_, found)] = find_kinds(str(tmp_path / "lake"))
    assert found == str(tmp_path / glob)
    assert locate_table(found)[2] == table


def test_a_wide_extract_needs_no_query_of_all_its_columns(tmp_path: Path) -> None:
    names = [f"column {number}" for number in range(250)]
    times = dict.fromkeys((0, 99, 100, 249), "2026-11-01T00:00:00Z")
    row = ",".join(times.get(number, "text") for number in range(250))
    file = tmp_path / "wide.csv"
    file.write_text("\n".join([",".join(names), row, row, ""]))
    profile = profile_extract(str(file), "csv")
    assert list(profile.types) == [names[number] for number in times]
