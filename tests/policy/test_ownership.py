"""Who answers for what: the matrix of a policy, what is empty in it, and who is trained."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from synth_expectations.errors import SynthError
from synth_expectations.policy.compile.compiler import compile_policy
from synth_expectations.policy.ownership_matrix import (
    OwnershipRow,
    count_training,
    describe_empty_cells,
    list_ownership,
)
from tests.cli.project import POLICY

MATRIX = """\
teams:
  crm-ops@retailer.example: {function: crm operations, trained_until: "2026-11-30"}
  data@retailer.example: {function: data engineering, trained_until: "2026-11-29"}
  pipelines@retailer.example: {function: data engineering}
  "<script>=cmd()": {function: compliance, trained_until: "2027-01-31"}
defaults:
  ownership: {operator: crm-ops@retailer.example}
"""
OF_CONTACT = """\
    ownership:
      approver: "<script>=cmd()"
      checks: {expect_records_to_be_tagged: {operator: data@retailer.example, reviewer: pipelines@retailer.example}}
"""


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    path = tmp_path / "great_expectations" / "policy.yml"
    path.parent.mkdir()
    text = POLICY.replace(
        "    marker: {column: IsSynthetic}\n", f"    marker: {{column: IsSynthetic}}\n{OF_CONTACT}", 1
    )
    path.write_text(text.replace("tables:\n", f"{MATRIX}tables:\n", 1))
    return path


def test_matrix(policy: Path) -> None:
    rows = list(list_ownership(compile_policy(policy).policy))
    owner, operator, approver = "crm-data@retailer.example", "crm-ops@retailer.example", "<script>=cmd()"
    assert rows == [
        OwnershipRow("contact", "", owner, operator, approver, ""),
        OwnershipRow(
            *("contact", "expect_records_to_be_tagged", owner, "data@retailer.example", approver),
            "pipelines@retailer.example",
        ),
        OwnershipRow("customer", "", owner, operator, "", ""),
        OwnershipRow("send", "", owner, operator, "", ""),
    ]
    assert list(describe_empty_cells(rows)) == [
        "Nobody is named as approver of customer, send. "
        "Name a team: tables.customer.ownership.approver, or defaults.ownership.approver",
        "Nobody is named as reviewer of contact, customer, send. "
        "Name a team: tables.contact.ownership.reviewer, or defaults.ownership.reviewer",
    ]


def test_a_policy_of_owners_alone_has_nothing_to_complete() -> None:
    assert list(describe_empty_cells([OwnershipRow("contact", "", "crm-data@retailer.example", "", "", "")])) == []


def test_training_ends_with_its_last_day(policy: Path) -> None:
    teams = compile_policy(policy).policy.words.teams
    counts = {row.function: (row.trained, row.over, row.unknown) for row in count_training(teams, date(2026, 11, 30))}
    assert counts == {"crm operations": (1, 0, 0), "data engineering": (0, 1, 1), "compliance": (1, 0, 0)}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("expect_records_to_be_tagged:", "expect_records_to_be_taged:", "did you mean expect_records_to_be_tagged"),
        ("operator: crm-ops@retailer.example}\n", "operators: crm-ops@retailer.example}\n", "operators"),
        ("function: crm operations", "function: sales", "function"),
        ("approver:", "approver: 7 #", "number"),
    ],
)
def test_what_is_wrong_is_refused(policy: Path, old: str, new: str, message: str) -> None:
    text = policy.read_text()
    assert old in text
    policy.write_text(text.replace(old, new, 1))
    with pytest.raises(SynthError, match=message):
        compile_policy(policy)
