"""The cases of this repository, read once a process."""

from __future__ import annotations

from functools import cache

from synth_expectations.rules.model import LookupCheck
from synth_expectations.testing import Case, CaseKind, expectation_of, find_cases
from tests.paths import CASES


@cache
def all_cases() -> tuple[Case, ...]:
    """Return every case, in the order of the files' paths."""
    return tuple(find_cases(CASES))


@cache
def failing_cases() -> tuple[Case, ...]:
    """Return the first failing case of each expectation, and one with a lookup where that case has none."""
    chosen: dict[str, Case] = {}
    for case in all_cases():
        if case.kind is CaseKind.FAIL:
            chosen.setdefault(case.type_name, case)
        if case.kind is CaseKind.DUPLICATE_KEY and not isinstance(
            expectation_of(chosen[case.type_name]).check, LookupCheck
        ):
            chosen.setdefault(f"{case.type_name} with a lookup", case)
    return tuple(chosen.values())
