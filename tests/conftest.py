"""What all tests share: options, the full matrix, golden files, a time zone that is not UTC, and what makes them fast."""

from __future__ import annotations

import gc
import os
import shutil
import socket
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

# Hostile, for every test: the process's time zone may not change a verdict.
HOSTILE_ZONE = os.environ["TZ"] = "America/New_York"
time.tzset()  # else it begins with the first call that reads TZ anew

# No test cuts the power: what it writes need not reach the disk, and a run of the command line waits for fifteen files.
os.fsync = lambda _: None

MEMORY, ROOM = Path("/dev/shm"), 4 << 30
"""Where Linux keeps files in memory, and the bytes that must be free there; a run takes less than one GB."""


def _keep_files_in_memory() -> None:
    """Make temporary directories in memory, where there is room: tests write 85,000 files, and delete them again."""
    if "TMPDIR" in os.environ or not os.access(MEMORY, os.W_OK) or shutil.disk_usage(MEMORY).free < ROOM:
        return
    if not os.statvfs(MEMORY).f_flag & os.ST_NOEXEC:
        os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)


_keep_files_in_memory()

LONG = {
    "tests/cli/test_later.py",
    "tests/cli/test_timeout.py",
    "tests/end_to_end/test_real_data.py",
    "tests/evidence/site/test_browser.py",
    "tests/expectations/signatures/test_measured.py",
    "tests/host/test_guest.py",
    "tests/tools/test_mutations.py",
}
"""Files of few tests that take long. pytest-xdist starts groups of many tests first: alone, these would come last."""

GOLDEN = Path(__file__).parent / "engine" / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--engines", default="duckdb,pandas,postgresql,spark,csv", help="on which engines cases run")
    parser.addoption("--all", action="store_true", help="also run the tests marked `full`")
    parser.addoption("--update-golden", action="store_true", help="write the golden files instead of comparing them")


def pytest_configure(config: pytest.Config) -> None:
    gc.disable()  # while tests are collected: what is made then stays
    config.add_cleanup(gc.unfreeze)  # at the very end: drivers report what was never collected as leaks
    config.addinivalue_line("markers", "only_on(*engines): the engines that a test is about")
    config.addinivalue_line("markers", "full_on(*engines): the engines on which a test is part of the full matrix")
    config.addinivalue_line("markers", "full: part of the full matrix, which `make test` leaves to `make test-all`")


def pytest_itemcollected(item: pytest.Item) -> None:
    """Run the tests of a file in one process, so that what they share is made once; those of an engine, in that engine's."""
    if not item.get_closest_marker("xdist_group"):
        file = item.nodeid.partition("::")[0]
        item.add_marker(pytest.mark.xdist_group("long" if file in LONG else file))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave tests marked `full` out, unless `--all`, `-m` or a test's own name asks for them."""
    if config.getoption("--all") or config.getoption("-m") or any("::" in arg for arg in config.args):
        return
    full = [item for item in items if item.get_closest_marker("full")]
    if full:
        items[:] = [item for item in items if not item.get_closest_marker("full")]
        config.hook.pytest_deselected(items=full)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Stop if pytest-xdist does not see the groups: each engine would start in every process, and take twice the time."""
    gc.freeze()  # thousands of tests and all modules: no later collection looks at them again
    gc.set_threshold(10_000, 20, 20)
    gc.enable()
    grouped = getattr(session.config.option, "loadgroup", False)
    if grouped and session.items and not any("@" in item.nodeid.rpartition("]")[2] for item in session.items):
        raise pytest.UsageError("pytest-xdist does not group tests with this version of pytest")


@pytest.hookimpl(tryfirst=True)
def pytest_warning_recorded(warning_message: warnings.WarningMessage) -> None:
    """Send warnings from a worker as built-in ones: for other classes, the controller imports Great Expectations."""
    kind = warning_message.category
    plain = next(base for base in kind.__mro__ if base.__module__ == "builtins")
    if plain is not kind and "PYTEST_XDIST_WORKER" in os.environ:
        warning_message.message = plain(f"{kind.__name__}: {warning_message.message}")
        warning_message.category = plain


def pytest_sessionfinish() -> None:
    from tests.engines import stop_all

    stop_all()


@pytest.fixture
def closed_port() -> Iterator[int]:
    """A port that is taken, so that no other process can listen at it meanwhile, and refuses connections."""
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        yield holder.getsockname()[1]


@pytest.fixture
def assert_golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with a golden file; with `--update-golden`, write the file instead."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert path.is_file(), f"{path.name} is missing: run this test with --update-golden, and review the file"
        assert text == path.read_text(encoding="utf-8")

    return compare
