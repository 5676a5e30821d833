"""Settings of a caller's Spark session that change what SQL means: verdicts stay, or a sentence says why not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from synth_expectations.testing import Case, Engine, Table, differences, run
from tests.case_files import all_cases

TIMES = [case for case in all_cases() if "New York" in case.name or "offset" in case.name]

pytestmark = pytest.mark.only_on("spark")


@contextmanager
def setting(engine: Engine, name: str, value: str) -> Iterator[None]:
    conf = engine.start().conf  # type: ignore[attr-defined]
    before = conf.get(name)
    conf.set(name, value)
    try:
        yield
    finally:
        conf.set(name, before)


@pytest.mark.full
@pytest.mark.parametrize("case", TIMES, ids=str)
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("spark.sql.timestampType", "TIMESTAMP_NTZ"),
        ("spark.sql.ansi.enabled", "false"),
        ("spark.sql.session.timeZone", "Asia/Kolkata"),
    ],
)
def test_times_are_the_same(case: Case, engine: Engine, name: str, value: str) -> None:
    with setting(engine, name, value):
        assert differences(case, run(case, engine)) == []


def test_a_session_that_tells_cases_apart(engine: Engine) -> None:
    with setting(engine, "spark.sql.caseSensitive", "true"):
        columns = engine.adapter(Table.of({"Name": "text", "name": "text"}), {}).columns()
        assert columns.find("name").name == "name"


def test_a_session_that_reads_text_as_before_is_refused(engine: Engine) -> None:
    with setting(engine, "spark.sql.parser.escapedStringLiterals", "true"):
        assert "Set spark.sql.parser.escapedStringLiterals to false" in str(run(TIMES[0], engine).error)
