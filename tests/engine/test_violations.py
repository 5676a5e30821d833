"""Violating records are listed in pieces, by key, on every engine. The case runner lists those of every case."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest
from sqlglot import exp

from synth_expectations.engine.compiler import Compiler
from synth_expectations.engine.count_query import CountQuery
from synth_expectations.engine.violations import BrokenCheck, ViolationPiece, ViolationReader, explain_unlisted
from synth_expectations.report.quarantine_file import QuarantineFile
from synth_expectations.rules.expressions import field, is_blank, is_one_of, lacks_column, look_up, make_key, matches
from synth_expectations.rules.model import Lookup, LookupCheck, RowCheck, Rule, SchemaCheck, is_about_columns
from synth_expectations.testing import Engine, Table
from synth_expectations.testing.cases import AS_OF

COLUMNS = {"id": "integer", "email": "text", "born": "date", "code": "text", "other": "text"}
ROWS = [
    {"id": i, "email": f"p{i}@firm.example" if i % 2 else None, "born": "1980-02-29", "code": str(i % 40), "other": "x"}
    for i in range(100)
]


def check_of(rules: tuple[Rule, ...], key: str | None) -> RowCheck | SchemaCheck:
    kind = SchemaCheck if is_about_columns(rules) else RowCheck
    return kind(rules=rules, population=exp.true(), record_key=key)


def asking(*rules: Rule, key: str | None = "id") -> BrokenCheck:
    return BrokenCheck("expect_x", "critical", check_of(rules, key), AS_OF, frozenset(r.name for r in rules))


def test_records_come_in_pieces_of_a_size(engine: Engine) -> None:
    adapter = engine.adapter(Table.of(COLUMNS, ROWS), {})
    condition = Compiler(adapter.columns(), adapter.dialect, AS_OF).compile(is_blank(field("email")))
    pieces = adapter.stream_violations([condition], ["id"], 20)
    assert [len(next(pieces)) for _ in range(2)] == [20, 20]
    assert [len(piece) for piece in pieces] == [10]
    assert adapter.statements.count == 1
    stopped = adapter.stream_violations([condition], ["id"], 20)
    assert len(next(stopped)) == 20
    stopped.close()
    [counted] = adapter.count([CountQuery.of([condition])])
    assert (counted.rows, list(counted.by_condition.values())) == (100, [50]), (
        "the engine answers after a listing that was not read to its end"
    )


def test_more_patterns_than_an_engine_holds(engine: Engine) -> None:
    rules = [Rule(f"code is {i}", matches(field("code"), f"{i}")) for i in range(40)]
    adapter = engine.adapter(Table.of(COLUMNS, ROWS), {})
    keys: dict[str, list[str]] = {}
    for piece in ViolationReader(adapter, "batch", {}).read([asking(*rules)]):
        for _, rule, flags in piece.breaks:
            keys.setdefault(rule, []).extend(key for key, flag in zip(piece.keys, flags, strict=True) if flag == 1)
    assert {rule: sorted(map(int, found)) for rule, found in keys.items()} == {
        f"code is {i}": list(range(i, 100, 40)) for i in range(40)
    }
    assert adapter.statements.count == (2 if engine.name == "postgresql" else 1)


def test_identifiers_are_carried_through_a_join_and_as_they_are(engine: Engine, tmp_path: Path) -> None:
    row = asking(Rule("no e-mail", is_blank(field("email"))), Rule("other is x", is_one_of(field("other"), ["x"])))
    lookup = Lookup("known", "codes", make_key(field("code")), make_key(field("code")))
    unknown = LookupCheck(
        rules=(Rule("unknown code", ~look_up("known")),), population=exp.true(), lookups=(lookup,), record_key="id"
    )
    joined = BrokenCheck("expect_y", "info", unknown, AS_OF, frozenset({"unknown code"}))
    adapter = engine.adapter(Table.of(COLUMNS, ROWS), {"codes": Table.of({"code": "text"}, [{"code": "7"}])})
    with QuarantineFile(tmp_path / "x.parquet", ["born", "email"], {}) as file:
        for piece in ViolationReader(adapter, "batch", {"batch": ["born", "email"]}).read([row, joined]):
            file.write(piece)
    found = pq.read_table(file.path).to_pylist()
    assert len(found) == file.rows == 50 + 100 + 97
    assert {each["identifier_born"] for each in found} == {"1980-02-29"}
    for each in found:
        assert each["identifier_email"] == ROWS[int(each["key"])]["email"]
    assert {each["severity"] for each in found if each["expectation"] == "expect_y"} == {"info"}


def test_what_cannot_be_listed() -> None:
    missing = Rule("email is missing", lacks_column("email"))
    assert explain_unlisted(asking(missing)) == "its rules are about the columns of the table"
    assert explain_unlisted(asking(Rule("no e-mail", is_blank(field("email"))), key=None)) == "it has no record_key"
    assert explain_unlisted(asking(Rule("no e-mail", is_blank(field("email"))))) == ""
    rules = (Rule("of another", is_blank(field("email"))),)
    keyless = RowCheck(rules=rules, population=exp.true(), reference="other")
    check = RowCheck(rules=(), population=exp.true(), record_key="id", related=(keyless,))
    assert (
        explain_unlisted(BrokenCheck("expect_x", "info", check, AS_OF, frozenset({"of another"})))
        == "it has no record_key"
    )
    assert explain_unlisted(BrokenCheck("expect_x", "info", check, AS_OF, frozenset())) == ""


def test_a_listing_that_fails_leaves_no_file(tmp_path: Path) -> None:
    def interrupted() -> None:
        with QuarantineFile(tmp_path / "deep" / "x.parquet", [], {}) as file:
            file.write(ViolationPiece("batch", "id", ["a", None], {}, [(asking(), "rule", (1, 1))]))
            assert len(list((tmp_path / "deep").iterdir())) == 1
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert list((tmp_path / "deep").iterdir()) == []
