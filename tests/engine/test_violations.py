"""What the case files say is violated is listed, by key, on every engine: whatever asks for it, and however often."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from sqlglot import exp

from synth_expectations.engine.compiler import Compiler
from synth_expectations.engine.count_query import CountQuery
from synth_expectations.engine.violations import BrokenCheck, ViolationPiece, ViolationReader, explain_unlisted
from synth_expectations.report.quarantine_file import QuarantineFile
from synth_expectations.rules.expressions import blank, field, key, lacks, looked_up, matches, one_of
from synth_expectations.rules.model import Lookup, LookupCheck, RowCheck, Rule, SchemaCheck, is_about_columns
from synth_expectations.testing import Case, Engine, Table, find_cases, find_gaps
from synth_expectations.testing.case_runner import expectation_of
from synth_expectations.testing.cases import AS_OF
from tests.paths import CASES


def violated(case: Case) -> bool:
    """Whether it says which keys break a rule, of records that can be listed."""
    named = [keys for keys in case.expected.violations.values() if isinstance(keys, list) and keys]
    return bool(named) and case.expected.error is None and not explain_unlisted(wanted(case))


def wanted(case: Case) -> BrokenCheck:
    expectation = expectation_of(case)
    as_of = getattr(expectation, "as_of", None) or case.as_of
    return BrokenCheck(case.type_name, "critical", expectation.check, as_of, frozenset(case.expected.violations))


def found(engine: Engine, case: Case, several: list[BrokenCheck]) -> dict[str, list[str | None]]:
    """The keys that break each rule."""
    adapter = engine.adapter(case.batch, case.references)
    keys: dict[str, list[str | None]] = defaultdict(list)
    for piece in ViolationReader(adapter, "batch", {}).read(several):
        for _, rule, flags in piece.breaks:
            keys[rule] += [key for key, flag in zip(piece.keys, flags, strict=True) if flag == 1]
    return keys


@pytest.mark.parametrize("case", [each for each in find_cases(CASES) if violated(each)], ids=str)
def test_the_records_that_a_case_names_are_listed(case: Case, engine: Engine) -> None:
    if reason := find_gaps(engine.name).get(str(case)):
        pytest.xfail(reason)
    listed = found(engine, case, [wanted(case)])
    for rule, keys in case.expected.violations.items():
        if isinstance(keys, list):
            assert sorted(key or "NULL" for key in listed[rule]) == sorted(keys), rule


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
    condition = Compiler(adapter.columns(), adapter.dialect, AS_OF).compile(blank(field("email")))
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
    row = asking(Rule("no e-mail", blank(field("email"))), Rule("other is x", one_of(field("other"), ["x"])))
    lookup = Lookup("known", "codes", key(field("code")), key(field("code")))
    unknown = LookupCheck(
        rules=(Rule("unknown code", ~looked_up("known")),), population=exp.true(), lookups=(lookup,), record_key="id"
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
    missing = Rule("email is missing", lacks("email"))
    assert explain_unlisted(asking(missing)) == "its rules are about the columns of the table"
    assert explain_unlisted(asking(Rule("no e-mail", blank(field("email"))), key=None)) == "it has no record_key"
    assert explain_unlisted(asking(Rule("no e-mail", blank(field("email"))))) == ""
    rules = (Rule("of another", blank(field("email"))),)
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
