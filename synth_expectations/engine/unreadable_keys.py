"""Keys that are given and cannot be read: a double beyond 2^53, or text that is not of the kind that the policy declares.

Nothing is found for them, which says nothing of the record: so they are counted.
"""

from __future__ import annotations

from sqlglot import exp

from synth_expectations.engine.compiler import Compiler
from synth_expectations.engine.record_keys import BESIDE_NUMBERS
from synth_expectations.engine.schema import Family
from synth_expectations.errors import SynthError
from synth_expectations.rules.expressions import any_of, is_given, literal
from synth_expectations.rules.nodes import Condition, RecordKey, find_expressions

_READABLE = frozenset({"", "text", BESIDE_NUMBERS})
"""Kinds that any text is of."""


def find_unreadable(key: Condition, compiler: Compiler) -> Condition | None:
    """Return whether a part of a key is given and cannot be read; None where its types and kinds leave no doubt.

    Args:
        key: of a lookup.
        compiler: knows the types of the columns.
    """
    parts = [_is_unreadable(part, compiler) for part in find_expressions(key, RecordKey)]
    doubtful = [part for part in parts if part is not None]
    return any_of(doubtful) if doubtful else None


def _is_unreadable(part: RecordKey, compiler: Compiler) -> Condition | None:
    match compiler.family(part.this):
        case Family.FLOAT:
            given = is_given(part.this)
        case Family.TEXT | Family.OTHER if part.args["kind"].name not in _READABLE:
            as_text = RecordKey(this=part.this.copy(), kind=literal("text"))
            given = ~exp.Is(this=as_text, expression=exp.Null())
        case _:
            return None
    return given & exp.Is(this=part.copy(), expression=exp.Null())


def explain_unreadable(keys: int, rows: int, of_what: str, consequence: str) -> SynthError:
    """Return the error for keys that cannot be read where that makes a verdict impossible.

    Args:
        keys: how many cannot be read.
        rows: of how many.
        of_what: the rows, as `rows of legal_hold`.
        consequence: what nobody can say, as a clause.
    """
    have = "has" if keys == 1 else "have"
    return SynthError(
        f"{keys:,} of {rows:,} {of_what} {have} a key that cannot be read: {consequence}.",
        "Write keys as integers or as text: a floating-point number from 2^53 on may stand for two integers. Where the "
        "policy says the kind of the key, compare it with the data.",
    )
