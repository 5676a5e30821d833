"""`init --add`: new lines only, every other byte of someone's policy stays."""

from __future__ import annotations

from dataclasses import replace

import pytest
from ruamel.yaml import YAML

from synth_expectations.engine.schema import Family
from synth_expectations.policy.infer import ColumnProfile, ProposalError, TableProfile, add_to_policy, propose

POLICY = """\
# signed by the DPO, do not reformat
version:   1
owner: 'crm-data@retailer.example'   # a table may name its own

data_sources:
    lake: {type: parquet, path: "${LAKE:-./extracts}"}   # the lake

allowed: {methods: [ctgan],
          purposes: [testing]}
retention:
  class: purpose
  classes: {testing: {max: P90D}}

# what is checked
tables:
    customer:   # real people
        role: production
        parquet: lake/customer/*.parquet

        # asked for by legal
        all: real

    # more tables to come

# when
checkpoints:
  nightly: {tables: all}
"""


def proposal(name="contact", base="extracts", **columns):
    made = {"is_synthetic": {True: 3, False: 7}, "method": {"ctgan": 2, "llm": 1}, "purpose": {"testing": 3}}
    profiles = [
        ColumnProfile(
            column, Family.BOOLEAN if True in values else Family.TEXT, sum(values.values()), tuple(values.items())
        )
        for column, values in {**made, **columns}.items()
    ]
    profiles.append(ColumnProfile("synthetic_source", Family.TEXT, 3))
    return propose(TableProfile(name, "parquet", f"{name}/*.parquet", base, "duckdb", 10, tuple(profiles)))


def load(text):
    return YAML(typ="safe", pure=True).load(text)


def added_lines(before, after):
    """The lines that were added; fails if any other line changed or moved."""
    rest, new = iter(before.split("\n")), []
    expected = next(rest)
    for line in after.split("\n"):
        if line == expected:
            expected = next(rest, None)
        else:
            new.append(line)
    assert expected is None, f"lost or changed: {expected!r}"
    return new


def test_an_entry_is_added_at_the_end_of_tables_in_their_indent():
    after = add_to_policy(POLICY, proposal())
    new = added_lines(POLICY, after)
    assert new[0] == "    contact:"
    assert new[1] == "        role: mixed  # its marker has synthetic records and others"
    assert new[-1] == "        # seen here, not yet in allowed: methods llm 1"
    before, now = load(POLICY), load(after)
    assert now["tables"].pop("contact")["parquet"] == "lake/contact/*.parquet"
    assert now == before
    assert after.index("more tables to come") < after.index("    contact:") < after.index("# when")


def test_what_the_policy_allows_is_never_widened_and_what_it_lacks_is_added():
    short = "version: 1\ntables:\n  customer: {role: production}\n"
    now = load(add_to_policy(short, proposal()))
    assert now["allowed"] == {"methods": ["ctgan", "llm"], "purposes": ["testing"]}
    assert now["retention"] == {"class": "purpose", "classes": {"testing": {"max": "TODO"}}}
    assert now["data_sources"] == {"lake": {"type": "parquet", "path": "${LAKE:-./extracts}"}}
    assert load(add_to_policy(POLICY, proposal()))["allowed"]["methods"] == ["ctgan"]


@pytest.mark.parametrize(
    ("base", "location", "sources"),
    [("extracts", "lake/contact/*.parquet", ["lake"]), ("extracts/eu", "lake/eu/contact/*.parquet", ["lake"]),
     ("other", "lake_2/contact/*.parquet", ["lake", "lake_2"])],
)  # fmt: skip
def test_files_elsewhere_are_found_again(base, location, sources):
    now = load(add_to_policy(POLICY, proposal(base=base)))
    assert now["tables"]["contact"]["parquet"] == location
    assert list(now["data_sources"]) == sources


def test_a_data_source_of_that_name_is_taken_as_it_is():
    policy = POLICY.replace('{type: parquet, path: "${LAKE:-./extracts}"}', "{use: ../gx}")
    assert list(load(add_to_policy(policy, proposal(base="other")))["data_sources"]) == ["lake"]


@pytest.mark.parametrize("tables", ["tables:\n", "tables: {}\n", "tables:   # none yet\n", ""])
@pytest.mark.parametrize("rest", ["", "checkpoints:\n  nightly: {tables: all}\n"])
def test_the_first_table(tables, rest):
    after = add_to_policy(f"version: 1\n{tables}{rest}", proposal())
    assert list(load(after)["tables"]) == ["contact"]
    assert ("# none yet" in after) is ("none yet" in tables)


def test_line_ends_and_a_missing_last_one():
    windows = POLICY.replace("\n", "\r\n")
    after = add_to_policy(windows, proposal())
    assert after.count("\n") == after.count("\r\n")
    assert added_lines(POLICY, after.replace("\r\n", "\n"))
    assert load(add_to_policy(POLICY.rstrip("\n"), proposal())) == load(add_to_policy(POLICY, proposal()))


def test_two_tables_in_turn():
    after = add_to_policy(add_to_policy(POLICY, proposal()), proposal("lead"))
    assert list(load(after)["tables"]) == ["customer", "contact", "lead"]
    assert add_to_policy(POLICY, replace(proposal(), table="contact_eu")).count("contact_eu:") == 1


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (POLICY.replace("    customer:", "    contact:"), 16, "already has a table contact"),
        ("version: 1\ntables: {a: {role: mixed}}\n", 2, "written on one line"),
        ("version: 1\ntables: {a: [\n", None, "is not YAML"),
        ("a: 1\na: 2\n", 2, "is not YAML"),
        ("- a\n", None, "not a policy"),
        ("tables: 7\n", 1, "not a mapping"),
        ("tables:\n  a: {role: mixed}\nallowed: 7\n", None, "not a mapping"),
    ],
)
def test_what_cannot_be_added_to_is_refused_by_line(text, line, said):
    with pytest.raises(ProposalError) as raised:
        add_to_policy(text, proposal(), file="gx/policy.yml")
    assert said in raised.value.message
    assert raised.value.message.startswith("gx/policy.yml")
    assert line is None or raised.value.line == line
    assert raised.value.hint


def test_a_document_that_ends_early_is_left_alone():
    with pytest.raises(ProposalError):
        add_to_policy("version: 1\n...\n", proposal())
