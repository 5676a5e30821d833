"""How the few values of a column are written: asked of the engine once, before all else.

What marks a record is compared in lower case and without white space around it, in each query, for every record that there
is. Where that costs more than reading the record, it is asked of the different values instead; then records are compared
with values as they are.

A value that comes into the table after that, written as none was before, is one of the next run;
`expect_records_to_be_tagged` takes it for unknown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from itertools import chain, islice

from sqlglot import exp

from synth_expectations.engine.adapters.base import Adapter
from synth_expectations.engine.compiler import Lowering, Spelled
from synth_expectations.engine.planner.common_subexpressions import conditions_of
from synth_expectations.engine.schema import Family
from synth_expectations.errors import ConditionError, SynthError
from synth_expectations.rules.expressions import Among, Blank, words_in
from synth_expectations.rules.expressions import field as value_of
from synth_expectations.rules.model import Question

MOST = 50
"""How many different values are compared with one by one."""
_ENOUGH = 4
"""How many questions that compare a column are worth a query of its values."""


def spelled(adapter: Adapter, questions: Iterable[Question], as_of: datetime) -> Spelled:
    """The values for which the words hold that are asked of the column that is compared most, in any question.

    Nothing where the engine gains nothing by it, where the column is no text or has too many values, or where it cannot
    be asked: what is wrong is said by the expectations.
    """
    if not adapter.dialect.reads_distinct_values:
        return {}
    asked = [_comparisons(each) for each in questions]
    uses = Counter(name for words in asked for name in {word.this.name for word in words})
    for name, count in uses.most_common():
        try:
            column = adapter.columns().find(name)
        except ConditionError:
            continue
        if count >= _ENOUGH and column.family is Family.TEXT:
            return _asked(adapter, name, [word for words in asked for word in words if word.this.name == name], as_of)
    return {}


def _comparisons(question: Question) -> list[exp.Expr]:
    """The words of a question that compare the text of a column."""
    found = [word for each in conditions_of(question) for kind in (Among, Blank) for word in words_in(each, kind)]
    return [word for word in found if isinstance(word.this, exp.Column)]


def _asked(adapter: Adapter, name: str, words: list[exp.Expr], as_of: datetime) -> Spelled:
    words = list(dict.fromkeys(words))
    lowering = Lowering(adapter.columns(), adapter.dialect, as_of)
    column = lowering.sql(value_of(name))
    values = adapter.tabulated(column, adapter.columns().free("synth_n"))
    try:
        pieces = adapter.violating([lowering.sql(each) for each in words], [column], MOST + 1, values, where="1 = 1")
        rows = list(islice(chain.from_iterable(pieces), MOST + 1))
    except SynthError:
        return {}
    if not rows or len(rows) > MOST:
        return {}
    return {
        word: tuple(sorted(row[0] for row in rows if row[0] is not None and row[number]))
        for number, word in enumerate(words, start=1)
    }
