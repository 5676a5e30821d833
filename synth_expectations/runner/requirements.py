"""The requirements that each expectation of a run gives evidence for."""

from __future__ import annotations

from dataclasses import replace

from synth_expectations.controls import coverage, findings
from synth_expectations.controls.load import load
from synth_expectations.report.model import Evidence, RunReport, TableReport

_EvidenceByIndex = dict[tuple[int, int], list[Evidence]]
"""Evidence by the index of a table in a run, and of an expectation in the table."""


def add_evidence(run: RunReport) -> RunReport:
    """Return a run whose expectations name the requirements that they give evidence for, as of its as_of.

    An expectation that its policy narrows, or whose parameters are looser than a mapping allows, is named as too loose.

    Raises:
        ControlsError: the files of controls cannot be used.
    """
    evidence = _evidence(run)
    tables = [
        replace(
            table,
            expectations=tuple(
                replace(expectation, controls=tuple(evidence.get((number, index), ())))
                for index, expectation in enumerate(table.expectations)
            ),
        )
        for number, table in enumerate(run.tables)
    ]
    return replace(run, tables=tuple(tables))


def _evidence(run: RunReport) -> _EvidenceByIndex:
    all_findings = list(findings(run))
    indexes = {id(finding): index for finding, index in zip(all_findings, _indexes(run.tables), strict=True)}
    found: _EvidenceByIndex = {}
    for regulation in load():
        for requirement in coverage(regulation, run.as_of, all_findings):
            for mapping in requirement.mappings:
                for judged in mapping.judged:
                    evidence = Evidence(
                        regulation=regulation.id,
                        requirement=requirement.requirement.id,
                        title=requirement.requirement.title,
                        strength=mapping.mapping.strength,
                        applies=requirement.applies.value,
                        state=judged.state.value,
                        why=judged.why,
                    )
                    found.setdefault(indexes[id(judged.finding)], []).append(evidence)
    return found


def _indexes(tables: tuple[TableReport, ...]) -> list[tuple[int, int]]:
    return [(number, index) for number, table in enumerate(tables) for index in range(len(table.expectations))]
