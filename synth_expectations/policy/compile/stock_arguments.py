"""The arguments of Great Expectations' own expectations: names are checked without importing it, values are not."""

from __future__ import annotations

from collections.abc import Iterator

from synth_expectations.errors import nearest
from synth_expectations.policy.errors import PolicyError
from synth_expectations.policy.load.loader import Policy
from synth_expectations.policy.load.plain_yaml import Address
from synth_expectations.policy.tuning import Tuning
from synth_expectations.policy.vocabulary import gx_expectations


def stock_argument_errors(
    policy: Policy, table: str, type_name: str, tuning: Tuning, at: Address
) -> Iterator[PolicyError]:
    """Yield each argument that an expectation does not have, and each that it needs and is not given.

    Args:
        policy: the policy that names the table.
        table: its name.
        type_name: the expectation, one of Great Expectations' own.
        tuning: what the policy says of it.
        at: where the policy says it.
    """
    known = gx_expectations()[type_name]
    names = [*known.needed, *known.optional]
    given = [*tuning.arguments, *(["row_condition"] if tuning.row_condition else [])]
    for name in given:
        if name not in names:
            guess = nearest(name, [known_name for known_name in names if known_name not in given])
            takes = f"It takes {', '.join(names)}." if names else "It takes no arguments."
            hint = f"Did you mean {guess}?" if guess else takes
            yield policy.error((*at, name), f"{table}: {type_name} has no argument {name}.", hint)
    for name in known.needed:
        if name not in given:
            yield policy.error(at, f"{table}: {type_name} needs {name}.", f"Write {name}: … there.")
