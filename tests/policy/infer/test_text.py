"""The text of a proposal: nobody's data in it, all tables of a directory, and YAML that reads back."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from synth_expectations.policy.infer import TableProfile, profile_parquet, propose, render_policy, split_tables
from synth_expectations.policy.infer.codes import is_code
from synth_expectations.policy.infer.scalars import format_comment, format_scalar
from tests.end_to_end.real.snowfakery_crm import (
    PROVENANCE,
    as_production,
    generate,
    mix_in,
    stamp_provenance,
    strip_tags,
)
from tests.policy.infer.profiles import PROVENANCE_COLUMNS, TEXT, parquet, read, table


@pytest.mark.parametrize("value", ["model_training", "CTGAN v2", "rule-based", "testing"])
def test_codes(value):
    assert is_code(value)


@pytest.mark.parametrize(
    "value", ["a@b.example", "+44 20 7946 0000", "12345", "X123456", "a b c d", "x" * 41, 7, "", "a\nb"]
)
def test_what_is_no_code_is_not_shown(value):
    assert not is_code(value)


def test_no_identifier_is_read_or_shown(tmp_path):
    people = ["Zebedee", "Ottoline", "Quillon"] * 4
    mails = [f"{name.lower()}{i}@firm.example" for i, name in enumerate(people)]
    glob = parquet(
        tmp_path / "contact" / "part-0.parquet",
        Id=list(map(str, range(12))),
        Email=mails,
        FirstName=people,
        LastName=["Smythe"] * 12,
        Phone=["02079460000"] * 12,
        IsSynthetic=["true", "false", "zebedee0@firm.example"] * 4,
        SyntheticSource=people,
        City=["Penge"] * 12,
        SyntheticMethod=["ctgan", "Ottoline", "Quillon Smythe"] * 4,
        SyntheticPurpose=["testing", "quillon", "other@firm.example"] * 4,
        Nickname=["real", "synthetic", "Zeb"] * 4,
    )
    profile = profile_parquet(glob)
    text = render_policy([propose(profile)]) + repr(profile)
    assert "methods: [ctgan]" in text
    assert "purposes: [testing]" in text
    shown = [each for each in [*people, "smythe", "penge", "firm.example", "0207946"] if each.lower() in text.lower()]
    assert not shown


def test_snowfakery_contacts_get_a_policy_with_no_gap_but_the_limits(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    tagged, _ = strip_tags(stamp_provenance(generate(100, 7)["Contact"]), 5, seed=1)
    mixed = mix_in(as_production(generate(300, 8)["Contact"], seed=2), tagged, seed=3)
    for day in ("2026-11-21", "2026-11-22"):
        path = tmp_path / "extracts" / "contact" / f"extract_date={day}" / "part-0.parquet"
        path.parent.mkdir(parents=True)
        pq.write_table(mixed, path)
    profile = profile_parquet("extracts/contact/extract_date=*/*.parquet")
    text = render_policy([propose(profile, beside="great_expectations")])
    policy = read(text)
    assert [line.strip().split("  #")[0] for line in text.splitlines() if "TODO" in line and line[0] != "#"] == [
        "owner: TODO",
        "testing: {max: TODO}",
    ]
    assert policy["tables"] == {
        "contact": {
            "role": "mixed",
            "parquet": "lake/contact/extract_date=*/*.parquet",
            "where": "IsDeleted = false",
            "batch": {"by": "day", "column": "extract_date"},
            "marker": {"column": "IsSynthetic__c", "synthetic": [True], "real": [False]},
            "columns": {"key": {"name": "Id", "kind": "salesforce_id"}}
            | dict(zip(PROVENANCE_COLUMNS, PROVENANCE, strict=True)),
            "identifiers": {
                "email": "Email",
                "phone": "Phone",
                "calling_code": "1",
                "name": ["FirstName", "LastName"],
                "birth_date": "Birthdate",
                "postcode": "MailingPostalCode",
            },
        }
    }
    assert policy["allowed"] == {"methods": ["rule_based"], "purposes": ["testing"]}
    assert "IsSynthetic__c  # name; true 190, false 600, empty 10\n" in text
    lines = [line for line in text.split("tables:")[1].split("checkpoints:")[0].splitlines() if line.strip()]
    assert not [line for line in lines if "#" not in line and not line.endswith((":", "[true]", "[false]"))]


@pytest.mark.parametrize(
    "value",
    [
        "yes",
        "N",
        "on",
        "null",
        "~",
        "1",
        "1e3",
        "a: b",
        "a #b",
        "- a",
        "*a",
        "&a",
        "%",
        "@x",
        "",
        " a ",
        'q"uote',
        "back\\slash",
        "tab\t",
        "new\nline",
        "TODO",
        "ü€😀",
        "\x85\u2028\x7f",
        "{a}",
        "2026-11-22",
        "=",
        "<<",
        "o'clock",
        "0x1F",
        "1_000",
        "12:30:45",
        ".5",
        "lake/a=*/*.parquet",
    ],
)
def test_every_name_survives_yaml(value):
    text = f"- {format_scalar(value)}{format_comment('a' + value)}\n- {{k: {format_scalar([value])}}}\n"
    assert read(text) == [value, {"k": [value]}]
    assert format_scalar(value) != "TODO"


def test_tables_are_told_apart(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("contact", "customer"):
        parquet(tmp_path / f"ex/{name}-2026-11-22.parquet", **{f"{name}_id": ["1"]})
    parquet(tmp_path / "ex/customer-2026-11-23.parquet", customer_id=["1"], added=["x"])
    for day in ("2026-11-21", "2026-11-22"):
        parquet(tmp_path / f"ex/lead/{day}/part-0.parquet", Id=[day])
        parquet(tmp_path / f"ex/send/day={day}/a{day}.parquet", Id=[day], at=[datetime(2026, 1, 1)])
    globs = split_tables("ex/**/*.parquet")
    assert globs == (
        "ex/contact-2026-11-22.parquet",
        "ex/customer*.parquet",
        "ex/lead/*/*.parquet",
        "ex/send/day=*/*.parquet",
    )
    proposals = [propose(profile_parquet(each), beside="great_expectations") for each in globs]
    policy = read(render_policy(proposals))
    assert policy["data_sources"] == {"lake": {"type": "parquet", "path": "${LAKE:-../ex}"}}
    assert {name: each["parquet"] for name, each in policy["tables"].items()} == {
        "contact": "lake/contact-2026-11-22.parquet",
        "customer": "lake/customer*.parquet",
        "lead": "lake/lead/*/*.parquet",
        "send": "lake/send/day=*/*.parquet",
    }
    assert split_tables("ex/lead/*/*.parquet") == ("ex/lead/*/*.parquet",)


def test_directories_far_apart_are_data_sources_of_their_own():
    one, other = table("contact", Id=TEXT), table("contact", Id=TEXT)
    far = propose(TableProfile("contact", "parquet", "contact/*.parquet", "/srv/b", "duckdb", 1, other.columns))
    policy = read(render_policy([propose(one), far]))
    assert policy["data_sources"]["lake_2"] == {"type": "parquet", "path": "${LAKE_2:-/srv/b}"}
    assert policy["tables"]["contact_2"]["parquet"] == "lake_2/contact/*.parquet"


def test_types_and_empty_tables(tmp_path):
    glob = parquet(
        tmp_path / "contact.parquet",
        is_synthetic=pa.array([], pa.bool_()),
        Id=pa.array([], pa.string()),
        generated_at=pa.array([], pa.timestamp("us", "UTC")),
        birth_date=pa.array([], pa.date32()),
    )
    profile = profile_parquet(glob)
    assert profile.rows == 0
    assert propose(profile).entry["role"].value == "mixed"
    assert read(render_policy([propose(profile)]))["tables"]["contact"]["identifiers"] == {"birth_date": "birth_date"}


def test_a_marker_is_found_by_its_values(tmp_path):
    glob = parquet(
        tmp_path / "lead.parquet",
        Id=["1", "2", "3"],
        bucket=["real", "synthetic", None],
        grade=["a", "b", "c"],
        born=[date(2026, 1, 1)] * 3,
    )
    said = propose(profile_parquet(glob)).entry["marker"]
    assert (said["column"].value, said["column"].why) == ("bucket", "values; synthetic 1, real 1, empty 1")


def test_it_needs_neither_great_expectations_nor_pandas():
    code = "import sys, synth_expectations.policy.infer; print({'great_expectations', 'pandas', 'pyspark'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"


def test_a_marker_of_floats_with_nan(tmp_path):
    flags = pa.array([1.0, 0.0, float("nan"), None])
    said = propose(profile_parquet(parquet(tmp_path / "lead.parquet", is_synthetic=flags))).entry["marker"]
    assert (said["synthetic"].value, said["real"].value) == ([1], [0])
    assert said["column"].why == "name; 1 1, 0 1, other values 1, empty 1"
