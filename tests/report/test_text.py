"""The text of a run: as the interface shows it, in 80 columns."""

from __future__ import annotations

from dataclasses import replace

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from synth_expectations.controls import EvidenceStatus
from synth_expectations.report.expectation_report import KeySample, RuleCount
from synth_expectations.report.junit import to_junit
from synth_expectations.report.model import RunReport
from synth_expectations.report.plan import ExpectationPlan, RunSelection
from synth_expectations.report.text import format_report
from synth_expectations.rules.formatting import format_percent, format_violations
from tests.report.runs import errored, excluded, expectation, failed, nightly, nothing, run, table, uncovered

ODD = run(
    table(
        failed(
            sentence=f"Expect something to hold of everything that is listed here: {', '.join(['a_column'] * 12)}",
            rules=(
                RuleCount(f"purpose is not one of {', '.join(['testing', 'training', 'analytics'] * 3)}", 57),
                RuleCount("without_a_single_space_" * 5, 3),
            ),
            sample=KeySample("a column with spaces", tuple(f"{n}-" + "k" * 38 for n in range(3)), 54),
        ),
        failed(severity="info", rules=(), unexpected_count=1),
        failed(element_count=None, unexpected_count=None, unexpected_percent=None, rules=(), sample=None),
        errored(error="The query on contact failed: " + "word " * 40, next_step=""),
        errored(error="The query on contact failed: " + "word " * 40, next_step="", sentence="Expect the same"),
        table="a_schema.a_table_whose_name_is_longer_than_anyone_would_like_it_to_be_in_a_report",
        owner="an.owner.with.a.long.address@a.department.of.a.retailer.example",
        scope="batch",
        batch="2026-11-22",
        records={"all": 1_234_567_890, "synthetic": 123_456_789},
    ),
    table(nothing(), expectation(), table="short"),
    table(table="unreadable", error="It cannot be read: " + "reason " * 30),
    table(failed(severity="info"), table="shown_only"),
    checkpoint="a_checkpoint_with_quite_a_long_name",
    errors=("contact.json was edited by hand since compiling, " + "and so on " * 12,),
    excluded=(excluded(expired=True), excluded(table="not shown")),
    notes=("The policy changed since dpo@retailer.example approved it on 2026-10-01, which was a while ago.",),
)


class TextFile(SingleFileSnapshotExtension):
    """One file a snapshot."""

    _write_mode = WriteMode.TEXT
    file_extension = "txt"


@pytest.mark.parametrize(
    "report",
    [
        nightly(),
        ODD,
        run(table(expectation(), nothing())),
        run(table(nothing()), batch=None),
        run(table(expectation()), not_covered=(uncovered(),)),
    ],
    ids=["nightly", "odd", "passed", "nothing to check", "not covered"],
)
def test_how_it_reads(report: RunReport, snapshot: SnapshotAssertion) -> None:
    text = "\n".join(format_report(report)) + "\n"
    assert text == snapshot(extension_class=TextFile)


@pytest.mark.parametrize("report", [nightly(), ODD], ids=["nightly", "odd"])
def test_lines_fit_80_columns(report: RunReport) -> None:
    """But for a name that has no space to break at, and an address, which must not be broken."""
    wide = [each for each in format_report(report) if len(each) > 80]
    assert [each for each in wide if " " in each.strip() and "://" not in each] == []


def test_the_last_line_is_the_message() -> None:
    for report in (nightly(), ODD):
        assert list(format_report(report))[-1] == report.format_message()


def test_of_many_that_are_not_covered_some_are_named() -> None:
    text = "\n".join(format_report(run(table(expectation()), not_covered=tuple(uncovered(f"t{n}") for n in range(13)))))
    assert "t9: expect_human" in text
    assert "t10" not in text
    assert "    and 3 more: --output json names each\n" in text


def test_what_was_left_out_is_said() -> None:
    planned = (
        ExpectationPlan("contact", "expect_records_to_be_tagged", "table", "contact", "1"),
        *(
            ExpectationPlan(name, "expect_x", "table", name, "2", status=EvidenceStatus.NOT_RUN, why="not selected")
            for name in ("claim", "claim", "order")
        ),
        ExpectationPlan("visit", "expect_x", "table", "visit", "3", False, EvidenceStatus.NOT_RUN, "not in it"),
    )
    narrowed = excluded(type="expect_records_to_be_tagged", narrowed="mostly 0.5", reason="mostly 0.5; old rows")
    accepted = excluded(type="row_level_security", reason="one country")
    report = replace(
        run(table(expectation())),
        planned=planned,
        selection=RunSelection(tables="cont*", owner="ann"),
        excluded=(narrowed, accepted, excluded(expired=True)),
    )
    text = " ".join(" ".join(format_report(report)).split())
    assert "Left out 3 checks of 2 tables: not selected by --table cont* --owner ann." in text
    assert (
        "expect_records_to_be_tagged is narrowed: mostly 0.5; old rows; approved by dpo@retailer.example until " in text
    )
    assert "row_level_security is accepted: one country; approved by" in text
    assert text.count("is left out") == 0, "an exclusion that ended is an error, said above"


def test_one_reason_for_several_is_said_once() -> None:
    text = "\n".join(format_report(ODD))
    assert text.count("The query on contact failed") == 1
    assert "Expect promotions to be approved." in text
    assert "Expect the same." in text


def test_nobody_is_sent_to_explain_what_is_not_ours() -> None:
    report = run(table(failed(type="expect_column_to_exist")))
    assert not any(each.startswith("Why") for each in format_report(report))


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (57, 1_204_511, "0.0047 %"),
        (1, 10**9, "0.0000001 %"),
        (1, 3, "33 %"),
        (995, 1000, "more than 99 %"),
        (999_999, 1_000_000, "more than 99 %"),
        (3, 3, "100 %"),
        (0, 3, "0 %"),
        (0, 0, "0 %"),
        (99, 1000, "9.9 %"),
        (15, 100, "15 %"),
    ],
)
def test_a_share_is_a_number_that_people_read(part: int, whole: int, said: str) -> None:
    assert format_percent(part, whole) == said


def test_one_breaks_and_several_break() -> None:
    assert format_violations(1, 4) == "1 of 4 records (25 %) breaks a rule"
    assert format_violations(2, 4000) == "2 of 4,000 records (0.05 %) break a rule"


def test_many_tables_that_passed_are_summed() -> None:
    passed = [table(expectation(), expectation(), table=f"table_{n}") for n in range(400)]
    few = "\n".join(format_report(run(*passed[:30], table(failed(), table="bad"))))
    assert "table_29" in few
    shown = list(format_report(run(*passed[:200], table(failed(), table="bad"), *passed[200:])))
    assert "400 more passed, 800 expectations: --output json lists them" in shown
    assert [line.split()[0] for line in shown if "FAILED   1" in line] == ["bad"]
    assert len(shown) < 20


def test_a_share_and_numbers_that_were_not_compared_are_said() -> None:
    share = {"sentence": "62 of 64 addresses have the form; people reach 0.6 %", "exceeds": True}
    within = {"sentence": "1 of 64 addresses are reserved; people reach 5 %", "exceeds": False}
    unread = RuleCount("phone is national, without a calling_code: not compared", 57, judged=False)
    written = RuleCount("phone is no number of +45, nor international: compared only as it is written", 3, judged=False)
    found = failed(unexpected_count=0, sample=None, rules=(unread, written), details={"shares": [share, within]})
    text = " ".join(" ".join(format_report(run(table(found)))).split())
    assert "The table: 62 of 64 addresses have the form; people reach 0.6 %." in text
    assert "1 of 64" not in text
    assert "contact: in 57 records, the phone is national, without a calling_code: it was not compared." in text
    assert "contact: in 3 records, the phone is no number of +45, nor international: it was found only where" in text
    lookup = {
        **{"reference": "customer", "incriminates": True, "between": None, "records": 3, "usable": 3, "unreadable": 0},
        **{"reference_rows": None, "reference_usable": None, "reference_unreadable": None},
        "reference_as_written": {"phone is national, without a calling_code": 14},
    }
    passed = expectation(details={"lookups": [lookup, lookup]})
    said = " ".join(" ".join(format_report(run(table(passed, failed())))).split())
    sentence = (
        "contact: in 14 rows of customer, the phone is national, without a calling_code: it is found only where it is"
    )
    assert said.count(sentence) == 1
    assert "62 of 64 addresses" in to_junit(run(table(found)))
