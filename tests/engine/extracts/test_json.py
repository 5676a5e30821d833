"""JSON Lines: one object a line, everything in it as it is written."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from synth_expectations.engine.extracts import json_format
from synth_expectations.engine.extracts.damage import DamagedExtractError
from tests.engine.extracts.reading import load


def test_values_are_text_as_they_are_written(tmp_path: Path) -> None:
    content = (
        b'{"id": 1, "m": true, "f": 1.50, "big": 123456789012345678901234567890, "e": "", "n": null, "s": "Jos\\u00e9"}'
    )
    (row,) = load(tmp_path, "json", content)
    digits = "123456789012345678901234567890"
    assert row == {"id": "1", "m": "true", "f": "1.50", "big": digits, "e": "", "n": None, "s": "José"}


def test_a_key_may_be_missing_anywhere(tmp_path: Path) -> None:
    rows = load(tmp_path, "json", b'{"id": 1}\r\n{"a": 2}\n\n', gzip.compress(b'\xef\xbb\xbf{"ID": 3, "b": 4}'))
    assert rows == [
        {"id": "1", "a": None, "b": None},
        {"id": None, "a": "2", "b": None},
        {"id": "3", "a": None, "b": "4"},
    ]


def test_objects_and_lists(tmp_path: Path) -> None:
    rows = load(
        tmp_path,
        "json",
        b'{"c": {"email": "a@x", "tags": ["a", 1]}, "l": [], "o": {}, "lo": [{"q": 1}]}\n'
        b'{"c": {"Email": "b@x", "more": {"deep": true}}, "l": [null], "lo": null}\n',
    )
    assert rows == [
        {"c": {"email": "a@x", "tags": ["a", "1"], "more": None}, "l": [], "o": "{}", "lo": [{"q": "1"}]},
        {"c": {"email": "b@x", "tags": None, "more": {"deep": "true"}}, "l": [None], "o": None, "lo": None},
    ]


def test_types_make_columns(tmp_path: Path) -> None:
    assert load(tmp_path, "json", b"", types={"id": "integer"}) == []
    assert load(tmp_path, "json", b'{"a": "x"}', types={"id": "integer"}) == [{"id": None, "a": "x"}]


def test_blocks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_format, "BLOCK_ROWS", 3)
    content = b"".join(b'{"id": %d, "k%d": 1}\n' % (number, number) for number in range(7))
    assert [row["id"] for row in load(tmp_path, "json", content)] == list("0123456")
    with pytest.raises(DamagedExtractError, match="line 8: the value of id is not a valid integer"):
        load(tmp_path, "json", content + b'{"id": "x"}', types={"id": "integer"})


DAMAGED = {
    "no JSON": (b'{"id": 1}\n{"id": \n', "1.json, line 2: it is not JSON."),
    "a line that was cut": (b'{"id": 1}\n{"id": "Jo', "1.json, line 2: it is not JSON."),
    "two objects": (b'{"id": 1}{"id": 2}\n', "1.json, line 1: it is not JSON."),
    "no object": (b'{"id": 1}\n5\n', "1.json, line 2: it is not an object."),
    "null": (b"null\n", "1.json, line 1: it is not an object."),
    "a list": (b'[{"id": 1}]\n', "1.json, line 1: it is a list, where an object is needed."),
    "over several lines": (b'{\n"id": 1}\n', "1.json, line 1: it is not JSON. Each line is one object"),
    "a doubled key": (b'{"id": 1, "ID": 2}\n', "1.json, line 1: an object has a key twice"),
    "a doubled key within": (b'{"c": {"x": 1, "x": 2}}\n', "1.json, line 1: an object has a key twice"),
    "NaN": (b'{"id": NaN}\n', "1.json, line 1: it has NaN or Infinity, which are not valid JSON."),
    "half of a pair": (b'{"id": "\\ud800"}\n', "1.json, line 1: it has half of a surrogate pair."),
    "an empty line": (b'{"id": 1}\n\n{"id": 2}\n', "1.json, line 2: there is an empty line between records."),
    "bytes": (b'{"id": 1}\n{"id": "\xe9"}\n', "1.json, line 2: it has bytes that are not utf-8."),
    "depth": (b'{"a": ' + b"[" * 100_000, "1.json, line 1: it is nested too deeply."),
    "an object that was text": (b'{"a": "x"}\n{"a": {"b": 1}}\n', "1.json, line 2: column a is an object here, and"),
    "text that was a list": (b'{"a": [1]}\n{"a": "x"}\n', "1.json, line 2: column a is a plain value here, and a list"),
    "a key without a name": (b'{"": 1}\n', "1.json, line 1: a key has no name."),
    "a key without a name within": (
        b'{"c": {"": 1}}\n',
        "1.json, line 1: column c has a key without a name, or with a NUL",
    ),
    "a key with a NUL within": (b'{"c": {"a\\u0000b": 1}}\n', "1.json, line 1: column c has a key without a name"),
    "objects within objects": (b'{"a": ' * 900 + b"1" + b"}" * 900, "1.json, line 1: it is nested too deeply."),
    "nothing": (b"", "1.json: none of its lines has a key."),
    "empty objects": (b"{}\n", "1.json: none of its lines has a key."),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_damage_is_an_error_with_its_line(name: str, tmp_path: Path) -> None:
    content, sentence = DAMAGED[name]
    with pytest.raises(DamagedExtractError) as raised:
        load(tmp_path, "json", content)
    assert str(raised.value).startswith(sentence)


def test_a_type_of_an_object(tmp_path: Path) -> None:
    with pytest.raises(DamagedExtractError, match="types calls c text, and it is an object"):
        load(tmp_path, "json", b'{"c": {"x": 1}}', types={"c": "text"})
