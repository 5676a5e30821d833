"""`defaults` and profiles in each table, key by key; what is wrong in them is said once, where it stands."""

from __future__ import annotations

from pathlib import Path

from synth_expectations.policy.compile.compiler import compile_policy
from synth_expectations.policy.load.loader import load_policy
from tests.policy.conftest import change, said

HOLD = """\
  hold:
    role: holds
    parquet: lake/hold/*.parquet
    columns: {key: HoldId, placed_at: PlacedAt, released_at: ReleasedAt}
"""


def layered(policy: Path, layers: str, send: str = "") -> None:
    change(policy, "tables:\n", f"{layers}\ntables:\n")
    change(policy, "  send:\n", f"  send:\n{send}")


def test_the_nearest_layer_counts(policy: Path) -> None:
    layered(
        policy,
        "defaults: {owner: of defaults, empty_batch: errored, where: A}\n"
        "profiles: {p: {owner: of profile, empty_batch: nothing_to_check}}",
        "    profile: p\n    owner: its own\n",
    )
    send, customer = load_policy(policy).tables["send"], load_policy(policy).tables["customer"]
    assert (send.owner, send.empty_batch, send.where) == ("its own", "nothing_to_check", "A")
    assert (customer.owner, customer.empty_batch, customer.where) == ("of defaults", "errored", "A")


def test_lists_replace_and_null_removes(policy: Path) -> None:
    layered(
        policy,
        "defaults: {where: A, columns: {purpose: P, source: S}, identifiers: {name: [First, Last], email: Mail},"
        " marker: {synthetic: [a, b]}}",
        "    where: null\n    identifiers: {name: [Whole], email: null}\n",
    )
    change(policy, "{key: SendId}", "{key: SendId, purpose: null}")
    send = load_policy(policy).tables["send"]
    assert send.where is None
    assert send.columns == {"key": "SendId", "purpose": None, "source": "S"}
    assert send.identifiers is not None
    assert (send.identifiers.name, send.identifiers.email) == (("Whole",), None)
    assert load_policy(policy).tables["customer"].marker == "none"


def test_a_word_that_was_removed_is_missed(policy: Path) -> None:
    layered(policy, "defaults: {columns: {key: Id}}")
    change(policy, "      key: Id\n", "")
    compile_policy(policy)
    change(policy, "      method: Method\n", "      method: Method\n      key: null\n")
    assert [each.partition(": ")[2] for each in said(policy)] == [
        "contact: columns.key is missing, which role mixed needs. Add key: <its column>, or give the table another role."
    ]


def test_what_is_wrong_in_a_layer_is_said_once_with_its_line(policy: Path) -> None:
    layered(policy, "defaults:\n  colums: {}\n  batch: {by: week}\nprofiles:\n  p:\n    al: real\n", "    profile: p\n")
    assert said(policy) == [
        "9: defaults.colums: there is no such key. Did you mean columns?",
        "10: defaults.batch.by: Input should be 'day' or 'month'.",
        "10: defaults.batch.column is missing.",
        "13: profiles.p.al: there is no such key. Did you mean all?",
    ]


def test_the_same_mistake_in_several_tables_is_said_for_each(policy: Path) -> None:
    policy.write_text(policy.read_text().replace("role: production", "rol: production"))
    assert [each.partition(":")[2] for each in said(policy)] == [
        " tables.customer.rol: there is no such key. Did you mean role?",
        " tables.send.rol: there is no such key. Did you mean role?",
    ]


def test_a_missing_word_of_a_profile_has_the_tables_line(policy: Path) -> None:
    layered(policy, "profiles: {p: {role: sandbox}}")
    change(policy, "  send:\n    role: production", "  send:\n    profile: p")
    change(policy, "    columns: {key: SendId}\n", "")
    assert said(policy)[0].startswith("32: send: columns.key is missing, which role sandbox needs.")


def test_profiles_do_not_nest(policy: Path) -> None:
    layered(policy, "defaults: {profile: p}\nprofiles: {p: {profile: q}, q: {}}")
    assert said(policy) == [
        "8: defaults cannot have a profile itself. Name it in each table that has it.",
        "9: profiles.p cannot have a profile itself. Name it in each table that has it.",
    ]


def test_a_profile_that_is_no_name(policy: Path) -> None:
    layered(policy, "profiles: {p: {}}", "    profile: [p, q]\n")
    assert said(policy) == ["33: tables.send.profile: text is needed here."]
    change(policy, "[p, q]", "pq")
    assert said(policy) == ["33: there is no profile pq: did you mean p?"]


def test_the_marker_of_defaults_is_for_tables_about_people(policy: Path) -> None:
    """The columns of holds, staff and registries say nothing of synthetic records."""
    layered(policy, "defaults: {marker: {column: IsSynthetic}}")
    tagged = "    expectations: {expect_records_to_be_tagged: {}}\n"
    policy.write_text(policy.read_text() + HOLD + tagged)
    assert "marker_column is missing" in said(policy)[0]
    change(policy, "    role: holds\n", "    role: holds\n    marker: {column: Origin}\n")
    suite = next(suite for suite in compile_policy(policy).suites if suite.table == "hold")
    assert suite.expectations[0].arguments == {"marker_column": "Origin", "record_key": "HoldId"}
