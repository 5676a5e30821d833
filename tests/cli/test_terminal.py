"""The terminal: its width, its colours, and the line that shows a long table; help and `explain` are whole."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pytest

from synth_expectations.cli import console
from synth_expectations.cli.progress import Progress
from synth_expectations.cli.terminal import find_width, fit, paint, shows_colors
from synth_expectations.errors import SynthError
from synth_expectations.report.text import format_report
from tests.cli.project import Said
from tests.report.runs import nightly

Cli = Callable[..., Said]
ESCAPE = "\x1b["


class Screen(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("columns", "width"), [("60", 60), ("80", 80), ("160", 160), ("9", 40), ("999", 160)])
def test_the_width_is_that_of_the_terminal_within_bounds(columns, width, monkeypatch):
    monkeypatch.setenv("COLUMNS", columns)
    assert find_width() == width


@pytest.mark.parametrize("width", [60, 80, 160])
def test_a_report_fits_the_terminal_and_uses_it(width):
    lines = list(format_report(nightly(), width))
    whole = ("Why ", "Docs ", "ERRORED  2 failed", " ")  # to be copied, the last line, and rows of the table of tables
    too_long = [line for line in lines if len(line) > width and not (width < 80 and line.startswith(whole))]
    assert [line for line in too_long if " " in line.strip() and "://" not in line] == []
    assert max(map(len, lines)) > 0.75 * width
    assert sorted(" ".join(lines).split()) == sorted(" ".join(format_report(nightly())).split())


@pytest.mark.parametrize("columns", ["60", "80", "160"])
@pytest.mark.parametrize("arguments", [("--help",), ("run", "--help"), ("init", "--help")], ids=" ".join)
def test_no_line_of_help_is_cut(columns, arguments, cli: Cli, monkeypatch):
    monkeypatch.setenv("COLUMNS", columns)
    said = cli(*arguments)
    assert said.code == 0
    assert "..." not in said.out.replace("[ARGS]...", "").replace("[FILES]...", "")


@pytest.mark.parametrize(
    ("stream", "environment", "expected"),
    [
        (Screen(), {}, True),
        (Screen(), {"NO_COLOR": "1"}, False),
        (Screen(), {"NO_COLOR": ""}, True),
        (Screen(), {"TERM": "dumb"}, False),
        (io.StringIO(), {}, False),
    ],
)
def test_colors_are_for_terminals_that_want_them(stream, environment, expected, monkeypatch):
    for name in ("NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert shows_colors(stream) is expected


@pytest.mark.parametrize(
    ("line", "painted"),
    [
        ("FAILED   contact, critical", ["FAILED"]),
        ("contact  table  1,204  84  FAILED   2 of 9", ["FAILED"]),
        ("passed  9 passed; 1.2 s; exit 0", ["passed"]),
        ("contact  table  1,204  84  passed   9", ["passed"]),
        ("NOT COVERED  contact: name it", ["NOT COVERED"]),
        ("  a FAILED test, a passed exam", []),
        ("FAILEDOVER is a table", []),
        ("  Id  FAILED  s01", []),
    ],
)
def test_verdicts_are_painted_and_nothing_else(line, painted):
    text = paint(line)
    assert re.findall(r"\x1b\[3[123]m\x1b\[1m(.*?)\x1b\[0m", text) == painted
    for code in ("31", "32", "33", "1", "0"):
        text = text.replace(f"{ESCAPE}{code}m", "")
    assert text == line


def test_escapes_of_the_data_are_never_colors(monkeypatch, capsys):
    monkeypatch.setattr(console, "shows_colors", lambda stream: True)
    console.show("FAILED   \x1b[31mcontact")
    out = capsys.readouterr().out
    assert r"\x1b[31mcontact" in out


def test_json_is_never_painted(cli: Cli, monkeypatch):
    monkeypatch.setattr(console, "shows_colors", lambda stream: True)
    assert ESCAPE not in cli("list", "--json").out


def test_a_long_table_is_shown_until_it_is_done():
    now, screen = 0.0, Screen()
    progress = Progress(screen, 40, lambda: now)
    progress.start("contact")
    now = 1.0
    progress.draw()
    assert screen.getvalue() == ""  # most tables take no longer
    now, progress.queries = 12.4, 1
    progress.draw()
    assert screen.getvalue() == "contact 12 s; 1 query so far"
    progress.start("a_table_with_a_rather_long_name_indeed")
    now = 15.0
    progress.draw()
    line = screen.getvalue().rpartition("\r\x1b[2K")[2]
    assert line == "contact 15 s, a_table_with_a_rather_lo…"
    assert len(line) < 40
    progress.finish("contact")
    progress.finish("a_table_with_a_rather_long_name_indeed")
    assert screen.getvalue().endswith("\r\x1b[2K")
    progress.draw()
    assert screen.getvalue().endswith("\r\x1b[2K")


def test_explain_names_the_choices_of_an_argument(cli: Cli):
    out = " ".join(cli("explain", "expect_synthetic_provenance_to_be_well_formed").out.split())
    assert 'version_format The format of the version. One of semver, calver, git, regex. Default: "semver".' in out
    assert "One of synthetic, real." in out


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("It cannot be read: No such file.. Correct it..", "It cannot be read: No such file. Correct it."),
        ("There is nothing in ../lake or ..", "There is nothing in ../lake or .."),
        ("Wait ... and see...", "Wait ... and see..."),
        ("'x'..", "'x'."),
    ],
)
def test_a_sentence_ends_once(message, expected):
    assert SynthError(message).message == expected


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("ERROR  one two three four five", ["ERROR  one two three", "       four five"]),
        ("NOT COVERED  contact", ["NOT COVERED  contact"]),
        ("       one two three four five", ["       one two three", "       four five"]),
        ("Note: one two three four five six", ["Note: one two three", "      four five six"]),
        ("  a: /a/path/that/is/longer/than/a/line", ["  a:", "  /a/path/that/is/longer/than/a/line"]),
        ("short\nERROR  one two three four five", ["short", "ERROR  one two three", "       four five"]),
    ],
)
def test_lines_are_fitted_behind_their_label(text, lines):
    assert fit(text, 21).split("\n") == lines


def test_what_is_told_fits_a_terminal_and_is_one_line_elsewhere(monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", "60")
    sentence = "ERROR  " + "word " * 40
    console.tell(sentence)
    assert capsys.readouterr().err.count("\n") == 1
    monkeypatch.setattr(console, "is_terminal", lambda: True)
    console.tell(sentence)
    assert max(map(len, capsys.readouterr().err.splitlines())) <= 60
