"""What is asked of a text before it is folded changes no answer: a text matches a pattern, or it does not."""

from __future__ import annotations

from synth_expectations.engine.compiler import Compiler
from synth_expectations.rules.expressions import field, lower, matches
from synth_expectations.testing import Engine, Table
from tests.engine.forms import AS_OF

TEXT = field("text")
PATTERNS = [
    ["(.*[^a-z])?dummy([^a-z].*)?"],  # a letter and its accent are one sign, and no letter from a to z
    ["a.b", ".*x"],
    ["[^@]@shop[.]test"],
    ["\u00e9cole"],
    ["[a-j]n+"],
    [".*@(.*[.])?(kilo|nil)[.]test"],  # letters with another capital beyond ASCII
    ["(admin|root)(@.*)?", "kelvin"],
    [".*[k].*"],
    ["rose@edge[.]com", ".*@(.*[.])?shop[.]com", ".*_[0-9a-f]-4.*"],  # by endings, and by a word without letters
    [".*@shop[.]com", ".*kelv.*"],  # and by a word with letters
]
SPELLINGS = {
    "a capital with an accent": ["DUMMYE\u0301", "dummy\u00c9", "AE\u0301b", "e\u0301@shop.test", "n@SHOP.test"],
    "beyond ASCII": ["\u00c9COLE", "E\u0301cole", "\u00e9cole "],
    "Turkish": ["ADM\u0130N", "\u0130n", "a@n\u0130l.test", "a@B.N\u0130L.TEST"],
    "the sign of the unit Kelvin": ["\u212aelvin", "a@\u212ailo.test", "\u200b\u212a"],
    "by endings and words": ["Rose@Edge.com\u00a0", "u_A-4", "\u3000U_a-4x ", "x@a.shop.COM\n", "_a-4\u00e9", "xKELVx"],
    "ASCII": ["Kelvin", " root@X", "dummy", "a@kilo.test\n", "dummyx", "x@shop.com", "in"],
}


def test_a_text_matches_or_does_not(engine: Engine) -> None:
    texts = [text for spellings in SPELLINGS.values() for text in spellings]
    rows = [{"id": number, "text": text} for number, text in enumerate(texts)]
    adapter = engine.adapter(Table.of({"id": "integer", "text": "text"}, rows), {})
    compiler = Compiler(adapter.columns(), adapter.dialect, AS_OF)
    conditions = [matches(lower(TEXT), *patterns) for patterns in PATTERNS]
    sql = [compiler.compile(answer) for condition in conditions for answer in (condition, ~condition)]
    pieces = adapter.stream_violations(sql, ["id"], len(texts), where="1 = 1")
    answers = {row[0]: list(map(bool, row[1:])) for piece in pieces for row in piece}
    unsure = [
        f"{text!a}: {patterns[0]}"
        for number, text in enumerate(texts)
        for place, patterns in enumerate(PATTERNS)
        if answers[number][2 * place] is answers[number][2 * place + 1]
    ]
    assert unsure == []
    assert all(any(answer[2 * place] for answer in answers.values()) for place in range(len(PATTERNS)))
