"""What a terminal or a page obeys or hides is shown as an escape, wherever it comes from."""

from __future__ import annotations

import json
import sys
import unicodedata

import pytest

from synth_expectations.errors import build_missing_column_error
from synth_expectations.policy.errors import PolicyError
from synth_expectations.redaction import escape_invisible, format_json
from synth_expectations.report.expectation_report import KeySample, RuleCount
from synth_expectations.report.json import to_json
from synth_expectations.report.junit import to_junit
from synth_expectations.report.text import format_report
from tests.report.runs import errored, failed, run, table

NASTY = "\x1b]0;owned\x07\u202egnp.exe\u2066\r\x08\x0b\x7f\x9b31m\u200b\u2028\u2029\ufeff\ud800\U000e0041\x00"
SHOWN = (
    r"\x1b]0;owned\x07\u202egnp.exe\u2066\r\x08\x0b\x7f\x9b31m\u200b\u2028\u2029\ufeff\ud800\U000e0041\x00"
)  # fmt: skip


@pytest.mark.parametrize("text", ["José", "東京　", "naïve\u0301", "a b\u00a0c", "👤", r"C:\x1b", "ß\u0130ς", "हिन्दी"])
def test_letters_stay(text: str) -> None:
    assert escape_invisible(text) == text


def test_everything_that_unicode_calls_control_surrogate_or_separator_is_escaped() -> None:
    for code in range(sys.maxunicode + 1):
        letter = chr(code)
        category, bidi = unicodedata.category(letter), unicodedata.bidirectional(letter)
        directs = bidi in {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI", "BN"}
        if category in {"Cc", "Cs", "Zl", "Zp"} or (directs and category != "Cn"):
            assert escape_invisible(letter) == ascii(letter)[1:-1], hex(code)


def test_line_ends_stay_where_they_are_meant() -> None:
    assert escape_invisible("a\nb\x1b\tc", keep="\n") == "a\nb\\x1b\\tc"


def test_json_has_the_exact_text_and_nothing_invisible() -> None:
    text = format_json({NASTY: [NASTY, "é"]})
    assert json.loads(text) == {NASTY: [NASTY, "é"]}
    assert escape_invisible(text, keep="\n") == text
    assert "é" in text


def test_reports_show_it() -> None:
    report = run(
        table(
            failed(rules=(RuleCount(NASTY, 1),), sample=KeySample(NASTY, (NASTY,), 0), sentence=NASTY),
            errored(error=NASTY, next_step=NASTY),
            table=NASTY,
            owner=NASTY,
        ),
        table(table=NASTY, error=NASTY),
        checkpoint=NASTY,
        errors=(NASTY,),
        notes=(NASTY,),
    )
    lines = list(format_report(report))
    assert [line for line in lines if escape_invisible(line) != line] == []
    assert sum(SHOWN in line for line in lines) >= 6
    for document in (to_json(report), to_junit(report)):
        assert escape_invisible(document, keep="\n") == document
    assert SHOWN in to_junit(report)
    assert json.loads(to_json(report))["tables"][0]["table"] == NASTY


def test_errors_show_it() -> None:
    error = build_missing_column_error("id", ["\ufeffid", "kind"], "orders\x1b[2J")
    assert str(error) == r"Column id is not in orders\x1b[2J. Nearest: \ufeffid. It has kind, \ufeffid."
    spaced = build_missing_column_error("email", [" email", "id"], "orders")
    assert str(spaced) == "Column email is not in orders. Nearest: ' email'. It has ' email', id."
    located = PolicyError("It is odd.", "Fix\r it.", "polic\udcff.yml", 3)
    assert str(located) == r"polic\udcff.yml:3: It is odd. Fix\r it."
