"""Plans of `sf data import tree`: a list of steps, each with an sObject and files relative to the plan."""

from __future__ import annotations

from dataclasses import dataclass

from synth_expectations.gate.formats.json_stream import read_json_file
from synth_expectations.gate.model import UnreadFileError
from synth_expectations.gate.repository import SourceFile


@dataclass(frozen=True)
class PlanStep:
    """A file of a plan, and the object that the plan says it holds."""

    object: str
    file: str


def is_plan(file: SourceFile) -> bool:
    """Return whether a JSON file looks like a plan: a list whose items name an sObject and files."""
    head = file.beginning.lstrip()
    folded = head.lower()
    return head.startswith(b"[") and b'"sobject"' in folded and b'"files"' in folded


def read_plan(file: SourceFile) -> list[PlanStep]:
    """Return the files of a plan.

    Raises:
        UnreadFileError: it is not a plan.
    """
    steps = read_json_file(file)
    if not isinstance(steps, list):
        raise UnreadFileError("it is not a plan: not a list of steps")
    planned = []
    for step in steps:
        if not isinstance(step, dict):
            raise UnreadFileError("it is not a plan: a step is not an object")
        names = step.get("files") or []
        for name in names if isinstance(names, list) else [names]:
            target = name.get("file") if isinstance(name, dict) else name
            if isinstance(target, str):
                planned.append(PlanStep(str(step.get("sobject") or step.get("sObject") or ""), target))
    return planned
