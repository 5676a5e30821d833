"""Patterns that say how a text ends are searched from its end, and miss no text."""

from __future__ import annotations

import re

import pytest

from synth_expectations.engine.regex_prefilter import build_prefilter, divide_by_ending, match_whole

SIGNATURES = [
    ".*@(.*[.])?(test|example|invalid|localhost)[.]?",
    ".*@(.*[.])?example[.](com|net|org)[.]?",
    *("rose@edge[.]com", ".*_[0-9a-f]{8}@.*", "(a|b)x?"),
]


@pytest.mark.parametrize("text", ["p@Mail.EXAMPLE.org", "Rose@edge.com", "B", "a@\u212aa.test."])
@pytest.mark.parametrize("around", ["", "\u00a0", " \u3000\n"])
def test_nothing_is_missed_where_one_pattern_begins_with_anything(text: str, around: str) -> None:
    ended, _ = divide_by_ending(SIGNATURES)
    prefilter = build_prefilter(ended, in_any_case=True, reads_endings=True)
    assert re.search(match_whole(ended), text.lower(), re.DOTALL)
    assert re.search(prefilter, f"{around}{text}{around}")
    assert not re.search(prefilter, f"{text}{around}zz")


def test_endings_that_say_nothing() -> None:
    assert divide_by_ending(["a.*", "a[.]?", "(a|b)?", "[^@]+", "a{2}", "(ab)*", "ab"]) == (
        ["a[.]?", "a{2}", "ab"],
        ["a.*", "(a|b)?", "[^@]+", "(ab)*"],
    )
