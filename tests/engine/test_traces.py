"""A violating record is listed with its file, and with the key that it points at or that was found."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from sqlglot import exp

from synth_expectations.engine.adapters.base import Adapter
from synth_expectations.engine.violations import BrokenCheck, ViolationReader
from synth_expectations.expectations.catalogue import expectation_class
from synth_expectations.rules.expressions import field, is_blank
from synth_expectations.rules.model import Check, RowCheck, Rule
from synth_expectations.testing import Engine, Table
from synth_expectations.testing.cases import AS_OF

POINTING = Table.of(
    {"id": "integer", "who": "text", "email": "text", "marker": "text"},
    [
        {"id": 1, "who": "C-1", "email": None, "marker": "true"},
        {"id": 2, "who": "C-9", "email": " ANN@shop.example", "marker": "true"},
        {"id": 3, "who": None, "email": "bob@shop.example", "marker": "true"},
    ],
)
CONTACTS = Table.of(
    {"key": "text", "email": "text"},
    [
        {"key": "C-1", "email": "ann@shop.example"},
        {"key": "C-0", "email": "ann@shop.example"},
        {"key": "C-2", "email": "bob@shop.example"},
    ],
)
COPIES = {"reference": "contacts", "match": [[{"columns": "email", "kind": "email"}]], "reference_key": "key"}
POINTERS = {"targets": [{"columns": "who", "reference": "contacts", "key": "key", "all_records": "synthetic"}]}
Found = dict[str, list[tuple[str | None, str | None, str | None]]]


def list_broken(adapter: Adapter, check: Check, withheld: Mapping[str, Collection[str]] | None) -> Found:
    """Return key, reference and reference key of the records that break each rule."""
    rules = frozenset(rule.name for rule in check.rules if rule.judged)
    found: Found = {}
    for piece in ViolationReader(adapter, "batch", {}, withheld).read(
        [BrokenCheck("expect_x", "critical", check, AS_OF, rules)]
    ):
        for _, rule, flags in piece.breaks:
            keys = piece.traces.reference_keys.get(rule, [None] * len(piece.keys))
            found.setdefault(rule, []).extend(
                (key, piece.traces.references.get(rule), there)
                for key, there, flag in zip(piece.keys, keys, flags, strict=True)
                if flag == 1
            )
    return {rule: sorted(records) for rule, records in found.items() if records}


def ask(type_name: str, arguments: Mapping[str, object]) -> Check:
    return expectation_class(type_name)(record_key="id", **arguments).check


@pytest.mark.full_on("spark")
@pytest.mark.parametrize("withheld", [{}, {"contacts": {"key"}}, None], ids=["shown", "withheld", "not asked for"])
def test_the_key_of_what_was_found(engine: Engine, withheld: Mapping[str, Collection[str]] | None) -> None:
    adapter = engine.adapter(POINTING, {"contacts": CONTACTS})
    check = ask("expect_synthetic_records_to_not_copy_real_records", {"marker_column": "marker", **COPIES})
    reference = None if withheld is None else "contacts"
    ann, bob = ("C-0", "C-2") if withheld == {} else (None, None)
    assert list_broken(adapter, check, withheld) == {
        "same email as a real record": [("2", reference, ann), ("3", reference, bob)]
    }


@pytest.mark.full_on("spark")
def test_the_key_that_a_record_points_at(engine: Engine) -> None:
    adapter = engine.adapter(POINTING, {"contacts": CONTACTS})
    check = ask("expect_references_to_not_resolve_to_synthetic_records", POINTERS)
    assert list_broken(adapter, check, {"batch": {"email"}}) == {
        "who points at a synthetic record": [("1", "contacts", "C-1")],
        "who points at a record that is not there": [("2", "contacts", "C-9")],
    }
    assert {key for *_, key in list_broken(adapter, check, {"batch": {"who"}})["who points at a synthetic record"]} == {
        None
    }


@pytest.mark.full_on("spark")
def test_records_of_no_file(engine: Engine) -> None:
    rules = (Rule("no e-mail", is_blank(field("email"))),)
    check = RowCheck(rules=rules, population=exp.true(), record_key="id")
    broken = BrokenCheck("expect_x", "critical", check, AS_OF, frozenset({"no e-mail"}))
    [piece] = ViolationReader(engine.adapter(POINTING, {}), "batch", {}, {}).read([broken])
    assert set(piece.traces.files) <= {None}


@pytest.mark.only_on("spark")
def test_the_file_of_a_record_on_spark(engine: Engine, tmp_path: Path) -> None:
    from synth_expectations.engine.adapters.spark import SparkAdapter

    folder = tmp_path / "a b" / "day=2026-11-01"
    folder.mkdir(parents=True)
    pq.write_table(POINTING.arrow(), folder / "part+0 é.parquet")
    frame = engine.start().read.parquet(str(tmp_path / "a b"))  # type: ignore[attr-defined]
    contacts = engine.relation(CONTACTS)  # type: ignore[attr-defined]
    adapter = SparkAdapter(frame, {"contacts": contacts}.__getitem__, "batch")
    for check in (
        RowCheck(rules=(Rule("no e-mail", is_blank(field("email"))),), population=exp.true(), record_key="id"),
        ask("expect_synthetic_records_to_not_copy_real_records", {"marker_column": "marker", **COPIES}),
    ):
        broken = BrokenCheck("expect_x", "critical", check, AS_OF, frozenset(rule.name for rule in check.rules[:1]))
        [piece] = ViolationReader(adapter, "batch", {}, {}).read([broken])
        assert set(piece.traces.files) == {str(folder / "part+0 é.parquet")}
