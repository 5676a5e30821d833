"""A key that is named more than once says nothing that a tool and the gate read alike: it never makes a record pass."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from synth_expectations.gate.formats.repeated_keys import combine
from synth_expectations.gate.formats.yaml_records import read_yaml_parts
from synth_expectations.gate.model import UnreadFileError
from synth_expectations.gate.repository import SourceFile
from tests.gate.conftest import Gate
from tests.gate.workbooks import make_workbook

_PERSON = '"LastName": "Moor", "Email": "a.moor@example.com"'
_BOTH = '"IsSynthetic__c": true, "IsSynthetic__c": false'
_TREE = '{{"records": [{{"attributes": {{"type": "Contact", "referenceId": "C1"}}, {}, {}}}]}}'
_CELLS = [["LastName", "Email", "IsSynthetic", "IsSynthetic"], ["Moor", "a.moor@example.com", "true", "false"]]
UNTAGGED: dict[str, str | bytes] = {
    "tree.json": _TREE.format(_PERSON, _BOTH),
    "other_case.json": _TREE.format(_PERSON, _BOTH.replace("__c", "__C", 1)),
    "document.json": f'{{"people": [{{{_PERSON}, {_BOTH}}}]}}',
    "lines.jsonl": f"{{{_PERSON}, {_BOTH}}}\n",
    "list.json": f"[{{{_PERSON}, {_BOTH}}}]",
    "two_lists.json": f'{{"people": [{{"a": 1}}], "people": [{{{_PERSON}}}]}}',
    "top.json": f'{{"is_synthetic": true, "is_synthetic": false, "people": [{{{_PERSON}}}]}}',
    "list.yml": "- LastName: Moor\n  Email: a.moor@example.com\n  IsSynthetic: true\n  IsSynthetic: false\n",
    "merged.yml": "- &tagged {IsSynthetic: true}\n- {<<: *tagged, IsSynthetic: false, LastName: Moor, Email: a@example.com}\n",
    "header.csv": "\n".join(map(",".join, _CELLS)),
    "workbook.xlsx": make_workbook(_CELLS),
    "elements.xml": "<a><person><Email>a@example.com</Email><LastName>Moor</LastName><IsSynthetic>true</IsSynthetic>"
    "<IsSynthetic>false</IsSynthetic></person></a>",
    "attribute.xml": '<a><person IsSynthetic="true"><Email>a@example.com</Email><LastName>Moor</LastName>'
    "<IsSynthetic>false</IsSynthetic></person></a>",
}


def test_a_marker_that_says_two_things_is_no_tag(gate: Gate, tmp_path: Path) -> None:
    for name, content in UNTAGGED.items():
        path = tmp_path / "data" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    document = json.loads(gate("--production", "data/**", "--output", "json").out)
    found = {(result["path"], result["rule"], result["count"]) for result in document["results"]}
    assert found == {(f"data/{name}", "SD001", 1) for name in UNTAGGED}
    said = {note["path"] for note in document["notes"] if "more than once" in note["text"]}
    assert said == {f"data/{name}" for name in UNTAGGED if name.endswith((".json", ".jsonl", "t.yml", ".csv"))} - {
        "data/other_case.json"  # two keys, which Salesforce takes for one
    }


DECIDERS = {
    "data/export.json": '{"runnableInProduction": true, "runnableInProduction": false, '
    '"objects": [{"query": "SELECT Id FROM Contact"}]}',
    "cumulusci.yml": "flows: {install_prod: {steps: {1: {task: load_dataset}}}}\nflows: {}\n",
    ".sfdx-hardis.yml": "sfdmuCanModify: x.my.salesforce.com\nsfdmuCanModify: x.sandbox.my.salesforce.com\n",
}


@pytest.mark.parametrize("path", DECIDERS)
def test_what_decides_and_says_two_things_is_errored(gate: Gate, tmp_path: Path, path: str) -> None:
    (tmp_path / path).parent.mkdir(exist_ok=True)
    (tmp_path / path).write_text(DECIDERS[path], encoding="utf-8")
    ended = gate()
    assert ended.code == 2
    assert "names a key more than once" in ended.out


def test_a_policy_that_names_a_key_twice_is_refused(gate: Gate, tmp_path: Path) -> None:
    (tmp_path / "policy.yml").write_text("gate: {production: ['data/**']}\ngate: {}\n", encoding="utf-8")
    ended = gate()
    assert ended.code == 2
    assert "policy.yml cannot be read: it names a key more than once at line 2" in ended.err


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([("Email", "a"), ("Email", "b"), ("Email", "b")], {"Email": "a", "Email_2": "b"}),
        ([("is_synthetic", True), ("is_synthetic", True)], {"is_synthetic": True}),
        ([("is_synthetic", True), ("is_synthetic", None)], {"is_synthetic": "True | None"}),
        ([("x", 1), ("x", 2), ("x", 3)], {"x": "1 | 2"}),
        ([("rows", [1]), ("rows", [2])], {"rows": [1], "rows_2": [2]}),
    ],
)
def test_all_values_of_a_key_count(pairs: list[tuple[str, Any]], expected: dict[str, Any]) -> None:
    assert combine(pairs) == expected


def test_yaml_is_built_entry_by_entry(tmp_path: Path) -> None:
    text = (
        "- &a {phone: 0612345678, zip: 01234, gone: null, on: yes, is: true, day: 2026-02-30, text: 'null'}\n- *a\n"
        "- {<<: *a, zip: 9, 7: x}\n- [1, [b]]\n- !!binary aGk=\n---\nwhole: {is: [~, {}, []]}\n---\n"
    )
    path = tmp_path / "a.yml"
    path.write_text(text, encoding="utf-8")
    person = {
        **{"phone": "0612345678", "zip": "01234", "gone": None, "on": "yes", "is": True, "day": "2026-02-30"},
        "text": "null",
    }
    parts = list(read_yaml_parts(SourceFile("a.yml", path, len(text)), dict))
    assert [(part.document, part.value, part.line) for part in parts] == [
        (1, person, 1),
        (1, person, 2),
        (1, {"zip": "9", "7": "x", **{key: value for key, value in person.items() if key != "zip"}}, 3),
        (1, ["1", ["b"]], 4),
        (1, "aGk=", 5),
        (2, {"whole": {"is": [None, {}, []]}}, 7),
        (3, None, 9),
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("- *a\n", "not valid YAML at line 1"),
        ("- &a [*a]\n", "part of what it stands for"),
        ("- ? [a, b]\n  : c\n", "a key or value of it cannot be read"),
        ("- {a: b\n", "not valid YAML at line 2"),
        ("a: &a0 [x, x]\n" + "".join(f"b{n}: &a{n + 1} [{f'*a{n}, ' * 9}x]\n" for n in range(7)), "aliases included"),
        ("- [" + "1," * 500_001 + "]\n", "more than 500,000 values"),
    ],
    ids=["an alias of nothing", "an alias of itself", "a list as a key", "cut off", "a bomb", "a long entry"],
)
def test_yaml_of_records_that_cannot_be_read_says_why(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "a.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadFileError, match=says):
        list(read_yaml_parts(SourceFile("a.yml", path, len(text)), dict))
