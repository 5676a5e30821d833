"""SQL as people read it, without what nobody reads: the list of white space characters, and the form of record keys.

That form is written as `SYNTH_KEY(id)`: in full it is a hundred lines.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache

import sqlglot
from sqlglot import exp

from synth_expectations.engine.compiler import Compiler
from synth_expectations.engine.dialects.base import Dialect
from synth_expectations.engine.dialects.registry import by_name
from synth_expectations.engine.record_keys import WORDS
from synth_expectations.engine.schema import Column, Columns, Family
from synth_expectations.rules.expressions import field, normalize_key
from synth_expectations.rules.folding import WHITE_SPACE, WHITE_SPACE_CLASS
from synth_expectations.rules.nodes import Condition, TrimmedText
from synth_expectations.rules.nothing import NOTHING

_KEY = "synth_any_key"
"""The column of the templates: it stands for any key."""


def hide_white_space(sql: str, dialect: Dialect) -> str:
    """Return SQL in which the list of white space characters is not written out, however a dialect escapes them."""
    characters = exp.Literal.string(WHITE_SPACE).sql(dialect=dialect.sqlglot)
    character_class = exp.Literal.string(WHITE_SPACE_CLASS).sql(dialect=dialect.sqlglot).strip("'")
    return sql.replace(characters, "'{white space}'").replace(f"[{character_class}]", "[{white space}]")


def name_keys(tree: exp.Expr, dialect: Dialect) -> exp.Expr:
    """Return a query with the normal form of each record key as a call of `SYNTH_KEY`, without the words for nothing.

    Args:
        tree: the query, its white space hidden.
        dialect: of its engine.
    """
    for comparison in tree.find_all(exp.In):
        if {word.name for word in comparison.expressions} == set(NOTHING):
            comparison.set("expressions", [exp.Literal.string("{words for nothing}")])
    for case in list(tree.find_all(exp.Case)):
        if case.root() is not tree:
            continue  # a part of a form that is named already
        for template in _templates(dialect.name):
            if key := _find_operand(template, case, _KEY):
                case.replace(exp.Anonymous(this="synth_key", expressions=[key.copy()]))
                break
    for text in tree.find_all(exp.Literal):
        if text.name == WORDS:
            text.set("this", "{words for nothing}")
    return tree


def name_form(tree: exp.Expr, template: exp.Expr, name: str) -> exp.Expr:
    """Return a query with each expression of one form as a call, of what stands there for the template's column `x`.

    Args:
        tree: the query.
        template: the form, of a column `x`.
        name: of the function that is called.
    """
    holder = exp.paren(tree, copy=False)  # for the root, which may be of the form too
    for expression in reversed(list(holder.find_all(type(template)))):  # inner ones first
        if operand := _find_operand(template, expression, "x"):
            expression.replace(exp.Anonymous(this=name, expressions=[operand.copy()]))
    named: exp.Expr = holder.this
    return named


@cache
def _templates(dialect_name: str) -> tuple[exp.Expr, ...]:
    """Return the forms of a key in each type, and of a text that is trimmed already."""
    return tuple(_build_templates(by_name(dialect_name)))


def _build_templates(dialect: Dialect) -> Iterator[exp.Expr]:
    for family in (Family.TEXT, Family.OTHER, Family.DECIMAL, Family.FLOAT):
        columns = Columns([Column(_KEY, family)], "any")
        trimmed: dict[Condition, str] = {TrimmedText(this=field(_KEY)): _KEY}
        for common in ({}, trimmed):
            compiler = Compiler(columns, dialect, datetime(2000, 1, 1, tzinfo=UTC), common)
            form = hide_white_space(compiler.compile(normalize_key(field(_KEY))), dialect)
            yield sqlglot.parse_one(form, dialect=dialect.sqlglot)


def _find_operand(template: exp.Expr, tree: exp.Expr, column: str) -> exp.Expr | None:
    """Return what stands in a tree where its template has a column; None if the tree has another form."""
    found: list[exp.Expr] = []
    return found[0] if _has_form(template, tree, column, found) and found else None


def _has_form(template: object, tree: object, column: str, found: list[exp.Expr]) -> bool:
    if isinstance(template, exp.Column) and template.name == column:
        if isinstance(tree, exp.Expr) and not found:
            found.append(tree)
        return bool(found) and found[0] == tree
    if isinstance(template, list) and isinstance(tree, list):
        return len(template) == len(tree) and all(
            _has_form(*pair, column, found) for pair in zip(template, tree, strict=True)
        )
    if isinstance(template, exp.Expr) and isinstance(tree, exp.Expr):
        names = template.args.keys() | tree.args.keys()
        return type(template) is type(tree) and all(
            _has_form(template.args.get(name), tree.args.get(name), column, found) for name in sorted(names)
        )
    return (template or None) == (tree or None)
