"""What all tests share: on which engines they run, and a time zone that is not ours."""

from __future__ import annotations

import os

import pytest

# Hostile, for every test: the process's time zone may not change a verdict.
HOSTILE_ZONE = os.environ["TZ"] = "America/New_York"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--engines", default="duckdb,pandas,postgresql,spark", help="on which engines cases run")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "only_on(*engines): the engines that a test is about")
