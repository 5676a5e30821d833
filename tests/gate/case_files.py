"""The cases of the gate's rules: small repositories in YAML, and what is to be found in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from synth_expectations.gate.model import GateRun
from synth_expectations.gate.run import run_gate

CASES = Path(__file__).parent / "cases"


@dataclass(frozen=True)
class GateCase:
    """A repository, and the results that are expected.

    `kind` is pass, fail or negative; the first of pass and fail stand in the docs.
    """

    rule: str
    name: str
    kind: str
    files: dict[str, str]
    expect: list[dict[str, Any]]
    policy: str | None = None
    production: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def write(self, root: Path) -> None:
        for path, text in self.files.items():
            target = root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")

    def run(self, root: Path) -> GateRun:
        self.write(root)
        policy = None
        if self.policy is not None:
            policy = root / "great_expectations" / "policy.yml"
            policy.parent.mkdir(exist_ok=True)
            policy.write_text(self.policy, encoding="utf-8")
        return run_gate([root], policy, tuple(self.production))


@cache
def all_gate_cases() -> tuple[GateCase, ...]:
    return tuple(case for path in sorted(CASES.glob("sd*.yml")) for case in _read(path))


def _read(path: Path) -> Iterator[GateCase]:
    data = YAML(typ="safe").load(path)
    shared = data.get("files", {})
    for case in data["cases"]:
        yield GateCase(
            path.stem.upper(),
            case["name"],
            case["kind"],
            {**shared, **case.get("files", {})},
            case.get("expect", []),
            case.get("policy"),
            case.get("production", []),
            case.get("notes", []),
        )
