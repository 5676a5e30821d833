"""libyaml reads what the reader with bounds and lines does, or leaves it to that one."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synth_expectations.policy.errors import PolicyError
from synth_expectations.policy.load.plain_yaml import NotPlainError, read_plain_document
from synth_expectations.policy.load.yaml import read_draft, read_slowly
from tests.paths import ROOT

POLICIES = [
    ROOT / "great_expectations/policy.yml",
    ROOT / "great_expectations/great_expectations.yml",
    *sorted((ROOT / "synth_expectations/controls").glob("*.yml")),
]


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.stem)
def test_policies_and_controls_are_plain_and_read_alike(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    read_plain_document(text)  # or both would be the slow reader
    document, expected = read_draft(path), read_slowly(text, str(path))
    assert repr(document.data) == repr(expected.data)
    assert document.marks == expected.marks


PIECES = st.sampled_from(
    [*"abc:-[]{},#'\"|>?&*!%@`~=.\\\t\r\x85\u2028\ufeffé", "\n", "\n", "\n  ", "\n- ", ": ", "- ", ", ", "<<", "---\n",
     "1", "0x1F", "0o17", "017", "1_000", "1e3", ".inf", "yes", "true", "null", "2026-01-02", "12:30", "a: ", "b: 1\n"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.builds("".join, st.lists(PIECES, max_size=14)).flatmap(lambda text: st.sampled_from([text, f"a: {text}"])))
def test_whatever_it_reads_the_other_reads_alike(text: str) -> None:
    try:
        plain = read_plain_document(text)
    except NotPlainError:
        return
    if not isinstance(plain.data, dict):
        with pytest.raises(PolicyError):
            read_slowly(text, "policy.yml")
        return
    expected = read_slowly(text, "policy.yml")
    assert repr(plain.data) == repr(expected.data)
    assert {address: mark.line for address, mark in expected.marks.items()} == plain.lines | {(): 1}


@pytest.mark.parametrize(
    "text",
    ["a: 1\na: 2\n", "1: a\n", "a: !!str 1\n", "a: &x 1\n", "a: *x\n", "a: {<<: {b: 1}}\n", "a: =\n", "a: 2026-01-02\n",
     "%YAML 1.1\n---\na: yes\n", "%TAG ! tag:x,2026:\n---\na: 1\n", "a: 1\n---\nb: 2\n", "a:\tb\n", "a: b\u2028c\n", "",
     "? [a]\n: b\n", "a: " + "[" * 32 + "]" * 32, "a: [" + "1," * 200_000 + "]"],
    ids=lambda text: text[:20],
)  # fmt: skip
def test_what_could_be_read_in_two_ways_is_left_to_the_other(text: str) -> None:
    with pytest.raises(NotPlainError):
        read_plain_document(text)
