"""Errors are sentences that end once."""

from __future__ import annotations

import pytest

from synth_expectations.errors import SynthError, end_once


@pytest.mark.parametrize(
    ("text", "ended"),
    [
        ("types of a: 'dat' is not a type: did you mean date?.", "types of a: 'dat' is not a type: did you mean date?"),
        ("There is none.. Look again.", "There is none. Look again."),
        ("It has (a)..", "It has (a)."),
        ("It has 'a'?. Look again.", "It has 'a'? Look again."),
        ("and so on...", "and so on..."),
        ("Is it there? It is.", "Is it there? It is."),
        ("data/??.csv and ../a", "data/??.csv and ../a"),
        ("a.?.b", "a.?.b"),
    ],
)
def test_a_sentence_ends_once(text: str, ended: str) -> None:
    assert end_once(text) == ended
    assert SynthError(text).message == ended
    assert SynthError("It is.", text).hint == ended
