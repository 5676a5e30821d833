"""A text is compared with many words as with few, whatever characters stand in either."""

from __future__ import annotations

import pytest

from synth_expectations.engine.compiler import Compiler
from synth_expectations.engine.count_query import CountQuery
from synth_expectations.rules.expressions import field, is_one_of
from synth_expectations.rules.folding import fold
from synth_expectations.testing import Engine, Table
from synth_expectations.testing.cases import AS_OF

FEW = ["alpha", "b c", "it's", "a|b", "gr\u00fcn"]
MANY = [*FEW, *(f"word {number}" for number in range(20)), "x||y", "[object object]", "\\n", "%", "_"]
TEXTS = [
    *("alpha", " ALPHA\u00a0", "b c", "bc", "it's", "its", "a|b", "a||b", "b|word 1", "word 1|word 2", "|word 3|"),
    *(
        "word 3|",
        "",
        "|",
        "||",
        " ",
        "Gr\u00fcn",
        "gru\u0308n",
        "x|y",
        "x||y",
        "%",
        "_",
        "\\n",
        "\n",
        "[OBJECT object]",
    ),
    *("word", "word 19", "word 190", None),
]


@pytest.mark.parametrize("words", [FEW, MANY], ids=["few", "many"])
def test_a_text_equals_a_word_or_not(engine: Engine, words: list[str]) -> None:
    rows = [{"id": number, "text": text} for number, text in enumerate(TEXTS)]
    adapter = engine.adapter(Table.of({"id": "integer", "text": "text"}, rows), {})
    compiler = Compiler(adapter.columns(), adapter.dialect, AS_OF)
    equals = compiler.compile(is_one_of(field("text"), words))
    conditions = [f"({equals}) AND {compiler.compile(field('id'))} = {number}" for number in range(len(TEXTS))]
    [counts] = adapter.count([CountQuery.of(conditions)])
    folded = {fold(word) for word in words}
    expected = [int(text is not None and fold(text) in folded) for text in TEXTS]
    assert dict(zip(TEXTS, counts.by_condition.values(), strict=True)) == dict(zip(TEXTS, expected, strict=True))
