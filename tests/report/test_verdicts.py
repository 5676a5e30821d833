"""Errored counts more than failed, failed more than passed, passed more than nothing to check; and exit codes."""

from __future__ import annotations

import itertools

import pytest

from synth_expectations.report.model import RunReport
from synth_expectations.rules.verdict import Verdict, worst
from tests.report.runs import errored, excluded, expectation, failed, nightly, nothing, run, table

MADE = {
    Verdict.ERRORED: errored,
    Verdict.FAILED: failed,
    Verdict.PASSED: expectation,
    Verdict.NOTHING_TO_CHECK: nothing,
}
CODES = {Verdict.ERRORED: 2, Verdict.FAILED: 1, Verdict.PASSED: 0, Verdict.NOTHING_TO_CHECK: 0}


@pytest.mark.parametrize(("one", "other"), itertools.product(Verdict, Verdict))
def test_the_worse_of_two_counts(one: Verdict, other: Verdict) -> None:
    expected = min(one, other, key=list(Verdict).index)
    assert worst([one, other]) is expected
    together = run(table(MADE[one](), MADE[other]()))
    apart = run(table(MADE[one]()), table(MADE[other]()))
    for each in (together, apart):
        assert each.verdict is expected
        assert each.exit_code == CODES[expected]


@pytest.mark.parametrize(
    "report",
    [
        run(),
        run(table()),
        run(table(expectation(), error="It cannot be read.")),
        run(table(expectation()), errors=("contact.json was edited by hand since compiling.",)),
        run(table(expectation()), excluded=(excluded(expired=True),)),
    ],
    ids=["no table", "no expectation", "unreadable", "edited", "exclusion ended"],
)
def test_what_proves_nothing_is_errored(report: RunReport) -> None:
    assert report.verdict is Verdict.ERRORED
    assert report.exit_code == 2
    assert report.format_message().startswith("ERRORED")


def test_an_exclusion_that_has_not_ended_errs_nothing() -> None:
    assert run(table(expectation()), excluded=(excluded(),)).exit_code == 0


@pytest.mark.parametrize(
    ("severity", "fail_on", "code"),
    [
        ("critical", "critical", 1),
        ("warning", "critical", 0),
        ("warning", "warning", 1),
        ("info", "warning", 0),
        ("info", "info", 1),
    ],
)
def test_a_failure_below_fail_on_fails_nothing(severity: str, fail_on: str, code: int) -> None:
    assert run(table(failed(severity=severity)), fail_on=fail_on).exit_code == code


def test_an_error_below_fail_on_still_errs() -> None:
    assert run(table(errored(severity="info")), fail_on="critical").exit_code == 2


def test_the_message_counts_expectations() -> None:
    assert nightly().format_message() == "ERRORED  2 failed, 1 errored, 11 passed, 3 nothing to check; 48 s; exit 2"
    assert run(table(expectation())).format_message() == "passed  1 passed; 48 s; exit 0"
    assert run(table(nothing())).format_message() == "nothing to check  1 nothing to check; 48 s; exit 0"


def test_a_table_that_could_not_be_read_is_one_error() -> None:
    assert run(table(error="It cannot be read.")).count_expectations()[Verdict.ERRORED] == 1
