"""Record keys whose values look like identifiers of people, for `check`: keys are shown in results."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlglot import exp

from synth_expectations.engine.adapters.base import Adapter
from synth_expectations.engine.plan import Plan
from synth_expectations.engine.schema import TEXTS
from synth_expectations.policy.compile.table_checks import IDENTIFIER_HINT
from synth_expectations.rules.as_of import current_as_of
from synth_expectations.rules.expressions import field, is_given, matches
from synth_expectations.rules.model import RowCheck, Rule


@dataclass(frozen=True)
class _Likeness:
    """What values may look like.

    Attributes:
        what: its name in a sentence.
        patterns: what a value looks like as a whole.
        share: the share of the values from which it is said. A few odd keys in a table of names are no accident, and a
            product is called like a person now and then; an e-mail address is nothing else.
        settled: whether a declared kind of the key says that it only looks so.
    """

    what: str
    patterns: tuple[str, ...]
    share: float
    settled: bool = False


_LETTER = "[A-Za-z\u00c0-\u024f]"
_WORD = f"[A-Z\u00c0-\u00de]['.-]?{_LETTER}*([' -]{_LETTER}+)?[.]?"
_LIKENESSES = (
    _Likeness("e-mail addresses", ("[^@ ]+@[^@ ]+[.][A-Za-z]{2,}",), 0.01),
    # international, with the area code in brackets, or in groups; digits alone are a number as good as any
    _Likeness(
        "telephone numbers",
        ("[+][0-9][0-9 ()/.-]{6,18}", "[(][0-9]+[)][0-9 /.-]{5,15}", "0[0-9]{1,4}[ /][0-9 -]{5,12}"),
        0.5,
    ),
    _Likeness("names of people", (f"{_WORD},? {_WORD}( {_WORD})?",), 0.5, settled=True),
)


def check_key(table: str, adapter: Adapter, key: str | None, kind: str | None) -> Iterator[str]:
    """Yield a sentence if the values of a record key look like identifiers; count the records for it.

    Args:
        table: the name of the table in sentences.
        adapter: of the table.
        key: the column of the key; None if the table has none.
        kind: the kind that the policy declares.

    Raises:
        SynthError: the values cannot be read.
    """
    if key is None or adapter.columns().find(key).family not in TEXTS:
        return
    value = field(key)
    rules = [Rule(likeness.what, matches(value, *likeness.patterns)) for likeness in _LIKENESSES]
    plan = Plan(lambda: adapter, current_as_of())
    counted = plan.result(plan.add(RowCheck(rules=(Rule("given", is_given(value)), *rules), population=exp.true())))
    if counted.error:
        raise counted.error
    given, *alike = counted.violations
    for likeness, number in zip(_LIKENESSES, alike, strict=True):
        if number and number >= likeness.share * given and not (kind and likeness.settled):
            hint = IDENTIFIER_HINT
            if likeness.settled:
                hint += f" If they are not names, say so: columns: {{key: {{name: {key}, kind: text}}}}."
            yield (
                f"{table}: the key {key} holds what looks like {likeness.what}, in {number:,} of {given:,} values, and keys "
                f"are shown in results. {hint}"
            )
            return
