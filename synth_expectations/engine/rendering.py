"""Compiled trees in the SQL of an engine."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from sqlglot import ErrorLevel, exp

from synth_expectations.engine.dialects.base import Dialect
from synth_expectations.errors import ConditionError
from synth_expectations.rules.folding import WHITE_SPACE_CLASS

REPEATS = "repeats"
"""The mark of a text with few distinct values: columnar files hold it as a dictionary, and each value is trimmed once."""

UNCLEAN = "unclean"
"""The mark of a text of which it was asked already whether it has to be trimmed: it has."""


_ADAPTED = (exp.Trim, exp.RegexpLike, exp.RegexpReplace, exp.ByteLength)
"""The functions that engines spell in ways of their own."""


def render(dialect: Dialect, tree: exp.Expr) -> str:
    """Return the SQL of a compiled tree, names quoted.

    Args:
        dialect: of the engine.
        tree: as the compiler made it; it stays as it is. A part may stand in two places.

    Raises:
        sqlglot.errors.UnsupportedError: the engine has no such function.
    """
    if dialect.dollar_brace != "${":
        _refuse_variables(tree)
    adapted = _adapt(dialect, tree.copy())
    sql = adapted.sql(dialect=dialect.sqlglot, copy=False, unsupported_level=ErrorLevel.RAISE)
    return sql.replace("${", dialect.dollar_brace)


def quote_column(dialect: Dialect, name: str) -> str:
    """Return the name of a column in quotes.

    Raises:
        ConditionError: the engine would read it as a variable.
    """
    if "${" in name:
        return render(dialect, exp.column(name, quoted=True))
    return _quote_column(name, dialect.sqlglot)


@lru_cache(maxsize=4096)
def _quote_column(name: str, sqlglot: str) -> str:
    return exp.column(name, quoted=True).sql(dialect=sqlglot)


def _adapt(dialect: Dialect, tree: exp.Expr) -> exp.Expr:
    """Return a tree with the functions of the engine in the place of those that sqlglot writes otherwise."""
    adapted = tree
    # one walk for all kinds: most trees have few of them
    adaptable = [node for node in tree.walk() if isinstance(node, _ADAPTED)]
    _write_arguments(dialect, adaptable)
    for node in adaptable:
        if isinstance(node, exp.ByteLength):
            adapted = _replace(adapted, node, dialect.byte_length(node.this))
    if dialect.regexp_replace:
        for node in list(adapted.find_all(exp.RegexpReplace)):
            adapted = _replace(adapted, node, dialect.regexp_replace(node))
    if dialect.regexp_like:
        for node in list(adapted.find_all(exp.RegexpLike)):
            adapted = _replace(adapted, node, dialect.regexp_like(node.this, node.expression))
    if dialect.trim and any(isinstance(node, exp.Trim) for node in adaptable):
        for node in list(adapted.find_all(exp.Trim)):
            is_listed = isinstance(node.expression, exp.Literal)
            is_settled = node.meta.get(UNCLEAN) or (dialect.keeps_dictionaries and node.meta.get(REPEATS))
            if is_listed and not is_settled:
                adapted = _replace(adapted, node, dialect.trim(node))
    return adapted


def _write_arguments(dialect: Dialect, nodes: Sequence[exp.Expr]) -> None:
    """Write the patterns and the characters to trim as the engine reads them."""
    spaces = dialect.encode_class(WHITE_SPACE_CLASS)
    for node in nodes:
        if isinstance(node, exp.RegexpLike | exp.RegexpReplace):
            pattern = dialect.pattern(node.expression.name.replace(WHITE_SPACE_CLASS, spaces))
            node.set("expression", exp.Literal.string(pattern))
        elif isinstance(node, exp.Trim) and isinstance(node.expression, exp.Literal):  # a policy's own may have none
            node.set("expression", exp.Literal.string(dialect.encode(node.expression.name)))


def _replace(tree: exp.Expr, node: exp.Expr, replacement: exp.Expr) -> exp.Expr:
    """Return the tree with a node replaced, which may be its root."""
    if node is tree:
        return replacement
    node.replace(replacement)
    return tree


def _refuse_variables(tree: exp.Expr) -> None:
    for name in tree.find_all(exp.Identifier):
        if "${" in name.name:
            raise ConditionError(f"Column {name.name} holds ${{, which this engine reads as a variable.", "Rename it.")
