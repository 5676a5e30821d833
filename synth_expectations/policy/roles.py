"""The roles that a table of the policy may have. Which expectations a role asks for, these declare themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from synth_expectations.errors import SynthError, nearest
from synth_expectations.expectations.catalogue import all_expectations


@dataclass(frozen=True)
class Role:
    """A role of a table.

    Attributes:
        columns: the words that `columns` must have for a table to have the role at all.
        has_marker: whether its records are about people, so that something must tell which are synthetic.
        is_reference: whether a table may have it only so that other tables look records up in it.
    """

    columns: tuple[str, ...] = ("key",)
    has_marker: bool = True
    is_reference: bool = False


ROLES: Mapping[str, Role] = {
    "mixed": Role(),
    "synthetic": Role(),
    "production": Role(),
    "sandbox": Role(),
    "decisions": Role(),
    "training_runs": Role(has_marker=False),
    "registry": Role(has_marker=False, is_reference=True),
    "uses": Role(has_marker=False),
    "customer_outputs": Role(has_marker=False),
    "promotions": Role(has_marker=False),
    "access_log": Role(has_marker=False),
    "holds": Role(("key", "placed_at", "released_at"), has_marker=False, is_reference=True),
    "components": Role(has_marker=False),
    "sync_runs": Role(has_marker=False, is_reference=True),
    "lineage": Role(has_marker=False),
    "step_approvals": Role(has_marker=False, is_reference=True),
    "fingerprints": Role((), has_marker=False, is_reference=True),
    "people": Role(has_marker=False, is_reference=True),
    "models": Role(has_marker=False, is_reference=True),
    "experiments": Role(has_marker=False, is_reference=True),
    "snapshots": Role(is_reference=True),
    "corrections": Role(has_marker=False, is_reference=True),
    "disclosures": Role(has_marker=False, is_reference=True),
}


def picks(role: str) -> dict[str, str | None]:
    """Return the expectations that a role asks for: type, and the reference without which it does not ask.

    Sorted by type. Expectations of plug-ins take part.

    Raises:
        SynthError: an expectation declares a role that does not exist.
    """
    found = {}
    for type_name, expectation in all_expectations().items():
        for name, reference in expectation.roles.items():
            if name not in ROLES:
                guess = nearest(name, list(ROLES))
                hint = f"Did you mean {guess}?" if guess else f"There are {', '.join(ROLES)}."
                raise SynthError(f"{expectation.__name__} declares the role {name}, which does not exist.", hint)
            if name == role:
                found[type_name] = reference
    return found
