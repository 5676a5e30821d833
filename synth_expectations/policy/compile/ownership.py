"""Whether the matrix of ownership names checks that exist."""

from __future__ import annotations

from collections.abc import Iterator

from synth_expectations.expectations.catalogue import all_expectations
from synth_expectations.policy.errors import PolicyError
from synth_expectations.policy.load.loader import Policy
from synth_expectations.policy.types import format_unknown
from synth_expectations.policy.vocabulary import gx_expectations


def check_ownership(policy: Policy) -> Iterator[PolicyError]:
    """Yield an error for each check in the matrix that is not an expectation: nobody would answer for it."""
    for name, entry in policy.tables.items():
        for type_name in entry.ownership.checks if entry.ownership else ():
            if type_name not in all_expectations() and type_name not in gx_expectations():
                at = ("tables", name, "ownership", "checks", type_name)
                yield policy.error(at, f"{name}: {format_unknown('expectation', type_name, all_expectations())}")
