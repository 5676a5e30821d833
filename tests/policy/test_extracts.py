"""`csv:` and `json:` in a policy: what is compiled, and what is wrong by line."""

from __future__ import annotations

from pathlib import Path

import pytest

from synth_expectations.policy.compile.compiler import compile_policy
from synth_expectations.policy.errors import PolicyError

POLICY = """\
version: 1
owner: crm@retailer.example
data_sources:
  crm: {type: files, path: ../crm}
tables:
  contact:
    role: mixed
    csv: [crm/a/*.csv, crm/b/*.csv]
    format: {delimiter: tab, quote: none, encoding: cp1252, header: [Id, Email, synthetic]}
    types: {Id: integer}
    marker: {column: synthetic, synthetic: ["true"], real: ["false"]}
    columns: {key: Id}
    identifiers: {email: Email}
    references: {real: {table: people}}
  people:
    role: people
    json: crm/people/*.jsonl
    marker: none
    all: real
    columns: {key: Id}
    identifiers: {email: Email}
"""


def compile_text(directory: Path, text: str) -> dict[str, dict[str, object]]:
    file = directory / "policy.yml"
    file.write_text(text)
    return compile_policy(file).sources  # type: ignore[return-value]


def test_assets(tmp_path: Path) -> None:
    assets = compile_text(tmp_path, POLICY)["crm"]["assets"]
    contact, people = assets["contact"], assets["people"]  # type: ignore[index]
    assert contact["type"] == "csv"
    assert contact["glob"] == ["a/*.csv", "b/*.csv"]
    assert contact["format"] == {
        "delimiter": "\t",
        "quote": None,
        "encoding": "cp1252",
        "header": ["Id", "Email", "synthetic"],
    }
    assert contact["types"] == {"Id": "integer"}
    assert (people["type"], people["glob"], "format" in people) == ("json", "people/*.jsonl", False)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("type: files", "type: parquet", "8: contact: crm is of type parquet, which holds files of Parquet alone."),
        ("    role: mixed\n", "    role: mixed\n    parquet: crm/x.parquet\n", "contact needs one of parquet:, csv:,"),
        ("    json: crm/people/*.jsonl\n", "", "people needs one of parquet:, csv:, json: and table:."),
        ("delimiter: tab", "delimeter: tab", "9: tables.contact.format.delimeter: there is no such key."),
        ("delimiter: tab", "delimiter: ';;'", "9: contact: delimiter is one character, and no line end."),
        ("encoding: cp1252", "encoding: cp9999", "9: contact: 'cp9999' is not an encoding"),
        ("Id: integer", "Id: integr", "10: contact: types of Id: 'integr' is not a type: did you mean integer?"),
        ("    all: real", "    all: real\n    format: {delimiter: ','}", "people: format of json has no delimiter"),
        ("    role: mixed\n", "    role: mixed\n    engine: spark\n", "contact: engine: spark is for parquet:"),
        ("json: crm/people/*.jsonl", "json: crm", "people: crm names no files. Write crm/*.jsonl, or the like."),
        (
            "    json: crm/people/*.jsonl\n",
            "    parquet: crm/people/*.parquet\n    types: {Id: text}\n",
            "people: types: is for csv: and json:.",
        ),
        (
            "    json: crm/people/*.jsonl\n",
            "    json: crm/people/*.jsonl\n    data_source: crm\n",
            "people: json: already names the data source.",
        ),
    ],
)
def test_what_is_wrong(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    assert old in POLICY
    with pytest.raises(PolicyError) as raised:
        compile_text(tmp_path, POLICY.replace(old, new, 1))
    assert sentence in str(raised.value)
