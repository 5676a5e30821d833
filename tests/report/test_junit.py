"""JUnit XML, parsed as a CI server does."""

from __future__ import annotations

from xml.etree import ElementTree as Xml

import pytest

from synth_expectations.report.expectation_report import KeySample, RuleCount
from synth_expectations.report.junit import to_junit
from synth_expectations.report.model import RunReport
from synth_expectations.rules.verdict import Verdict
from tests.report.runs import errored, excluded, expectation, failed, nightly, nothing, run, table


def parsed(report: RunReport) -> Xml.Element:
    return Xml.fromstring(to_junit(report).encode())


def counts(element: Xml.Element) -> tuple[int, ...]:
    return tuple(int(element.get(name, -1)) for name in ("tests", "failures", "errors", "skipped"))


def test_a_suite_a_table_and_a_case_an_expectation() -> None:
    root = parsed(nightly())
    assert (root.tag, root.get("name"), root.get("time")) == ("testsuites", "nightly", "48.000")
    assert [(suite.get("name"), counts(suite)) for suite in root] == [
        ("contact (2026-11-22)", (9, 1, 0, 0)),
        ("contact (whole table)", (2, 0, 0, 0)),
        ("credit_decision (whole table)", (2, 1, 0, 0)),
        ("marketing_send (2026-11-22)", (3, 0, 0, 3)),
        ("promotion (whole table)", (1, 0, 1, 0)),
    ]
    assert counts(root) == (17, 2, 1, 3)
    assert root[0].get("time") == "1.250"


def test_what_a_failure_says() -> None:
    [case] = parsed(run(table(failed()))).iter("testcase")
    assert (case.get("classname"), case.get("name")) == ("contact", "expect_records_to_be_tagged")
    [failure] = case
    assert failure.get("message") == ("Expect records to be tagged: 57 of 1,204,511 records (0.0047 %) break a rule")
    assert failure.text == (
        "marker is missing: 41\nmarker is not one of true, false: 16\n"
        "Id: 003Hs00004XkQ1aIAF, 003Hs00004XkQ1bIAF, 003Hs00004XkQ1cIAF, 003Hs00004XkQ1dIAF"
    )


def test_what_errors_and_skips_say() -> None:
    [error] = parsed(run(table(errored()))).iter("error")
    assert str(error.get("message")).startswith("Column APPROVED_BY is not in CRM.PROMOTION.")
    [skipped] = parsed(run(table(nothing()))).iter("skipped")
    assert skipped.get("message") == "The population has no records."


def test_below_fail_on_it_is_shown_and_fails_nothing() -> None:
    root = parsed(run(table(failed(severity="info"))))
    assert counts(root) == (1, 0, 0, 0)
    [said] = root.iter("system-out")
    assert str(said.text).startswith("Expect records to be tagged: 57 of 1,204,511 records")


@pytest.mark.parametrize(
    "report",
    [
        run(table()),
        run(table(error="It cannot be read.")),
        run(table(errored(), error="It cannot be read.")),
        run(table(expectation()), errors=("contact.json was edited by hand.", "And more.")),
        run(table(expectation()), excluded=(excluded(expired=True), excluded())),
        run(table(expectation(), errored())),
    ],
    ids=["no expectation", "unreadable", "unread", "edited", "exclusion ended", "errored"],
)
def test_what_errs_the_run_errs_here(report: RunReport) -> None:
    """A CI server sees nothing but this file."""
    assert report.verdict is Verdict.ERRORED
    assert (
        counts(parsed(report))[2] == report.count_expectations()[Verdict.ERRORED] or not report.tables[0].expectations
    )
    assert counts(parsed(report))[2] >= 1


def test_cases_have_names_of_their_own() -> None:
    names = [case.get("name") for case in parsed(run(table(*[expectation()] * 3))).iter("testcase")]
    assert names == [f"expect_records_to_be_tagged{number}" for number in ("", " 2", " 3")]


def test_whatever_stands_in_a_key_it_is_xml() -> None:
    nasty = "a\x00b\x0bc\x1f <&\"'> ]]> \ud800 \ufffe é 👤"
    report = run(
        table(
            failed(rules=(RuleCount(nasty, 1),), sample=KeySample(nasty, (nasty,), 0)),
            errored(error=nasty),
            table=nasty,
        )
    )
    root = parsed(report)
    [failure] = root.iter("failure")
    assert "a\\x00b\\x0bc\\x1f <&\"'> ]]> \\ud800 \\ufffe é 👤" in str(failure.text)
    assert counts(root) == (2, 1, 1, 0)
