"""What is asked of a text before it is trimmed never misses one."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from synth_expectations.engine.regex_prefilter import begin_with_capitals, build_prefilter, match_whole
from synth_expectations.engine.required_words import MOST_WORDS, find_words

BELOW = ".*@(.*[.])?"
RESERVED = [f"{BELOW}(test|example|invalid|localhost)[.]?", f"{BELOW}example[.](com|net|org)[.]?"]
FOUND = {
    "several": (RESERVED, ["example", "invalid", "localhost", "test"]),
    "one of two parts": ([f"{BELOW}home[.]arpa[.]?"], ["home.arpa"]),
    "the last letter may be missing": ([f"{BELOW}demos?"], ["demo"]),
    "an address, of which the domain is enough": (
        ["a_young@dickenson[.]com", "bo@dickenson[.]com"],
        ["@dickenson.com"],
    ),
    "a part that stands in another word": ([f"{BELOW}(local|localhost)"], ["local"]),
    "between what may be anything": ([".*_[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}@.*"], ["-4"]),
    "the letter that may be there again": ([f"{BELOW}tests+[.]x*"], ["tests"]),
    "of all alternatives": (["(no[.]reply|nobody)[0-9]*@.*"], ["no.reply", "nobody"]),
}
NONE = {
    "a letter alone": [".*t"],
    "a letter that LIKE takes for any": ["first_last@.*"],
    "a capital": ["Test"],
    "an escape": [r"\\.test"],
    "nothing but what may be missing": ["(test)?(example)*(demo){0,2}(alt){,3}(onion){0}"],
    "one of them has none": [*RESERVED, "[0-9]+"],
    "a group may be missing": [f"{BELOW}(test|example)?x"],
    "an alternative to all of it": [f"{BELOW}test|x"],
    "too many": [f"{BELOW}({'|'.join(f'w{n:02}' for n in range(MOST_WORDS + 1))})"],
}


@pytest.mark.parametrize("name", FOUND)
def test_words_that_every_text_holds(name: str) -> None:
    patterns, expected = FOUND[name]
    assert find_words(patterns) == expected


@pytest.mark.parametrize("name", NONE)
def test_no_words(name: str) -> None:
    assert find_words(NONE[name]) == []


LITERALS = ["a", "b-", "@", "[.]", "(ab|c&)", "(test|b(a|@x))", "[a-c]", "."]
ATOMS = st.tuples(st.sampled_from(LITERALS), st.sampled_from(["", "", "?", "*", "+", "{2}", "{0,1}"])).map("".join)
PATTERNS = st.lists(st.lists(ATOMS, min_size=1, max_size=5).map("".join), min_size=1, max_size=3).map("|".join)


@given(PATTERNS, st.data())
def test_every_text_of_a_pattern_holds_a_word(pattern: str, data: st.DataObject) -> None:
    words = find_words([pattern])
    text = data.draw(st.from_regex(re.compile(match_whole([pattern]), re.ASCII), fullmatch=True))
    assert not words or any(word in text for word in words)


@pytest.mark.full
@given(st.from_regex(re.compile(match_whole(RESERVED)), fullmatch=True), st.text(" \t\r\n\u00a0", max_size=3))
def test_nothing_is_missed(text: str, spaces: str) -> None:
    around = f"{spaces}{text.strip()}{spaces}"
    assert any(word in around for word in find_words(RESERVED))
    assert re.search(build_prefilter(RESERVED), around)


BARE_BAR = f"{BELOW}lone|wolf"
SIGNATURES = [
    *[*RESERVED, BARE_BAR, "rose@edge[.]com", ".*_[0-9a-f]{8}@.*", "(a|b)x?"],
    *[".+[._].+_[0-9]{4}@.*", "s.*i[0-9]", f"{BELOW}[)|(]bar"],
]


@pytest.mark.parametrize(
    "text",
    [
        *["p@Mail.EXAMPLE.org", "Rose@edge.com", "u_0123abcd@x", "B", "a@\u212aa.test."],
        *["wolf", "x@lone", "Ann.Lee_0123@shop.example.com", "a._0123_0123@b", "S\n.i7", "q@)BAR", "x@y.|bar"],
    ],
)
@pytest.mark.parametrize("around", ["", "\u00a0", " \u3000\n"])
def test_nothing_is_missed_where_endings_are_searched(text: str, around: str) -> None:
    prefilter = build_prefilter(SIGNATURES, in_any_case=True, is_backtracking=True).replace("(?iu)", "(?i)")
    assert re.search(match_whole(SIGNATURES), text.lower(), re.DOTALL)
    assert re.search(prefilter, f"{around}{text}{around}", re.DOTALL)


@pytest.mark.parametrize(
    "text", ["p@shop.com", "a primrose@edge.com", "testing", "xa", "lone", "x@bar", "a.b_012@c", "xsi7"]
)
def test_few_others_are_found_by_their_endings(text: str) -> None:
    assert not re.search(build_prefilter(SIGNATURES, is_backtracking=True), text, re.DOTALL)


@pytest.mark.parametrize(
    ("patterns", "expected"),
    [
        (["[A-Z][a-z]+@.*", "[A-Z]+"], True),
        (["[A-Z](a|b)", "[A-Z][|]"], True),
        (["[A-Z][a-z]+", "x"], False),
        *((["[A-Z]" + rest], False) for rest in ("?x", "*x", "{0,2}x", "a|x")),
    ],
)
def test_patterns_that_begin_with_a_capital(patterns: list[str], expected: bool) -> None:
    assert begin_with_capitals(patterns) is expected


@pytest.mark.full
@given(st.lists(PATTERNS, min_size=1, max_size=4), st.sampled_from(["", ".*", ".+", BELOW, ".+[._]"]), st.data())
def test_nothing_is_missed_of_any_patterns(patterns: list[str], beginning: str, data: st.DataObject) -> None:
    begun = [f"{beginning}{pattern}" if number % 2 else pattern for number, pattern in enumerate(patterns, start=1)]
    text = data.draw(st.from_regex(re.compile(match_whole(begun), re.DOTALL), fullmatch=True))
    assert re.search(build_prefilter(begun, is_backtracking=True), f"\u3000{text}\n", re.DOTALL)
