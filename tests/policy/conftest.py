from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from synth_expectations.policy.compile.compiler import compile_policy
from synth_expectations.policy.errors import PolicyError
from tests.cli.project import POLICY

Errors = Callable[..., list[str]]


def change(policy: Path, old: str, new: str) -> None:
    """Replace a text that is there, once."""
    text = policy.read_text()
    assert old in text, old
    policy.write_text(text.replace(old, new, 1))


def said(policy: Path) -> list[str]:
    """What is wrong with a policy: `line: sentence`, or `file:line: sentence` for another file."""
    with pytest.raises(PolicyError) as raised:
        compile_policy(policy)
    lines = [each.format_located() for each in raised.value.errors]
    return [line.removeprefix(f"{policy}:").removeprefix(f"{policy.parent}/") for line in lines]


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    """A policy that compiles."""
    file = tmp_path / "great_expectations" / "policy.yml"
    file.parent.mkdir()
    file.write_text(POLICY)
    return file


@pytest.fixture
def errors(policy: Path) -> Errors:
    """What compiling says once the policy was changed: `line: sentence`."""

    def compiling(*changes: tuple[str, str]) -> list[str]:
        for old, new in changes:
            change(policy, old, new)
        return said(policy)

    return compiling
