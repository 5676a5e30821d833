"""Each argument says what it is, not only what type it has: `explain` and the docs have nothing else."""

from __future__ import annotations

from typing import get_args

import pytest

from synth_expectations.expectations import argument_types
from synth_expectations.expectations.catalogue import all_expectations, expectation_class

OF_TYPES = {
    text
    for name in ("Column", "Columns", "Values", "Duration", "Time", "Reference")
    for each in get_args(getattr(argument_types, name))
    if (text := getattr(each, "description", None))
}


@pytest.mark.parametrize("kind", sorted(all_expectations()))
def test_arguments_have_descriptions(kind: str) -> None:
    assert len(OF_TYPES) == 6
    said = {name: field.description for name, field in expectation_class(kind).model_fields.items()}
    assert {name for name, text in said.items() if not text or text in OF_TYPES} == set()
