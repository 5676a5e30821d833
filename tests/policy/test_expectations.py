"""`expectations` and `exclude`: tuned, added, left out; nothing is narrowed without a reason on record."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from synth_expectations.policy.compile.compiler import compile_policy
from synth_expectations.policy.compile.suites import SuiteExpectation
from synth_expectations.policy.roles import picks
from tests.policy.conftest import change, said

NARROWING = "mostly below 1, row_condition and empty_references narrow a check"
KEY = "    columns: {key: SendId}\n"
NO_SYNTHETIC = "expect_table_to_contain_no_synthetic_records"
UNIQUE = "expect_column_values_to_be_unique"
REASONED = 'reason: r, approved_by: a, until: "2027-03-31"'


def send(policy: Path, block: str, **entries: str) -> None:
    """Add entries to the block `expectations` or `exclude` of the last table."""
    lines = "".join(f"      {kind}: {entry}\n" for kind, entry in entries.items())
    change(policy, KEY, f"{KEY}    {block}:\n{lines}")


def asked(policy: Path, kind: str, table: str = "send") -> list[SuiteExpectation]:
    suites = [suite for suite in compile_policy(policy).suites if suite.table == table]
    return [each for suite in suites for each in suite.expectations if each.type == kind]


def lock(policy: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(compile_policy(policy).files["policy.lock.json"])
    return found


def test_tuning_replaces_the_roles(policy: Path) -> None:
    send(policy, "expectations", **{NO_SYNTHETIC: "{severity: info, require_records: true}"})
    found = asked(policy, NO_SYNTHETIC)
    assert [(each.tuning.severity, each.because) for each in found] == [("info", "role production")]
    assert found[0].arguments == {"marker_column": "IsSynthetic", "record_key": "SendId", "require_records": True}


def test_one_expectation_several_times(policy: Path) -> None:
    send(policy, "expectations", **{UNIQUE: "[{column: a}, {column: b, severity: info}]"})
    assert [each.arguments for each in asked(policy, UNIQUE)] == [{"column": "a"}, {"column": "b"}]
    suite = json.loads(compile_policy(policy).files["../suites/send.json"])
    assert len({each["id"] for each in suite["expectations"]}) == len(suite["expectations"])


def test_the_wrong_one_of_several_is_said_by_line(policy: Path) -> None:
    send(policy, "expectations", **{NO_SYNTHETIC: "\n        - {severity: info}\n        - {mosly: 1}"})
    assert said(policy) == [f"39: send: {NO_SYNTHETIC} has no argument mosly. Did you mean mostly?"]


@pytest.mark.full
def test_great_expectations_own_are_known_without_importing_it() -> None:
    code = (
        "import sys\n"
        "from synth_expectations.policy.vocabulary import gx_expectations as known\n"
        "found = known().keys(); assert 'great_expectations' not in sys.modules\n"
        "from great_expectations.expectations.registry import list_registered_expectation_implementations as names\n"
        "import great_expectations.expectations as gxe\n"
        "from great_expectations.expectations.registry import get_expectation_impl as impl\n"
        "core = {n for n in names() if impl(n).__module__.startswith('great_expectations.')}\n"
        "print(sorted(core - found), sorted(found - core))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "[] []"


def test_unknown_ones(policy: Path) -> None:
    send(policy, "expectations", expect_colum_to_exist="{column: a}", foo="{}")
    first, second = said(policy)
    assert first.startswith(
        "37: send: there is no expectation expect_colum_to_exist: did you mean expect_column_to_exist?"
    )
    assert second.startswith("38: send: there is no expectation foo: there are expect_")
    assert second.endswith("more. See: synth-expectations list.")


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        ("[]", "it is empty: fill it in, or remove it."),
        ("", "it is empty: fill it in, or remove it."),
        ("5", "a mapping of keys to values is needed here, as {key: value}."),
        ("{mostly: 0.9}", f"{NARROWING}: give the reason, approved_by, until."),
        ("{mostly: 0.9, reason: r}", f"{NARROWING}: give the approved_by, until."),
        ("{row_condition: a}", f"{NARROWING}: give the reason, approved_by, until."),
    ],
)
def test_nothing_is_narrowed_without_a_reason(policy: Path, entry: str, sentence: str) -> None:
    send(policy, "expectations", **{NO_SYNTHETIC: entry})
    assert [each.partition(f"{NO_SYNTHETIC}: ")[2] or each.partition(".0: ")[2] for each in said(policy)] == [sentence]


def test_great_expectations_own_may_be_tolerant_without_an_approver(policy: Path) -> None:
    """It is not evidence for a control; a filter on it still leaves records out of sight."""
    send(policy, "expectations", expect_column_values_to_not_be_null="{column: SendId, mostly: 0.9}")
    assert lock(policy)["left_out"] == []
    change(policy, "mostly: 0.9}", "mostly: 0.9, reason: r}")
    assert [left["narrowed"] for left in lock(policy)["left_out"]] == ["mostly 0.9"]
    change(policy, "mostly: 0.9, reason: r}", "row_condition: 'col(\"a\") > 1'}")
    assert f"{NARROWING}: give the reason, approved_by, until." in said(policy)[0]


@pytest.mark.parametrize("share", ["0", "1.5", "-1", ".nan"])
def test_a_share_is_above_nothing_and_at_most_all(policy: Path, share: str) -> None:
    send(policy, "expectations", **{NO_SYNTHETIC: f"{{mostly: {share}, {REASONED}}}"})
    assert f"{NO_SYNTHETIC}.mostly: " in said(policy)[0]


def test_what_is_narrowed_is_on_record(policy: Path) -> None:
    send(policy, "expectations", **{NO_SYNTHETIC: f"{{mostly: 0.9, row_condition: 'col(\"a\") > 1', {REASONED}}}"})
    assert lock(policy)["left_out"] == [
        {"approved_by": "a", "narrowed": 'mostly 0.9, only where col("a") > 1', "reason": "r", "table": "send",
         "type": NO_SYNTHETIC, "until": "2027-03-31"}
    ]  # fmt: skip
    compiled = json.loads(compile_policy(policy).files["../suites/send.json"])["expectations"]
    kwargs = next(each["kwargs"] for each in compiled if each["type"] == NO_SYNTHETIC)
    assert (kwargs["mostly"], kwargs["row_condition"], kwargs["condition_parser"]) == (
        0.9, 'col("a") > 1', "great_expectations",
    )  # fmt: skip


def test_all_is_no_narrowing(policy: Path) -> None:
    send(policy, "expectations", **{NO_SYNTHETIC: "{mostly: 1}"})
    assert lock(policy)["left_out"] == []


@pytest.mark.parametrize("without", ["reason", "approved_by", "until"])
def test_leaving_out_needs_a_reason_an_approval_and_an_end(policy: Path, without: str) -> None:
    given = {"reason": "r", "approved_by": "a", "until": '"2027-03-31"'}
    del given[without]
    entry = ", ".join(f"{name}: {value}" for name, value in given.items())
    send(policy, "exclude", **{NO_SYNTHETIC: f"{{{entry}}}"})
    assert said(policy) == [f"37: tables.send.exclude.{NO_SYNTHETIC}.{without} is missing."]


def test_what_is_left_out_is_on_record(policy: Path) -> None:
    send(policy, "exclude", **{NO_SYNTHETIC: f"{{{REASONED}}}"})
    assert not asked(policy, NO_SYNTHETIC)
    assert [each["type"] for each in lock(policy)["left_out"]] == [NO_SYNTHETIC]
    assert f"send: - {NO_SYNTHETIC}" not in compile_policy(policy).changes


def test_what_a_role_would_ask_for_may_be_left_out_before_its_reference_is_there(policy: Path) -> None:
    """As the policy of the documentation does: until the reference can be named, the reason is on record."""
    kind = next(type_name for type_name, reference in picks("mixed").items() if reference)
    change(
        policy,
        "    references:\n      real:",
        f"    exclude:\n      {kind}: {{{REASONED}}}\n    references:\n      real:",
    )
    assert [each["type"] for each in lock(policy)["left_out"]] == [kind]


def test_what_nobody_asks_for_cannot_be_left_out(policy: Path) -> None:
    send(policy, "exclude", expect_promotions_to_be_approved=f"{{{REASONED}}}")
    assert said(policy)[0].startswith("37: send: there is no expectation to leave out expect_promotions_to_be_approved")


def test_a_table_of_which_nothing_is_left(policy: Path) -> None:
    kinds = [
        each.type for suite in compile_policy(policy).suites if suite.table == "send" for each in suite.expectations
    ]
    send(policy, "exclude", **dict.fromkeys(kinds, f"{{{REASONED}}}"))
    assert {suite.table for suite in compile_policy(policy).suites} == {"contact", "customer"}
    policy.write_text(policy.read_text() + "checkpoints: {weekly: {tables: send}}\n")
    assert said(policy) == [
        f"{len(policy.read_text().splitlines())}: weekly: there is nothing to check in send. Leave it out."
    ]
