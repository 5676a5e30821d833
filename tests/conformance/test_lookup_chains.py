"""Lookups over a table between, windows that end at a moment of each row's own, and rows of a reference that count."""

from __future__ import annotations

from datetime import UTC, datetime

import isodate
import pytest

from synth_expectations.engine.plan import Plan
from synth_expectations.engine.result import Outcome
from synth_expectations.rules.expressions import (
    as_of,
    before,
    blank,
    field,
    given,
    key,
    later,
    looked_up,
    moment,
    normalised,
    one_of,
    readable,
)
from synth_expectations.rules.model import BATCH, Lookup, Question, Rule, Through
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
    return key(normalised(field(name), "exact"))


def asked(
    engine: Engine, question: Question, batch: Table = OUTPUTS, references: dict[str, Table] = REFERENCES
) -> Outcome:
    outcome = Plan(lambda: engine.adapter(batch, references), AS_OF).ask(question)()
    assert outcome.error is None
    return outcome


def chain(**more: object) -> Lookup:
    return Lookup(
        "training",
        "datasets",
        key(field("model")),
        key(field("Id")),
        attributes={"synthetic": one_of(field("kind"), ["synthetic"]), "any": given(field("kind"))},
        through=Through("runs", key(field("model")), key(field("data"))),
        **more,  # type: ignore[arg-type]
    )


RULES = (
    Rule("found", looked_up("training")),
    Rule("synthetic", looked_up("training", "synthetic")),
    Rule("any", looked_up("training", "any")),
    Rule("lost", looked_up("training", "lost")),
)


def test_what_a_table_between_leads_to(engine: Engine) -> None:
    outcome = asked(engine, Question(~blank(field("Id")), RULES, (chain(),), "Id"))
    assert outcome.samples() == {
        "found": ["before it was", "leads nowhere", "leads to NULL", "real", "synthetic"],
        "synthetic": ["before it was", "synthetic"],
        "any": ["before it was", "leads nowhere", "real", "synthetic"],
        "lost": ["leads nowhere", "leads to NULL"],
    }


def test_what_a_table_between_leads_to_at_a_moment(engine: Engine) -> None:
    timed = chain(at=moment(field("at")), valid=(moment(field("since")), None))
    outcome = asked(engine, Question(~blank(field("Id")), RULES, (timed,), "Id"))
    assert outcome.samples()["synthetic"] == ["synthetic"]
    assert outcome.samples()["lost"] == ["leads nowhere", "leads to NULL"]


def test_rows_of_the_reference_that_take_no_part_are_lost(engine: Engine) -> None:
    real = chain(where=one_of(field("kind"), ["real"]))
    outcome = asked(engine, Question(~blank(field("Id")), RULES, (real,), "Id"))
    assert outcome.samples()["lost"] == ["before it was", "leads nowhere", "leads to NULL", "synthetic"]
    assert "synthetic" not in outcome.samples()


@pytest.mark.parametrize("references", [{"runs": RUNS.kinds, "datasets": None}, {"runs": None, "datasets": RUNS.kinds}])
def test_empty_tables_lead_nowhere(engine: Engine, references: dict[str, object]) -> None:
    tables = {name: Table.of(table.kinds, []) if references[name] else table for name, table in REFERENCES.items()}
    outcome = asked(engine, Question(~blank(field("Id")), RULES, (chain(),), "Id"), references=tables)
    assert outcome.broken == ((0, 0, 0, 0) if references["runs"] else (5, 0, 0, 5))


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
        ends, this = later(field("start"), duration), one_of(field("Id"), [duration])
        rules.append(Rule(f"{duration} not later", this & ~before(moment(field("just")), ends)))
        rules.append(Rule(f"{duration} not by then", this & before(moment(field("end")), ends)))
        rules.append(Rule(f"{duration} unknown", this & ~before(ends, as_of("P300Y"))))
    outcome = asked(engine, Question(~blank(field("Id")), tuple(rules)), batch)
    assert {rule.name: count for rule, count in zip(rules, outcome.broken, strict=True) if count} == {}


def test_a_window_from_no_moment_has_no_end(engine: Engine) -> None:
    batch = Table.of({"Id": "text", "start": "text"}, [{"Id": "a", "start": None}, {"Id": "b", "start": "soon"}])
    ends = later(field("start"), "P1M")
    rules = (Rule("ends", before(ends, as_of("P300Y")) | before(as_of("-P300Y"), ends)),)
    assert asked(engine, Question(~blank(field("Id")), rules), batch).broken == (0,)


def test_half_a_month_is_no_window(engine: Engine) -> None:
    question = Question(~blank(field("Id")), (Rule("late", before(as_of(), later(field("at"), "P0.5M"))),))
    error = Plan(lambda: engine.adapter(OUTPUTS, {}), AS_OF).ask(question)().error
    assert "P0.5M is no whole number of months" in str(error)


def unused(**more: object) -> Question:
    """Runs whose model no output names."""
    return Question(
        given(field("model")),
        (Rule("run of a model without output", ~looked_up("output")),),
        (Lookup("output", BATCH, exact("model"), exact("model")),),  # type: ignore[arg-type]
        "Id",
        of="runs",
        **more,  # type: ignore[arg-type]
    )


def test_rows_of_a_reference_count_with_the_records(engine: Engine) -> None:
    batch = Table.of(
        OUTPUTS.kinds, [{"Id": "m1", "model": "m1", "at": None}, {"Id": "m3", "model": "m3", "at": "2026-01-01"}]
    )
    question = Question(~blank(field("Id")), (Rule("no time", ~readable(field("at"))),), (), "Id", others=(unused(),))
    outcome = asked(engine, question, batch)
    assert (outcome.records, outcome.violating, outcome.broken) == (2 + 6, 1 + 2, (1, 2))
    assert [rule.name for rule in question.all_rules] == list(outcome.sql)
    assert outcome.samples() == {"no time": ["m1"], "run of a model without output": ["r3", "r6"]}


def test_without_a_record_the_rows_of_the_reference_still_count(engine: Engine) -> None:
    question = Question(~blank(field("Id")), (Rule("no time", ~readable(field("at"))),), (), "Id", others=(unused(),))
    outcome = asked(engine, question, Table.of(OUTPUTS.kinds, []))
    assert (outcome.records, outcome.violating) == (6, 6)


def test_what_is_wrong_with_a_reference_errs_the_whole_question(engine: Engine) -> None:
    question = Question(~blank(field("Id")), (Rule("no time", ~readable(field("at"))),), (), "Id", others=(unused(),))
    for references in ({}, {"runs": Table.of({"Id": "text"}, [])}):
        plan = Plan(lambda references=references: engine.adapter(OUTPUTS, references), AS_OF)  # type: ignore[misc]
        outcome = plan.ask(question)
        [found] = plan.check().values()
        assert str(outcome().error) == str(found)
        assert "runs" in str(found)
