"""The condition `where` in Spark's SQL: only what is known to mean the same there as on DuckDB."""

from __future__ import annotations

import re

from sqlglot import exp

from synth_expectations.engine.dialects.spark import DIALECT as SPARK
from synth_expectations.engine.rendering import render
from synth_expectations.policy.load.loader import Policy

_SAME = (
    *(exp.Column, exp.Identifier, exp.Literal, exp.Boolean, exp.Null, exp.Paren, exp.Neg, exp.DataType, exp.Cast),
    *(exp.And, exp.Or, exp.Not, exp.Is, exp.NullSafeEQ, exp.NullSafeNEQ),
    *(exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.In, exp.Between, exp.Like, exp.ILike),
    *(exp.Lower, exp.Upper, exp.Trim, exp.Length, exp.Coalesce, exp.StartsWith, exp.EndsWith, exp.Case, exp.If),
    exp.RegexpLike,
)
"""What `where` may be made of. No arithmetic: engines differ on overflow and zero; no parts of times, no casts of columns."""

_KNOWN = (
    "comparisons, IN, BETWEEN, LIKE, IS NULL, AND, OR, NOT, CASE, COALESCE, LOWER, UPPER, TRIM, LENGTH, "
    "regexp_matches of the whole value ('^…$'), DATE '2026-01-31' and TIMESTAMP '2026-01-31 10:00:00'"
)
_TIMESTAMP = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}([ T][0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,6})?)?")


def for_spark(policy: Policy, table: str, where: exp.Expression) -> str:
    """Return a condition on one row in Spark's SQL.

    Raises:
        PolicyError: a part of it has no equivalent there.
    """
    for node in where.walk():
        if not _is_same(node):
            message = (
                f"{table}: where has {node.sql(dialect='duckdb', comments=False)}, which has no equivalent on Spark."
            )
            hint = f"The same on both engines are {_KNOWN}; or leave the table to DuckDB."
            raise policy.error(("tables", table, "where"), message, hint)
    tree = where.copy()
    for node in tree.walk():
        node.pop_comments()
    for name in tree.find_all(exp.Identifier):
        name.set("quoted", True)
    return render(SPARK, tree)


def _is_same(node: exp.Expr) -> bool:
    match node:
        case exp.Column():
            return not node.table  # `a.b` is a part of a value
        case exp.Cast():
            # casts of columns are an error or NULL by the session's settings, and a time with zone depends on its zone
            known = node.to.is_type("DATE", "TIMESTAMP", "TIMESTAMPNTZ") and isinstance(node.this, exp.Literal)
            return known and bool(_TIMESTAMP.fullmatch(node.this.name))
        case exp.Like() | exp.ILike():
            return "\\" not in node.expression.name  # a backslash escapes on Spark only
        case exp.RegexpLike():
            return isinstance(node.expression, exp.Literal) and not node.args.get("flag") and _is_whole(node.expression)
    return isinstance(node, _SAME)


def _is_whole(pattern: exp.Literal) -> bool:
    """Return whether a pattern matches the whole value: sqlglot reads `~` as `regexp_matches`, which matches anywhere."""
    text = re.sub(r"\[\^?\]?[^\]]*\]", "", pattern.name)
    while (shorter := re.sub(r"\([^()]*\)", "", text)) != text:
        text = shorter
    return text.startswith("^") and text.endswith("$") and not re.search(r"\||\\[A-Za-z]", text)
