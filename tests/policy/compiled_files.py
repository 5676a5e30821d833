"""The files that a policy compiles to."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def read_files(root: Path) -> dict[str, bytes]:
    return {str(file.relative_to(root)): file.read_bytes() for file in sorted(root.rglob("*")) if file.is_file()}


def read_suite(policy: Path, name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((policy.parents[1] / "suites" / f"{name}.json").read_text())
    return found


def list_types(policy: Path, name: str) -> list[str]:
    return [each["type"] for each in read_suite(policy, name)["expectations"]]
