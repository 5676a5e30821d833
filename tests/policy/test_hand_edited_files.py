"""Compiled files of any content are compared with the policy, and never end in an error of Python."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from synth_expectations.policy.compile.compiler import compile_policy
from synth_expectations.policy.compile.verification import verify_project

PLACES: dict[str, tuple[str, tuple[str | int, ...]]] = {
    "actions": ("checkpoints", ("actions",)),
    "definitions": ("checkpoints", ("validation_definitions",)),
    "id": ("suites", ("expectations", 0, "id")),
    "effective": ("suites", ("expectations", 0, "meta", "synth", "effective")),
}


@pytest.mark.parametrize("value", [5, "x", [None], {"a": None}], ids=str)
@pytest.mark.parametrize("place", PLACES)
def test_a_value_of_another_type_is_a_change(policy: Path, place: str, value: Any) -> None:
    compiled = compile_policy(policy)
    compiled.write()
    directory, keys = PLACES[place]
    path = next(path for path in sorted(compiled.files) if Path(path).parent.name == directory)
    file = policy.parent / path
    document = part = json.loads(file.read_text())
    for key in keys[:-1]:
        part = part[key]
    part[keys[-1]] = value
    file.write_text(json.dumps(document))
    assert any(Path(path).name in change for change in verify_project(policy.parent).changes)
