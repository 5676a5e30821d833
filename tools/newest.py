"""Test this package with the newest releases of what it is built on, and report what broke.

Run by `make test-newest`, in an environment where pip has upgraded them past the bounds of `pyproject.toml`. Where they
are the releases of `constraints.txt`, `make test` has tested them, and nothing is run.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("great-expectations", "duckdb", "pandas", "pyarrow", "sqlglot")
TESTS = ("tests/gx", "tests/conformance")
ENGINES = "duckdb,pandas,postgresql"
ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "build" / "newest.xml"
REPORT = ROOT / "build" / "newest.txt"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the tests and write the report; return 1 if something broke."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--always", action="store_true", help="also if the newest releases are those of constraints.txt"
    )
    parser.add_argument("--engines", default=ENGINES)
    parser.add_argument("tests", nargs="*", default=list(TESTS))
    options = parser.parse_args(arguments)
    tested = read_constraints((ROOT / "constraints.txt").read_text())
    newest = {name: version(name) for name in PACKAGES}
    lines = [format_version(name, newest[name], tested.get(name)) for name in PACKAGES]
    broken: list[str] = []
    if newest == {name: tested.get(name) for name in PACKAGES} and not options.always:
        lines.append("These are the releases of constraints.txt, which make test has tested.")
    else:
        ended = run_tests(options.tests, options.engines)
        counts, broken = read_results(RESULTS) if RESULTS.exists() else ("no test was run", [])
        if not broken and (ended or not RESULTS.exists()):  # no test was collected, or pytest itself failed
            broken = [f"pytest ended with {ended}"]
        lines.append(f"{', '.join(options.tests)} on {options.engines}: {counts}.")
    lines += [f"  broke: {name}" for name in broken]
    report = "\n".join(lines)
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(report + "\n")
    print(f"{report}\nWritten to {REPORT.relative_to(ROOT)}.")
    return 1 if broken else 0


def run_tests(tests: Sequence[str], engines: str) -> int:
    """Run tests with pytest, and return its exit code; their results are written to `RESULTS`."""
    RESULTS.unlink(missing_ok=True)
    command = [sys.executable, "-m", "pytest", "-q", "-n", "auto", "--dist", "loadgroup", "--engines", engines]
    return subprocess.run([*command, f"--junitxml={RESULTS}", *tests], cwd=ROOT, check=False).returncode  # noqa: S603 - pytest


def read_constraints(text: str) -> dict[str, str]:
    """Return the releases of a constraints file, by the normalised name of each package."""
    pins = (line.split("#")[0].strip().partition("==") for line in text.splitlines())
    return {name.lower().replace("_", "-"): release for name, _, release in pins if release}


def format_version(name: str, newest: str, tested: str | None) -> str:
    """Return a package, its newest release, and the one in constraints.txt if that is another."""
    return f"{name} {newest}" + (f" (constraints.txt: {tested})" if newest != tested else "")


def read_results(results: Path) -> tuple[str, list[str]]:
    """Return the counts of a JUnit file as a phrase, and what broke: each test and the first line of its message."""
    suites = list(ET.parse(results).getroot().iter("testsuite"))  # noqa: S314 - written by pytest, a moment ago
    total, skipped = (sum(int(suite.get(kind, 0)) for suite in suites) for kind in ("tests", "skipped"))
    broken = [name for suite in suites for case in suite.iter("testcase") for name in find_broken(case)]
    return f"{total - skipped - len(broken)} passed, {len(broken)} failed, {skipped} skipped", broken


def find_broken(case: ET.Element) -> Iterator[str]:
    """Yield the name of a test that failed or errored, with the first line of its message."""
    for problem in (*case.iter("failure"), *case.iter("error")):
        message = next(iter((problem.get("message") or "").splitlines()), "")
        yield f"{case.get('classname')}::{case.get('name')}: {message}"[:300]


if __name__ == "__main__":
    sys.exit(main())
