"""What is wrong with a policy is said with its line, all of it at once."""

from __future__ import annotations

from pathlib import Path

import jsonschema
import pytest
from ruamel.yaml import YAML

from synth_expectations.policy.compile.compiler import compile_policy
from synth_expectations.policy.errors import PolicyError
from synth_expectations.policy.json_schema import build_policy_schema
from synth_expectations.policy.load.loader import load_policy
from tests.paths import ROOT
from tests.policy.conftest import Errors

TIMES = 'until: "2027-03-31"'


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("owner: crm", "ovner: crm", "2: ovner: there is no such key. Did you mean owner?"),
        ("    role: mixed", "    role: mixd", "10: tables.contact.role: there is no role mixd: did you mean mixed?"),
        ("    role: mixed\n", "", "9: contact has no role. There are"),
        (
            "    role: mixed",
            "    where: Email <> 'ann@shop.example'\n    role: mixed",
            "10: contact: where holds an e-mail address, and the policy is kept as evidence.",
        ),
        ("    role: mixed", "    profile: sf", "10: there is no profile sf: there are none."),
        ("version: 1", "version: 1.0", "1: version: 1.0 is not a version of this format: write 1."),
        ("max: P90D", "max: 90", "7: retention.classes.testing.max: 90 is not a duration: write P90D for days"),
        ("max: P90D", "max: 3M", "7: retention.classes.testing.max: '3M' is not an ISO 8601 duration"),
        ("max: P90D", "min: P1Y, max: P90D", "the minimum P1Y is longer than the maximum P90D"),
        ("owner: crm-data@retailer.example", "owner: TODO", "2: owner is still TODO."),
        ("methods: [ctgan]", "methods: [TODO]", "6: allowed.methods.0 is still TODO."),
        ("owner: crm", "owner: a\nowner: crm", 'found duplicate key "owner"'),
        ("version: 1", "version: 1\napproved: {by: dpo, on: 2026-10-01}", 'a date without quotes. Write "2026-10-01".'),
        ("key: Id", "kee: Id", "14: contact: there is no word of columns kee: did you mean key?"),
        ("      key: Id\n", "", "columns.key is missing, which role mixed needs."),
        ("key: Id", "key: Email", "14: contact: the key Email is an identifier, and keys are shown in results."),
        ("lake/send", "lakes/send", "send: there is no data source lakes: did you mean lake?"),
        ("parquet: lake/send/*.parquet", "table: crm.send", "33: send: table: needs data_source."),
        ("marker: none\n    all: real", "marker: none", "marker none needs all: real or all: synthetic."),
        ("marker: {column: IsSynthetic}\n    columns:\n", "columns:\n", "contact: marker.column is missing"),
        (
            "marker: {column: IsSynthetic}\n    columns:\n",
            "marker: none\n    all: real\n    columns:\n",
            "needs a marker",
        ),
        ("real: {table: customer}", "real: {table: customers}", "there is no table customers: did you mean customer?"),
        ("real: {table: customer}", "real: {table: customer, field: id}", "customer has no column id."),
        ("real: {table: customer}", "reel: {table: customer}", "there is no reference reel: did you mean real?"),
        (
            "    columns: {key: SendId}",
            "    columns: {key: SendId}\n    where: 'a b c'",
            "send: where is not a condition",
        ),
        (
            "    columns: {key: SendId}",
            "    columns: {key: SendId}\n    where: 'TRUE ORDER BY 1'",
            "not a condition of one row",
        ),
        (
            "    columns: {key: SendId}",
            "    columns: {key: SendId}\n    expectations: {expect_the_best: {}}",
            "send: there is no expectation expect_the_best",
        ),
        (
            "    columns: {key: SendId}",
            "    columns: {key: SendId}\n    expectations: {expect_table_to_contain_no_synthetic_records: {mostly: 0.9}}",
            "mostly below 1, row_condition and empty_references narrow a check: give the reason",
        ),
        (
            "    columns: {key: SendId}",
            "    columns: {key: SendId}\n    expectations: {expect_table_to_contain_no_synthetic_records: {mosly: 0.9}}",
            "send: expect_table_to_contain_no_synthetic_records has no argument mosly. Did you mean mostly?",
        ),
        (
            "    columns: {key: SendId}",
            "    columns: {key: SendId}\n    exclude: {expect_table_to_contain_no_synthetic_records: {reason: why}}",
            "approved_by is missing.",
        ),
        (
            "    columns: {key: SendId}",
            "    columns: {key: SendId}\n    exclude: {expect_promotions_to_be_approved: {reason: r, approved_by: a, "
            + TIMES
            + "}}",
            "there is no expectation to leave out expect_promotions_to_be_approved",
        ),
    ],
)
def test_one_error(errors: Errors, old: str, new: str, sentence: str) -> None:
    said = errors((old, new))
    assert any(sentence in each for each in said), said


def test_all_errors_at_once_in_the_order_of_their_lines(errors: Errors) -> None:
    said = errors(
        ("owner: crm", "ovner: crm"), ("max: P90D", "max: 90"), ("    role: production", "    role: prodction")
    )
    lines = [int(each.partition(":")[0]) for each in said]
    assert len(said) == 4  # the owner is missing, too
    assert lines == sorted(lines)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match="There is no such file"):
        load_policy(tmp_path / "policy.yml")


@pytest.mark.parametrize("text", ["a: [", "- a", "", "just text", "a: &x {b: *y}"])
def test_a_file_that_is_no_policy(policy: Path, text: str) -> None:
    policy.write_text(text)
    with pytest.raises(PolicyError) as raised:
        compile_policy(policy)
    assert raised.value.line


def test_included_files_add_tables_and_their_errors_have_their_own_lines(policy: Path) -> None:
    folder = policy.parent / "policy.d"
    folder.mkdir()
    more = folder / "more.yml"
    lines = ["role: production", "parquet: lake/letter/*.parquet", "marker: none", "all: real", "columns: {key: Id}"]
    more.write_text("tables:\n  letter:\n" + "".join(f"    {line}\n" for line in lines))
    policy.write_text(policy.read_text().replace("version: 1\n", "version: 1\ninclude: [policy.d/*.yml]\n"))
    assert "letter" in load_policy(policy).tables
    more.write_text(more.read_text().replace("role: production", "role: prod"))
    with pytest.raises(PolicyError) as raised:
        load_policy(policy)
    assert (raised.value.file, raised.value.line) == (str(more), 3)
    more.write_text("tables:\n  send: {role: production}\n")
    with pytest.raises(PolicyError, match=r"tables\.send is there twice"):
        load_policy(policy)
    more.write_text("owner: me\n")
    with pytest.raises(PolicyError, match="owner does not belong here"):
        load_policy(policy)
    policy.write_text(policy.read_text().replace("policy.d/*.yml", "nowhere/*.yml"))
    with pytest.raises(PolicyError, match=r"include: nowhere/\*\.yml matches no file"):
        load_policy(policy)


def test_defaults_and_profiles_are_merged_key_by_key_and_lists_replace(policy: Path) -> None:
    text = policy.read_text().replace(
        "tables:\n",
        "defaults: {owner: d@x, marker: {synthetic: [s, t], real: [r]}, columns: {purpose: P}}\n"
        "profiles: {p: {owner: p@x, marker: {synthetic: [u]}}}\ntables:\n",
        1,
    )
    policy.write_text(text.replace("  send:\n", "  send:\n    profile: p\n"))
    tables = load_policy(policy).tables
    assert (tables["contact"].owner, tables["send"].owner) == ("d@x", "p@x")
    assert tables["contact"].columns["purpose"] == "Purpose"  # its own
    assert tables["send"].columns == {"purpose": "P", "key": "SendId"}
    assert (tables["contact"].marker.synthetic, tables["send"].marker.synthetic) == (("s", "t"), ("u",))
    assert tables["send"].marker.real == ("r",)
    assert tables["customer"].marker == "none"


def test_the_schema_fits_the_repositorys_policy_and_refuses_an_unknown_key() -> None:
    data = YAML(typ="safe").load((ROOT / "great_expectations" / "policy.yml").read_text())
    jsonschema.validate(data, build_policy_schema())
    with pytest.raises(jsonschema.ValidationError, match="ovner"):
        jsonschema.validate({**data, "ovner": "me"}, build_policy_schema())
