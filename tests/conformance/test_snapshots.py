"""The SQL that each expectation sends, on the tables of its first failing case: to be read in a review.

`pytest tests/conformance/test_snapshots.py --snapshot-update` writes them anew.
"""

from __future__ import annotations

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from synth_expectations.rules.model import SampleCheck, SchemaCheck
from synth_expectations.testing import Case, CaseKind, Engine, expectation_of, find_cases, sent
from tests.paths import CASES


def first_failing() -> list[Case]:
    """One an expectation that sends any; and one that looks something up, where that one does not."""
    chosen: dict[str, Case] = {}
    for case in find_cases(CASES):
        if case.kind is CaseKind.FAIL and not isinstance(expectation_of(case).check, SchemaCheck):
            chosen.setdefault(case.type_name, case)
        if case.kind is CaseKind.DUPLICATE_KEY and not expectation_of(chosen[case.type_name]).check.all_lookups:
            chosen.setdefault(f"{case.type_name} with lookup", case)
    return list(chosen.values())


class SqlFile(SingleFileSnapshotExtension):
    """One file a snapshot."""

    _write_mode = WriteMode.TEXT
    file_extension = "sql"


@pytest.mark.only_on("duckdb", "postgresql", "spark")  # that of pandas is DuckDB's
@pytest.mark.parametrize("case", first_failing(), ids=lambda case: f"{case.type_name}-{case.kind.value}")
def test_what_is_sent(case: Case, engine: Engine, snapshot: SnapshotAssertion) -> None:
    statements, check = sent(case, engine), expectation_of(case).check
    assert len(statements) == 1 + len(check.related) or isinstance(check, SampleCheck)
    shown = "\n\n".join(statements)
    assert f"-- {case.name}\n{shown}\n" == snapshot(extension_class=SqlFile)
