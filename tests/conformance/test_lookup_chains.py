"""Lookups over a table between, windows that end at a moment of each row's own, and rows of a reference that count."""

from __future__ import annotations

from datetime import UTC, datetime

import isodate
import pytest

from synth_expectations.engine.plan import Plan
from synth_expectations.engine.result import CheckResult
from synth_expectations.rules.expressions import (
    as_of,
    field,
    is_before,
    is_blank,
    is_given,
    is_one_of,
    is_readable,
    look_up,
    make_key,
    normalize,
    plus_duration,
    to_timestamp,
)
from synth_expectations.rules.model import BATCH, Check, Lookup, LookupCheck, RowCheck, Rule, Through
from synth_expectations.testing import Engine, Table

AS_OF = datetime(2026, 11, 22, 12, tzinfo=UTC)
OUTPUTS = Table.of(
    {"Id": "text", "model": "text", "at": "text"},
    [
        {"Id": "synthetic", "model": "m1", "at": "2026-06-01"},
        {"Id": "before it was", "model": "m1", "at": "2025-06-01"},
        {"Id": "real", "model": "m2", "at": "2026-06-01"},
        {"Id": "leads nowhere", "model": "m3", "at": "2026-06-01"},
        {"Id": "leads to NULL", "model": "m4", "at": "2026-06-01"},
        {"Id": "no run", "model": "m9", "at": "2026-06-01"},
        {"Id": "no model", "model": None, "at": "2026-06-01"},
    ],
)
RUNS = Table.of(
    {"Id": "text", "model": "text", "data": "text"},
    [
        {"Id": "r1", "model": "m1", "data": "d-real"},
        {"Id": "r2", "model": "m1", "data": "d-synthetic"},
        {"Id": "r3", "model": "m2", "data": "d-real"},
        {"Id": "r4", "model": "m3", "data": "d-unknown"},
        {"Id": "r5", "model": "m3", "data": "d-real"},
        {"Id": "r6", "model": "m4", "data": None},
        {"Id": "r7", "model": None, "data": "d-synthetic"},
    ],
)
DATASETS = Table.of(
    {"Id": "text", "kind": "text", "since": "text"},
    [
        {"Id": "d-real", "kind": "real", "since": "2024-01-01"},
        {"Id": "d-real", "kind": "real", "since": "2024-02-01"},
        {"Id": "d-synthetic", "kind": "synthetic", "since": "2026-01-01"},
        {"Id": None, "kind": "synthetic", "since": "2026-01-01"},
    ],
)
REFERENCES = {"runs": RUNS, "datasets": DATASETS}


def exact(name: str) -> object:
    return make_key(normalize(field(name), "exact"))


def asked(
    engine: Engine, check: Check, batch: Table = OUTPUTS, references: dict[str, Table] = REFERENCES
) -> CheckResult:
    plan = Plan(lambda: engine.adapter(batch, references), AS_OF)
    outcome = plan.result_with_keys(plan.add(check))
    assert outcome.error is None
    return outcome


def of_chain(lookup: Lookup) -> LookupCheck:
    return LookupCheck(rules=RULES, population=~is_blank(field("Id")), lookups=(lookup,), record_key="Id")


def of_rows(*rules: Rule, related: tuple[Check, ...] = ()) -> RowCheck:
    return RowCheck(rules=rules, population=~is_blank(field("Id")), record_key="Id", related=related)


def chain(**more: object) -> Lookup:
    return Lookup(
        "training",
        "datasets",
        make_key(field("model")),
        make_key(field("Id")),
        attributes={"synthetic": is_one_of(field("kind"), ["synthetic"]), "any": is_given(field("kind"))},
        through=Through("runs", make_key(field("model")), make_key(field("data"))),
        **more,  # type: ignore[arg-type]
    )


RULES = (
    Rule("found", look_up("training")),
    Rule("synthetic", look_up("training", "synthetic")),
    Rule("any", look_up("training", "any")),
    Rule("lost", look_up("training", "lost")),
)


def test_what_a_table_between_leads_to(engine: Engine) -> None:
    outcome = asked(engine, of_chain(chain()))
    assert outcome.keys_by_rule == {
        "found": ["before it was", "leads nowhere", "leads to NULL", "real", "synthetic"],
        "synthetic": ["before it was", "synthetic"],
        "any": ["before it was", "leads nowhere", "real", "synthetic"],
        "lost": ["leads nowhere", "leads to NULL"],
    }


def test_what_a_table_between_leads_to_at_a_moment(engine: Engine) -> None:
    timed = chain(at=to_timestamp(field("at")), valid=(to_timestamp(field("since")), None))
    outcome = asked(engine, of_chain(timed))
    assert outcome.keys_by_rule["synthetic"] == ["synthetic"]
    assert outcome.keys_by_rule["lost"] == ["leads nowhere", "leads to NULL"]


def test_rows_of_the_reference_that_take_no_part_are_lost(engine: Engine) -> None:
    real = chain(where=is_one_of(field("kind"), ["real"]))
    outcome = asked(engine, of_chain(real))
    assert outcome.keys_by_rule["lost"] == ["before it was", "leads nowhere", "leads to NULL", "synthetic"]
    assert "synthetic" not in outcome.keys_by_rule


@pytest.mark.parametrize("references", [{"runs": RUNS.kinds, "datasets": None}, {"runs": None, "datasets": RUNS.kinds}])
def test_empty_tables_lead_nowhere(engine: Engine, references: dict[str, object]) -> None:
    tables = {name: Table.of(table.kinds, []) if references[name] else table for name, table in REFERENCES.items()}
    outcome = asked(engine, of_chain(chain()), references=tables)
    assert outcome.violations == ((0, 0, 0, 0) if references["runs"] else (5, 0, 0, 5))


MOMENTS = [
    "2024-01-31T00:00:00Z",
    "2024-02-29T23:59:59.999999Z",
    "2025-08-31T03:30:00Z",  # in New York still the 30th
    "2026-03-08T07:30:00Z",  # where New York leaps an hour
    "2026-10-01T05:30:00Z",  # a month later New York has that hour twice
    "1969-12-31T22:00:00Z",
    "1899-03-31T12:00:00Z",
]
DURATIONS = ["P1M", "P6M", "P10Y", "P90D", "P1Y2M3DT4H5M6S", "PT0.5S", "P0D", "P2W"]


@pytest.mark.full_on("spark")
@pytest.mark.parametrize("kind", ["text", "timestamptz", "timestamp"])
def test_a_window_ends_where_python_says(engine: Engine, kind: str) -> None:
    """`later` lies between the microsecond before and the one after."""
    rows = []
    for start in (datetime.fromisoformat(each) for each in MOMENTS):
        for duration in DURATIONS:
            end = start + isodate.parse_duration(duration)
            just = end - isodate.parse_duration("PT0.000001S")
            value = (
                start.isoformat() if kind == "text" else start if kind == "timestamptz" else start.replace(tzinfo=None)
            )
            rows.append({"Id": duration, "start": value, "end": end.isoformat(), "just": just.isoformat()})
    batch = Table.of({"Id": "text", "start": kind, "end": "text", "just": "text"}, rows)
    rules = []
    for duration in DURATIONS:
        ends, this = plus_duration(field("start"), duration), is_one_of(field("Id"), [duration])
        rules.append(Rule(f"{duration} not later", this & ~is_before(to_timestamp(field("just")), ends)))
        rules.append(Rule(f"{duration} not by then", this & is_before(to_timestamp(field("end")), ends)))
        rules.append(Rule(f"{duration} unknown", this & ~is_before(ends, as_of("P300Y"))))
    outcome = asked(engine, of_rows(*rules), batch)
    assert {rule.name: count for rule, count in zip(rules, outcome.violations, strict=True) if count} == {}


def test_a_window_from_no_moment_has_no_end(engine: Engine) -> None:
    batch = Table.of({"Id": "text", "start": "text"}, [{"Id": "a", "start": None}, {"Id": "b", "start": "soon"}])
    ends = plus_duration(field("start"), "P1M")
    rules = (Rule("ends", is_before(ends, as_of("P300Y")) | is_before(as_of("-P300Y"), ends)),)
    assert asked(engine, of_rows(*rules), batch).violations == (0,)


def test_half_a_month_is_no_window(engine: Engine) -> None:
    plan = Plan(lambda: engine.adapter(OUTPUTS, {}), AS_OF)
    error = plan.result(plan.add(of_rows(Rule("late", is_before(as_of(), plus_duration(field("at"), "P0.5M")))))).error
    assert "P0.5M is not a whole number of months" in str(error)


def unused() -> LookupCheck:
    """Runs whose model no output names."""
    return LookupCheck(
        rules=(Rule("run of a model without output", ~look_up("output")),),
        population=is_given(field("model")),
        lookups=(Lookup("output", BATCH, exact("model"), exact("model")),),  # type: ignore[arg-type]
        record_key="Id",
        reference="runs",
    )


def test_rows_of_a_reference_count_with_the_records(engine: Engine) -> None:
    batch = Table.of(
        OUTPUTS.kinds, [{"Id": "m1", "model": "m1", "at": None}, {"Id": "m3", "model": "m3", "at": "2026-01-01"}]
    )
    check = of_rows(Rule("no time", ~is_readable(field("at"))), related=(unused(),))
    outcome = asked(engine, check, batch)
    assert (outcome.records, outcome.violating, outcome.violations) == (2 + 6, 1 + 2, (1, 2))
    assert [rule.name for rule in check.all_rules] == list(outcome.sql)
    assert outcome.keys_by_rule == {"no time": ["m1"], "run of a model without output": ["r3", "r6"]}


def test_without_a_record_the_rows_of_the_reference_still_count(engine: Engine) -> None:
    check = of_rows(Rule("no time", ~is_readable(field("at"))), related=(unused(),))
    outcome = asked(engine, check, Table.of(OUTPUTS.kinds, []))
    assert (outcome.records, outcome.violating) == (6, 6)


def test_what_is_wrong_with_a_reference_errs_the_whole_question(engine: Engine) -> None:
    check = of_rows(Rule("no time", ~is_readable(field("at"))), related=(unused(),))
    for references in ({}, {"runs": Table.of({"Id": "text"}, [])}):
        plan = Plan(lambda references=references: engine.adapter(OUTPUTS, references), AS_OF)  # type: ignore[misc]
        key = plan.add(check)
        [found] = plan.validate().values()
        assert str(plan.result(key).error) == str(found)
        assert "runs" in str(found)
