"""The report on the newest releases names what broke."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import pytest

from tools import newest

RESULTS = """<?xml version="1.0"?>
<testsuites><testsuite tests="4" skipped="1" failures="1" errors="1">
<testcase classname="tests.gx.test_one" name="test_passes"/>
<testcase classname="tests.gx.test_one" name="test_skipped"><skipped message="no engine"/></testcase>
<testcase classname="tests.gx.test_one" name="test_fails"><failure message="AttributeError: _gone&#10;more"/></testcase>
<testcase classname="tests.gx.test_two" name="test_errors"><error message="">trace</error></testcase>
</testsuite></testsuites>
"""


@pytest.fixture(autouse=True)
def report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository whose constraints name the releases that are installed."""
    (tmp_path / "build").mkdir()
    pins = [f"{name.replace('-', '_')}=={version(name)}  # a pin" for name in newest.PACKAGES]
    (tmp_path / "constraints.txt").write_text("\n".join(["# made by make", *pins]))
    monkeypatch.setattr(newest, "ROOT", tmp_path)
    monkeypatch.setattr(newest, "RESULTS", tmp_path / "build" / "newest.xml")
    monkeypatch.setattr(newest, "REPORT", tmp_path / "build" / "newest.txt")
    return newest.REPORT


def write_results(text: str, ended: int) -> int:
    newest.RESULTS.write_text(text)
    return ended


def test_what_broke_is_named(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(newest, "run_tests", lambda *_: write_results(RESULTS, ended=1))
    assert newest.main(["--always"]) == 1
    lines = report.read_text().splitlines()
    assert lines[0] == f"great-expectations {version('great-expectations')}"
    assert lines[-3:] == [
        "tests/gx, tests/conformance on duckdb,pandas,postgresql: 1 passed, 2 failed, 1 skipped.",
        "  broke: tests.gx.test_one::test_fails: AttributeError: _gone",
        "  broke: tests.gx.test_two::test_errors: ",
    ]


def test_a_run_without_results_is_broken(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(newest, "run_tests", lambda *_: 4)
    assert newest.main(["--always"]) == 1
    assert "  broke: pytest ended with 4" in report.read_text()


def test_an_error_of_pytest_itself_is_broken_although_no_test_failed(
    report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    none = '<testsuites><testsuite tests="0" skipped="0"/></testsuites>'
    monkeypatch.setattr(newest, "run_tests", lambda *_: write_results(none, ended=5))
    assert newest.main(["--always"]) == 1
    assert "  broke: pytest ended with 5" in report.read_text()


def test_releases_that_were_tested_are_not_tested_again(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(newest, "run_tests", pytest.fail)
    assert newest.main([]) == 0
    assert "which make test has tested" in report.read_text()


def test_newer_ones_are_tested(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    constraints = newest.ROOT / "constraints.txt"
    constraints.write_text(constraints.read_text().replace(f"duckdb=={version('duckdb')}", "duckdb==1.0.0"))
    passed = (
        RESULTS.split("<testcase", maxsplit=1)[0].replace('tests="4" skipped="1"', 'tests="1" skipped="0"')
        + "</testsuite></testsuites>"
    )
    monkeypatch.setattr(newest, "run_tests", lambda *_: write_results(passed, ended=0))
    assert newest.main([]) == 0
    assert f"duckdb {version('duckdb')} (constraints.txt: 1.0.0)\n" in report.read_text()
    assert ": 1 passed, 0 failed, 0 skipped." in report.read_text()
