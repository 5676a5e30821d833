"""A field copied sooner is the field that `copy.deepcopy` makes."""

from __future__ import annotations

import copy
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import great_expectations  # noqa: F401  its models are those whose fields are copied
import pytest
from pydantic.v1 import BaseModel

from synth_expectations.cli.startup import _copied


def _models(of: type[BaseModel] = BaseModel) -> Iterator[type[BaseModel]]:
    for each in of.__subclasses__():
        yield each
        yield from _models(each)


def _same(one: Any, other: Any) -> bool:
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return list(one) == list(other) and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(_same, one, other))
    return one is other or one == other or _same(one.__getstate__(), other.__getstate__())


def test_it_is_the_same() -> None:
    fields = [field for model in _models() for field in model.__fields__.values()]
    assert len(fields) > 1000
    copied = [*fields, *(field.field_info for field in fields)]
    assert not [each for each in copied if not _same(_copied(each, {}), copy.deepcopy(each))]


def test_it_is_a_copy() -> None:
    class Model(BaseModel):
        names: list[str] = ["x"]

    field = Model.__fields__["names"]
    made = _copied(field, {})
    made.default.append("y")
    made.field_info.default.append("z")
    made.class_validators["new"] = None
    assert (field.default, field.field_info.default, field.class_validators) == (["x"], ["x"], {})


@pytest.mark.full
def test_the_command_line_copies_so_and_great_expectations_alone_does_not() -> None:
    script = (
        "{}; import great_expectations; from pydantic.v1.fields import ModelField; "
        "print(hasattr(ModelField, '__deepcopy__'))"
    )
    prepared = "from synth_expectations.cli.startup import prepare; prepare()"
    said = [
        subprocess.run([sys.executable, "-c", script.format(first)], capture_output=True, text=True, check=True).stdout
        for first in (prepared, "import synth_expectations")
    ]
    assert said == ["True\n", "False\n"]
