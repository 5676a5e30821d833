"""The demo's data itself: repeatable, nobody's, and never written over someone else's."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from synth_expectations.demo import AS_OF, Manifest, generate
from synth_expectations.demo.names import MAILBOXES, TEST_MAILBOXES, to_ascii
from synth_expectations.demo.sheets import SHEETS
from synth_expectations.errors import SynthError

TABLES = {"contact", "customer", "marketing_send", "credit_decision", "legal_hold", "staff", *SHEETS}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Manifest]:
    directory = tmp_path_factory.mktemp("demo") / "build" / "extracts"
    return directory, generate(directory, 1_000)


def digests(directory: Path) -> dict[str, str]:
    files = sorted(path for path in directory.rglob("*") if path.is_file())
    return {str(path.relative_to(directory)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_same_arguments_same_bytes(made: tuple[Path, Manifest], tmp_path: Path) -> None:
    directory, manifest = made
    assert generate(tmp_path, 1_000) == manifest
    assert digests(tmp_path) == digests(directory)


def test_another_seed_other_people(made: tuple[Path, Manifest], tmp_path: Path) -> None:
    _, manifest = made
    other = generate(tmp_path, 1_000, seed=8)
    assert other.find_spared_keys("contact").isdisjoint(manifest.find_spared_keys("contact"))
    assert [(each.kind, each.rule, len(each.keys)) for each in other.planted] == [
        (each.kind, each.rule, len(each.keys)) for each in manifest.planted
    ]


def test_tables_are_where_the_policy_looks(made: tuple[Path, Manifest]) -> None:
    directory, manifest = made
    assert set(manifest.records) == TABLES
    parts = list((directory / "contact" / "extract_date=2026-11-01").glob("part-*.parquet"))
    assert len(parts) >= 2
    for table, rows in manifest.records.items():
        assert sum(pq.read_metadata(path).num_rows for path in (directory / table).rglob("*.parquet")) == rows
    assert manifest.records["contact"] == 1_000


def test_the_manifest_lies_beside_them(made: tuple[Path, Manifest]) -> None:
    directory, manifest = made
    document = json.loads((directory / "planted.json").read_text(encoding="utf-8"))
    assert document["records"] == manifest.records
    assert len(document["planted"]) == len(manifest.planted)
    for each in manifest.planted:  # keys only: no identifier of anyone
        assert not [key for key in each.keys if "@" in key or "+" in key]


def test_a_smaller_demo_leaves_nothing_of_a_larger_one(tmp_path: Path) -> None:
    generate(tmp_path, 3_000, as_of=AS_OF - timedelta(days=1))
    generate(tmp_path, 1_000)
    assert pq.read_table(tmp_path / "contact").num_rows == 1_000
    assert [path.name for path in (tmp_path / "contact").iterdir()] == ["extract_date=2026-11-01"]


def test_never_writes_over_what_it_did_not_write(tmp_path: Path) -> None:
    theirs = tmp_path / "contact" / "part-0000.parquet"
    theirs.parent.mkdir()
    theirs.write_bytes(b"theirs")
    with pytest.raises(SynthError, match="did not write"):
        generate(tmp_path, 1_000)
    assert theirs.read_bytes() == b"theirs"


@pytest.mark.parametrize(
    ("contacts", "as_of"), [(999, AS_OF), (1_000_001, AS_OF), (1_000, datetime(2025, 12, 31, tzinfo=UTC))]
)
def test_refuses_what_it_cannot_make(contacts: int, as_of: datetime, tmp_path: Path) -> None:
    with pytest.raises(SynthError, match="The demo"):
        generate(tmp_path / "new", contacts, as_of=as_of)
    assert not (tmp_path / "new").exists()


def test_moments_are_those_of_as_of_whatever_its_zone(made: tuple[Path, Manifest], tmp_path: Path) -> None:
    _, manifest = made
    assert generate(tmp_path / "naive", 1_000, as_of=AS_OF.replace(tzinfo=None)) == manifest
    there = AS_OF.astimezone(timezone(timedelta(hours=9)))
    assert generate(tmp_path / "zoned", 1_000, as_of=there) == manifest


def test_kinds_fit_a_line_of_the_demo(made: tuple[Path, Manifest]) -> None:
    _, manifest = made
    assert [each.kind for each in manifest.planted if len(each.kind) > 45] == []


def test_customers_can_be_nobody(made: tuple[Path, Manifest]) -> None:
    directory, _ = made
    customers = pq.read_table(directory / "customer").to_pylist()
    given = [each["email"] for each in customers if each["email"]]
    assert {email.split("@")[1] for email in given} <= set(MAILBOXES)
    assert len(set(given)) == len(given)
    phones = [each["phone"] for each in customers if each["phone"]]
    assert all(phone.startswith(("+44 20 0", "+44 20 1")) for phone in phones)  # cannot be dialled
    assert set(MAILBOXES).isdisjoint(TEST_MAILBOXES)


def test_plain_names() -> None:
    assert to_ascii("Zoë Groß-Sørlie Łukasik Ibáñez") == "Zoe Gross-Sorlie Lukasik Ibanez"
