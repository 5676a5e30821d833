"""A webhook that would tell nobody, or whose address would be in the policy, is an error of compile."""

from __future__ import annotations

from pathlib import Path

import pytest

from synth_expectations.policy.compile.compiler import compile_policy
from tests.policy.conftest import change, said


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        ("url: https://hooks.slack.example/services/T/B/secret, format: slack", "write ${VAR} alone"),
        ("url: 'https://hooks.example/${TOKEN}', format: slack", "write ${VAR} alone"),
        ("url: '${HOOK:-https://hooks.example/x}', format: slack", "write ${VAR} alone"),
        ("url: '${HOOK}', format: discord", "format"),
        ("url: '${HOOK}'", "format"),
        ("format: json", "url"),
        ("url: '${HOOK}', format: json, on: passed", "on"),
        ("url: '${HOOK}', format: json, on: []", "it is empty"),
        ("url: '${HOOK}', format: json, owner: crm", "Did you mean owners?"),
        (
            "url: '${HOOK}', format: json, owners: crm-date@retailer.example",
            "there is no owner crm-date@retailer.example: did you mean crm-data@retailer.example?",
        ),
    ],
)
def test_errors(policy: Path, entry: str, sentence: str) -> None:
    change(policy, "tables:\n", f"notifications:\n  crm: {{{entry}}}\ntables:\n")
    [error] = said(policy)
    line = 2 + policy.read_text().splitlines().index("notifications:")
    assert error.startswith(f"{line}: ")
    assert sentence in error
    assert "secret," not in error


def test_a_policy_without_webhooks_compiles_to_what_it_did(policy: Path) -> None:
    assert "notifications" not in compile_policy(policy).files["policy.lock.json"]


def test_the_lock_has_the_variable(policy: Path) -> None:
    change(
        policy,
        "tables:\n",
        "notifications:\n  crm: {url: '${HOOK}', format: json, owners: crm-data@retailer.example}\ntables:\n",
    )
    assert '"url": "${HOOK}"' in compile_policy(policy).files["policy.lock.json"]
