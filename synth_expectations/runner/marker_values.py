"""The values of a marker that the policy does not know, for `check`: whoever fixes the policy must see them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import chain, islice

from synth_expectations.engine.adapters.base import Adapter
from synth_expectations.engine.compiler import Compiler
from synth_expectations.engine.plan import Plan
from synth_expectations.engine.schema import Family
from synth_expectations.expectations.base import SyntheticDataExpectation
from synth_expectations.rules.as_of import current_as_of
from synth_expectations.rules.expressions import field

_MOST = 10
"""A column with more different values is not a marker, and none of them is shown."""
_MAY_NAME_A_PERSON = re.compile(r"@|\d{5}|.{41}", re.DOTALL)


def check_marker(
    table: str, adapter: Adapter, expectations: Sequence[SyntheticDataExpectation], identifiers: Collection[str]
) -> Iterator[str]:
    """Yield a sentence if no record of a table has a marker that the policy knows; count the records for it.

    Args:
        table: the name of the table in sentences.
        adapter: of the table.
        expectations: of the table.
        identifiers: the columns that name a person, of which no value is shown.

    Raises:
        SynthError: the values cannot be read.
    """
    judging = next((expectation for expectation in expectations if expectation.marker_column), None)
    if judging is None or judging.marker_column is None:
        return
    plan = Plan(lambda: adapter, current_as_of())
    counted = plan.result(plan.add(judging.census_check))
    if counted.error:
        raise counted.error
    marker = judging.marker_column
    unaccounted = judging.explain_unaccounted(counted.census, may_be_untagged=False)
    if adapter.columns().find(marker).family is Family.OTHER and (unaccounted or not any(counted.census.values())):
        yield (
            f"{table}: The marker {marker} has a type without a single value, such as a list: a record is of one kind."
            " Name a column with one value, or a field of it, such as properties.is_test."
        )
        return
    if unaccounted is None:
        return
    shown = (
        ""
        if marker.casefold() in map(str.casefold, identifiers)
        else f" {_format_values(_read_values(adapter, marker))}"
    )
    yield f"{table}: {unaccounted.message}{shown} {unaccounted.hint}"


def _read_values(adapter: Adapter, column: str) -> list[str | None]:
    """Return the different values of a column as text, and one more than are shown if there are more."""
    compiler = Compiler(adapter.columns(), adapter.dialect, current_as_of())
    value = compiler.compile(field(column))
    name = adapter.columns().free("synth_value")
    counts = adapter.value_counts(value, adapter.columns().free("synth_n"), name)
    rows = chain.from_iterable(adapter.stream_violations([], [name], _MOST + 1, counts, where="1 = 1"))
    return [None if row[0] is None else str(row[0]) for row in islice(rows, _MOST + 1)]


def _format_values(values: Sequence[str | None]) -> str:
    if len(values) > _MOST:
        return f"It has more than {_MOST} different values, which is unusual for a marker."
    shown = {
        "NULL" if value is None else "(not shown)" if _MAY_NAME_A_PERSON.search(value) else repr(value)
        for value in values
    }
    return f"Its values are {', '.join(sorted(shown))}."
