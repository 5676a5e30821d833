"""What is asked of a text before it is trimmed never misses one."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synth_expectations.engine.regex_prefilter import build_prefilter, find_words, match_whole

BELOW = ".*@(.*[.])?"
RESERVED = [f"{BELOW}(test|example|invalid|localhost)[.]?", f"{BELOW}example[.](com|net|org)[.]?"]
FOUND = {
    "several": (RESERVED, ["example", "invalid", "localhost", "test"]),
    "one of two parts": ([f"{BELOW}home[.]arpa[.]?"], ["home"]),
    "the last letter may be missing": ([f"{BELOW}demos?"], ["demo"]),
}
NONE = {
    "another begins with anything": [".*test"],
    "one of them has none": [*RESERVED, "[0-9]+"],
    "a group may be missing": [f"{BELOW}(test|example)?x"],
    "an alternative to all of it": [f"{BELOW}test|x"],
    "too many": [f"{BELOW}({'|'.join(f'w{n}' for n in range(9))})"],
}


@pytest.mark.parametrize("name", FOUND)
def test_words_that_every_text_holds(name: str) -> None:
    patterns, expected = FOUND[name]
    assert find_words(patterns) == expected


@pytest.mark.parametrize("name", NONE)
def test_no_words(name: str) -> None:
    assert find_words(NONE[name]) == []


@pytest.mark.full
@given(st.from_regex(re.compile(match_whole(RESERVED)), fullmatch=True), st.text(" \t\r\n\u00a0", max_size=3))
def test_nothing_is_missed(text: str, spaces: str) -> None:
    around = f"{spaces}{text.strip()}{spaces}"
    assert any(word in around for word in find_words(RESERVED))
    assert re.search(build_prefilter(RESERVED), around)
