from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from synth_expectations.policy.compile import compile_policy
from synth_expectations.policy.errors import PolicyError
from tests.cli.project import POLICY

Errors = Callable[..., list[str]]


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
        text = policy.read_text()
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new, 1)
        policy.write_text(text)
        with pytest.raises(PolicyError) as raised:
            compile_policy(policy)
        return [each.located().removeprefix(f"{policy}:") for each in raised.value.errors]

    return compiling
