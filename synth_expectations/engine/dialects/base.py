"""What an engine does in its own way. Rules never ask for the engine; `dialects` and `warehouses` hold the engines."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

from sqlglot import ErrorLevel, exp

from synth_expectations.engine.dialects import translations
from synth_expectations.engine.dialects.translations import Translation
from synth_expectations.engine.schema import Family
from synth_expectations.errors import ConditionError

REPEATS = "repeats"
"""How a text is marked that holds few different values: in columnar files they are a dictionary, and trimmed once each."""


_DOT = re.compile(r"(?P<class>\[\^?\]?[^\]]*\])|[.]")
"""A dot in a pattern; or a class of letters, in which a dot is one."""


@dataclass(frozen=True)
class Dialect:
    """What an engine does in its own way.

    Attributes:
        name: SQLAlchemy's name of it, or `spark`.
        family: the kind of value of a column, from the type that the engine reports.
        from_zoned: a value with zone, as a moment.
        from_naive: a value without zone, as a moment in UTC.
        from_date: a date, as the moment it begins in UTC.
        nan: whether a floating-point value is not a number.
        folds: how a name written without quotes is stored (see `Columns`).
        moment_type: the type of a moment in UTC.
        naive_type: the type of a time without zone.
        from_text: text in ISO 8601 with its offset, as a value with zone.
        literal_suffix: what a moment's text needs behind it to be read in UTC.
        needs_seconds: whether text without seconds must get some before it is read as a time.
        later: a moment plus months, then plus what is always equally long.
        second: a moment cut to its second, as text.
        day: the day of a moment in UTC, as text.
        dot_all: what a pattern begins with, where else its dot stops at the end of a line.
        any_letter: what stands for any letter, ends of lines too, where nothing can be said at the beginning.
        matches: whether a text has a pattern somewhere, where sqlglot's way is another question.
        end: what stands for the end of the text in a pattern.
        dollar: how `${` is written in a text.
        replaced: a text with every place replaced that has a pattern, where sqlglot's way is another.
        byte_length: the number of bytes of a text.
        shares: whether values that many conditions read are computed once a row (see `sharing`).
        screens: which texts are asked for a pattern before they are trimmed, and again only if they have it: all, or
            those that would be put into lower case too, and these for its words if it has some.
        trims: what a text trimmed by a list of characters is instead; None for that itself.
        smallest: the smallest values of a column, in one aggregate; None where there is none.
        fence: the OFFSET by which what a subquery computes is kept from being computed again wherever it is read; None
            where it is not.
        spells: whether what a column of few values is compared with is asked of each value first (see `spelling`).
        rules_worth_a_scan: how many rules of one population are worth a scan of its records alone; None where a scan is
            what is paid for.
        most_patterns: how many regular expressions one query may hold; None for any.
    """

    name: str
    family: Callable[[Any], Family]
    from_zoned: Translation
    from_naive: Translation
    from_date: Translation
    nan: Translation
    folds: str | None = None
    moment_type: str = "TIMESTAMP"
    naive_type: str = "TIMESTAMP"
    from_text: Translation = translations.as_zoned
    literal_suffix: str = ""
    needs_seconds: bool = False
    later: Callable[[exp.Expr, int, timedelta], exp.Expr] = translations.plus_intervals
    second: Translation = translations.second_as_text
    day: Translation = translations.day_as_text
    dot_all: str = ""
    any_letter: str = "."
    matches: Callable[[exp.Expr, exp.Expr], exp.Expr] | None = None
    end: str = "$"
    dollar: str = "${"
    replaced: Callable[[exp.RegexpReplace], exp.Expr] | None = None
    byte_length: Translation = translations.octet_length
    shares: bool = False
    screens: Literal["none", "words", "all"] = "none"
    trims: Callable[[exp.Trim], exp.Expr] | None = None
    smallest: Callable[[str, int], str] | None = None
    fence: str | None = None
    spells: bool = False
    rules_worth_a_scan: int | None = None
    most_patterns: int | None = None

    @property
    def sqlglot(self) -> str:
        """What sqlglot calls it."""
        return {"postgresql": "postgres"}.get(self.name, self.name)

    def render(self, tree: exp.Expr) -> str:
        """The SQL of a lowered tree, names quoted.

        Raises:
            sqlglot.errors.UnsupportedError: the engine has no such thing.
        """
        adapted = tree.copy()
        for node in adapted.find_all(exp.RegexpLike, exp.RegexpReplace):
            node.set("expression", exp.Literal.string(self.pattern(node.expression.name)))
        for node in list(adapted.find_all(exp.ByteLength)):
            adapted = _instead(adapted, node, self.byte_length(node.this))
        if self.replaced:
            for node in list(adapted.find_all(exp.RegexpReplace)):
                adapted = _instead(adapted, node, self.replaced(node))
        if self.matches:
            for node in list(adapted.find_all(exp.RegexpLike)):
                adapted = _instead(adapted, node, self.matches(node.this, node.expression))
        if self.trims:
            for node in list(adapted.find_all(exp.Trim)):
                # anything else than a column would be computed four times
                if node.expression and isinstance(node.this, exp.Column) and not node.meta.get(REPEATS):
                    adapted = _instead(adapted, node, self.trims(node))
        if self.dollar != "${" and (odd := [each.name for each in tree.find_all(exp.Identifier) if "${" in each.name]):
            raise ConditionError(f"Column {odd[0]} holds ${{, which this engine reads as a variable.", "Rename it.")
        sql = adapted.sql(dialect=self.sqlglot, unsupported_level=ErrorLevel.RAISE)
        return sql.replace("${", self.dollar)

    def pattern(self, written: str) -> str:
        """A pattern so that it means the same here as elsewhere: a dot is any letter, the end is the end."""
        whole = written.removesuffix("$") + self.end if written.endswith("$") else written
        if all(found["class"] for found in _DOT.finditer(written)):
            return whole
        return self.dot_all + _DOT.sub(lambda found: found["class"] or self.any_letter, whole)


def _instead(tree: exp.Expr, node: exp.Expr, other: exp.Expr) -> exp.Expr:
    """The tree with another node in the place of one, which may be its root."""
    if node is tree:
        return other
    node.replace(other)
    return tree
