"""Check what Great Expectations reads itself: the arguments of its own expectations, and the row_condition of each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from synth_expectations.engine.adapters.base import Adapter
from synth_expectations.errors import SynthError
from synth_expectations.policy.compile.gx_files import stored_arguments
from synth_expectations.policy.compile.suites import Suite, SuiteExpectation
from synth_expectations.policy.load.loader import Policy

if TYPE_CHECKING:
    from synth_expectations.runner.project import Project


def check_arguments(project: Project, policy: Policy, suite: Suite) -> Iterator[str]:
    """Yield each argument that Great Expectations refuses, by file and line; the table need not be there."""
    for planned in _read_by_gx(suite):
        for invalid in project.read_arguments(planned.type, stored_arguments(planned)).invalid:
            name = f"{invalid.name}: " if invalid.name else ""
            message = f"{suite.table}: {planned.type}: {name}{invalid.message}."
            yield policy.error((*planned.at, invalid.name), message, invalid.hint).format_located()


def check_columns(project: Project, policy: Policy, suite: Suite, adapter: Adapter) -> Iterator[str]:
    """Yield each column that such arguments name and the table lacks, by file and line."""
    for planned in _read_by_gx(suite):
        for argument, column in project.read_arguments(planned.type, stored_arguments(planned)).columns:
            try:
                adapter.columns().find(column)
            except SynthError as error:
                message = f"{suite.table}: {planned.type}: {error.message}"
                yield policy.error((*planned.at, argument), message, error.hint).format_located()


def _read_by_gx(suite: Suite) -> Iterator[SuiteExpectation]:
    for planned in suite.expectations:
        if planned.expectation is None or planned.tuning.row_condition:
            yield planned
