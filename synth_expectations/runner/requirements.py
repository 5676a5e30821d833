"""What a run is evidence for: the requirements that each of its expectations serves."""

from __future__ import annotations

from dataclasses import replace

from synth_expectations.controls import compute_coverage, read_findings
from synth_expectations.controls.load import load_regulations
from synth_expectations.report.model import Evidence, RunReport, TableReport

_Found = dict[tuple[int, int], list[Evidence]]
"""Evidence by the places of a table and of an expectation in a run."""


def with_evidence(run: RunReport) -> RunReport:
    """A run whose expectations say which requirements they serve, as of its as_of.

    A check that its policy narrows, or whose parameters are looser than a mapping allows, is named as too loose.

    Raises:
        ControlsError: the files of controls cannot be used.
    """
    found = _evidence(run)
    tables = [
        replace(
            table,
            expectations=tuple(
                replace(each, controls=tuple(found.get((number, index), ())))
                for index, each in enumerate(table.expectations)
            ),
        )
        for number, table in enumerate(run.tables)
    ]
    return replace(run, tables=tuple(tables))


def _evidence(run: RunReport) -> _Found:
    places = list(_places(run.tables))
    said = list(read_findings(run))
    of = {id(finding): place for finding, place in zip(said, places, strict=True)}
    found: _Found = {}
    for regulation in load_regulations():
        for one in compute_coverage(regulation, run.as_of, said):
            for mapping in one.mappings:
                for judged in mapping.judged:
                    evidence = Evidence(
                        regulation=regulation.id,
                        requirement=one.requirement.id,
                        title=one.requirement.title,
                        strength=mapping.mapping.strength,
                        applies=one.applies.value,
                        state=judged.state.value,
                        why=judged.why,
                    )
                    found.setdefault(of[id(judged.finding)], []).append(evidence)
    return found


def _places(tables: tuple[TableReport, ...]) -> list[tuple[int, int]]:
    return [(number, index) for number, table in enumerate(tables) for index in range(len(table.expectations))]
