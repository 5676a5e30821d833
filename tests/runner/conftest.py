from __future__ import annotations

from tests.cli.conftest import cli, compiled, project
from tests.conformance.conftest import engine, pytest_generate_tests

__all__ = ["cli", "compiled", "engine", "project", "pytest_generate_tests"]
