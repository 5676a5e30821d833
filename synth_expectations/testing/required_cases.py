"""Find what a set of case files lacks: an expectation, a file, or a case of a compulsory kind."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from synth_expectations.expectations.base import SyntheticDataExpectation
from synth_expectations.rules.model import BATCH
from synth_expectations.testing.case_runner import expectation_of
from synth_expectations.testing.cases import Case, CaseKind, read_cases

ALWAYS = frozenset(
    {CaseKind.PASS, CaseKind.FAIL, CaseKind.NULL, CaseKind.EMPTY, CaseKind.ODD_NAME, CaseKind.MARKER_VARIANTS}
)
"""The kinds of which every expectation needs a case, besides one of `blank` or `nan`."""

LOOKING_UP = frozenset({CaseKind.NULL_KEY, CaseKind.DUPLICATE_KEY, CaseKind.EMPTY_REFERENCE})
"""The kinds that an expectation needs as well if it looks records up in a reference."""


def find_orphans(folder: Path, expectations: Mapping[str, type[SyntheticDataExpectation]]) -> list[str]:
    """Return case files without an expectation in that family, and expectations without a file, as sentences."""
    files = {path.relative_to(folder).with_suffix("").as_posix() for path in folder.rglob("*.yml")}
    classes = {f"{kind.family()}/{name}" for name, kind in expectations.items()}
    return sorted(
        [f"{path}.yml belongs to no expectation" for path in files - classes]
        + [f"{path} has no case file" for path in classes - files]
    )


def find_missing_kinds(path: Path) -> list[str]:
    """Return the compulsory kinds of which a file has no case, as sentences."""
    cases = read_cases(path)
    kinds = {case.kind for case in cases}
    wanted = ALWAYS | (LOOKING_UP if any(map(_looks_up, cases)) else frozenset())
    lacking = sorted(wanted - kinds)
    if not kinds & {CaseKind.BLANK, CaseKind.NAN}:
        lacking.append(CaseKind.BLANK)
    return [f"{path.stem} has no case of the kind {kind}" for kind in lacking]


def _looks_up(case: Case) -> bool:
    if case.expected.error is not None:
        return False
    return any(lookup.reference != BATCH for lookup in expectation_of(case).lookups())
