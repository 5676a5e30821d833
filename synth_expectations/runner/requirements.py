"""The requirements that each expectation of a run gives evidence for."""

from __future__ import annotations

from dataclasses import replace

from synth_expectations.controls import compute_coverage, withhold
from synth_expectations.controls.load import load_regulations
from synth_expectations.report.findings import read_findings
from synth_expectations.report.model import Evidence, RunReport, TableReport

_EvidenceByIndex = dict[tuple[int, int], list[Evidence]]
"""Evidence by the index of a table in a run, and of an expectation in the table."""


def add_evidence(run: RunReport) -> RunReport:
    """Return a run whose expectations name the requirements that they give evidence for, as of its as_of.

    An expectation that its policy narrows, or whose parameters are looser than a mapping allows, is inconclusive.

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
    all_findings = list(read_findings(run))
    indexes = {id(finding): index for finding, index in zip(all_findings, _indexes(run.tables), strict=True)}
    found: _EvidenceByIndex = {}
    for regulation in load_regulations():
        for requirement in compute_coverage(regulation, run.as_of, all_findings):
            for mapping in requirement.mappings:
                for judged in mapping.judged:
                    if (index := indexes.get(id(judged.finding))) is None:
                        continue
                    evidence = Evidence(
                        regulation=regulation.id,
                        requirement=requirement.requirement.id,
                        title=requirement.requirement.title,
                        strength=mapping.mapping.strength,
                        applies=requirement.applies.value,
                        word=withhold(judged.word, requirement.applies),
                        check=judged.word,
                        why=judged.why,
                    )
                    found.setdefault(index, []).append(evidence)
    return found


def _indexes(tables: tuple[TableReport, ...]) -> list[tuple[int, int]]:
    return [(number, index) for number, table in enumerate(tables) for index in range(len(table.expectations))]
