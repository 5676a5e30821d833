"""Translates expressions to trees of SQL for an engine, knowing the type of each column."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import isodate
from sqlglot import exp

from synth_expectations.engine import (
    column_values,
    normalize,
    record_keys,
    regex_prefilter,
    text,
    timestamps,
    word_lists,
)
from synth_expectations.engine.dialects.base import Dialect
from synth_expectations.engine.dialects.translations import is_column
from synth_expectations.engine.pattern_prefilters import prefilter
from synth_expectations.engine.rendering import REPEATS
from synth_expectations.engine.schema import NUMBERS, TEXTS, Columns, Family
from synth_expectations.engine.trees import choose, disjoin, enclose, negate
from synth_expectations.errors import ConditionError, build_no_time_error
from synth_expectations.rules import nodes
from synth_expectations.rules.expressions import format_timestamp, literal
from synth_expectations.rules.nodes import Condition
from synth_expectations.rules.nothing import are_words_for_nothing

_ALLOWED = (exp.And, exp.Or, exp.Not, exp.Paren, exp.LT, exp.GT, exp.EQ, exp.Is, exp.Null, exp.Boolean, exp.Literal)
_AS_EXPRESSIONS = {"exact": nodes.TrimmedText, "text": nodes.LoweredText, "email": nodes.LoweredText}
"""Normal forms that are expressions by themselves."""

_TRIMMING = (nodes.LoweredText, nodes.TrimmedText, exp.Column)

DistinctValues = Mapping[Condition, tuple[str, ...]]
"""By predicate, all texts of a column, as they are written, for which the predicate is true; NULL is none of them."""


class Translator:
    """Translates conditions on one table to trees of SQL for one engine.

    Args:
        columns: the columns of the table.
        dialect: the dialect of the engine.
        as_of: the time for which conditions are evaluated, with a time zone.
        common: the columns that already hold the value of an expression.
        repeating: the text columns that hold few different values.
        distinct_values: the values for which a predicate is true, where they are known.
    """

    def __init__(
        self,
        columns: Columns,
        dialect: Dialect,
        as_of: datetime,
        common: Mapping[Condition, str] | None = None,
        repeating: frozenset[str] = frozenset(),
        distinct_values: DistinctValues | None = None,
    ) -> None:
        self._columns = columns
        self._dialect = dialect
        self._as_of = as_of.astimezone(UTC)
        self._common = common or {}
        self._guards = {
            value.args["condition"]: alias
            for value, alias in self._common.items()
            if isinstance(value, nodes.Guarded) and value.shows_condition
        }
        self._repeating = repeating
        self._distinct_values = distinct_values or {}

    def translate(self, node: Condition, negated: bool = False) -> exp.Expr:  # noqa: PLR0911, PLR0912 - one branch a node
        """Return a tree of SQL nodes; below a `not`, a comparison with a missing value answers false instead of NULL."""
        if self._common and isinstance(node, nodes.PortableExpression) and (alias := self._common.get(node)):
            held = exp.column(alias)  # unquoted, as the alias is written
            is_value = isinstance(node, nodes.AsTimestamp | nodes.TrimmedText | nodes.LoweredText | nodes.Normalized)
            return held if is_value else self._never_null(held, negated)
        if self._guards and node in self._guards:
            return enclose(negate(exp.Is(this=exp.column(self._guards[node]), expression=exp.Null())))
        if self._distinct_values and node in self._distinct_values:
            return self._compare_with_distinct_values(node, negated)
        match node:
            case exp.Column():
                return column_values.read_column(self._columns.find(node.name), self._dialect)
            case nodes.IsBlank():
                return self._is_blank(node.this)
            case nodes.IsOneOf():
                return self._never_null(self._compare_with_list(node), negated)
            case nodes.MatchesAny():
                return self._match_patterns(node, negated)
            case nodes.IsTrue():
                return self._never_null(self.translate(node.this), negated)
            case nodes.AsTimestamp():
                return self._to_timestamp(node.this)
            case nodes.AsOf():
                return self._write_timestamp(format_timestamp(timestamps.shift(self._as_of, node.name)))
            case nodes.TimestampLiteral():
                return self._write_timestamp(node.name)
            case nodes.PlusDuration():
                return self._add_duration(node)
            case nodes.AsSecond():
                return self._dialect.format_second(self.translate(node.this))
            case nodes.TrimmedText():
                return self._trim(node.this)
            case nodes.LoweredText():
                return self._fold(node.this)
            case nodes.Normalized():
                return self._normalize(node)
            case nodes.RecordKey():
                return self._normalize_key(node)
            case nodes.AsNumber():
                return self._to_number(node.this)
            case nodes.SaltedHash():
                return exp.MD5(this=exp.DPipe(this=node.args["salt"].copy(), expression=self.translate(node.this)))
            case nodes.KeyRank():
                return self._rank(node)
            case nodes.Letter():
                return exp.Substring(this=self.translate(node.this), start=node.args["place"].copy(), length=literal(1))
            case nodes.Guarded():
                return choose((self.translate(node.args["condition"]), self.translate(node.this)))
            case nodes.Remainder():
                value, part = self.translate(node.this), self.translate(node.expression)
                return text.read_after(value, part, int(node.args["place"].name))
            case nodes.CompositeKey() | nodes.Concatenation():
                separator = "\x1f" if isinstance(node, nodes.CompositeKey) else ""
                return text.join(map(self.translate, node.expressions), separator)
            case exp.Not(this=exp.Not()):
                return self.translate(node.this.this, negated=True)
            case exp.Not() | exp.And() | exp.Or() | exp.Paren() | exp.LT() | exp.GT() | exp.EQ() | exp.Is():
                below = negated or isinstance(node, exp.Not)
                return type(node)(**{name: self.translate(part, below) for name, part in node.args.items() if part})
            case _ if isinstance(node, _ALLOWED):
                return node.copy()
        raise TypeError(
            f"A condition may not hold {type(node).__name__}: write it with the builders of rules/expressions.py."
        )

    def _never_null(self, answer: exp.Expr, negated: bool) -> exp.Expr:
        return exp.Coalesce(this=answer, expressions=[exp.false()]) if negated else answer

    def _compare_with_distinct_values(self, word: Condition, negated: bool) -> exp.Expr:
        """Return a predicate that compares texts, by the texts that the column has."""
        value = self.translate(word.this)
        same = word_lists.equals_any(value, [literal(text) for text in self._distinct_values[word]])
        if isinstance(word, nodes.IsBlank):
            return enclose(disjoin(exp.Is(this=value.copy(), expression=exp.Null()), same))
        return self._never_null(same, negated)

    def family(self, value: Condition) -> Family:
        """Return the type family of a value as it is read: that of its column, or text."""
        family = self._columns.find(value.name).family if isinstance(value, exp.Column) else Family.TEXT
        return Family.TEXT if family in TEXTS else family

    def _to_text(self, value: Condition) -> exp.Expr:
        return column_values.write_text(self.translate(value), self.family(value), self._dialect)

    def _trim(self, value: Condition) -> exp.Expr:
        trimmed = text.strip(self._to_text(value))
        if isinstance(value, exp.Column) and value.name in self._repeating:
            trimmed.meta[REPEATS] = True
        return trimmed

    def _fold(self, value: Condition, repeats: bool = False) -> exp.Expr:
        trimmed = self._trim(value)
        if repeats:
            trimmed.meta[REPEATS] = True
        return text.fold(trimmed, self._dialect) if self.family(value) is Family.TEXT else exp.Lower(this=trimmed)

    def _is_blank(self, value: Condition) -> exp.Expr:
        missing = exp.Is(this=self.translate(value), expression=exp.Null())
        match self.family(value):
            case Family.TEXT:
                lowered, trimmed = nodes.LoweredText(this=value.copy()), nodes.TrimmedText(this=value.copy())
                stripped = self.translate(lowered if lowered in self._common else trimmed)
                empty = exp.EQ(this=stripped, expression=literal(""))
                if isinstance(value, exp.Column) and self._columns.find(value.name).family is Family.WRITTEN:
                    return enclose(disjoin(missing, empty, column_values.is_hollow(self._trim(value), self._dialect)))
                column = self.translate(value)
                is_given = self._dialect.is_surely_given
                if is_given is None or isinstance(stripped, exp.Column) or not is_column(column):
                    return enclose(disjoin(missing, empty))
                is_space = text.is_white_space(column)
                return choose((missing, exp.true()), (is_given(column), exp.false()), otherwise=is_space)
            case Family.FLOAT:
                return enclose(disjoin(missing, self._dialect.is_nan(self.translate(value))))
            case Family.OTHER if self._dialect.empty_values:
                empty_values = [literal(empty) for empty in ("", *self._dialect.empty_values)]
                return enclose(
                    disjoin(
                        missing,
                        word_lists.equals_any(self._trim(value), empty_values),
                        column_values.is_hollow(self._trim(value), self._dialect),
                    )
                )
        return missing

    def _match_patterns(self, node: exp.Expr, negated: bool) -> exp.Expr:
        patterns = [pattern.name for pattern in node.expressions]
        is_normal = isinstance(node.this, nodes.Normalized | nodes.Guarded)
        compared = self.translate(node.this if is_normal else nodes.TrimmedText(this=node.this.copy()))
        pattern = literal(regex_prefilter.match_whole(patterns))
        matching: exp.Expr = exp.RegexpLike(this=compared, expression=pattern)
        if negated:
            return self._never_null(matching, negated)
        untrimmed = self._find_untrimmed(node.this)
        if untrimmed is None:
            return matching
        column, in_any_case = untrimmed
        return prefilter(matching, column, patterns, in_any_case, self._dialect)

    def _find_untrimmed(self, value: Condition) -> tuple[exp.Expr, bool] | None:
        """Return the text column whose values differ from the compared text by white space, and by case if true, alone."""
        kind = value.args["kind"].name if isinstance(value, nodes.Normalized) else ""
        word = _AS_EXPRESSIONS.get(kind, type(value))
        column = value.this if isinstance(value, nodes.PortableExpression) else value
        if not isinstance(column, exp.Column) or self.family(column) is not Family.TEXT:
            return None
        return (self.translate(column), word is nodes.LoweredText) if word in _TRIMMING else None

    def _compare_with_list(self, node: exp.Expr) -> exp.Expr:
        words = [word.name for word in node.expressions]
        match self.family(node.this):
            case Family.BOOLEAN:
                return word_lists.equals_any(self.translate(node.this), word_lists.read_booleans(words))
            case family if family in NUMBERS:
                return word_lists.equals_any(self.translate(node.this), word_lists.read_numbers(words))
            case Family.ZONED | Family.NAIVE | Family.DATE:
                words = word_lists.find_times(words)  # written out row by row only if there are some
        folded = nodes.LoweredText(this=node.this.copy())
        # what is compared with a list holds few different values, unless it may hold any but words for nothing
        repeats = not are_words_for_nothing(words)
        value = self.translate(folded) if folded in self._common else self._fold(node.this, repeats)
        return word_lists.equals_any_word(value, words, repeats, self._dialect)

    def _to_timestamp(self, value: Condition) -> exp.Expr:
        family = self.family(value)
        timestamp = column_values.read_timestamp(self.translate(value), family, self._dialect)
        if timestamp is None:
            raise build_no_time_error(value.name, self._columns.table, family.value)
        return timestamp

    def _add_duration(self, node: exp.Expr) -> exp.Expr:
        """Return a timestamp plus a duration: whole months first, at most to the end of the month, then the rest."""
        duration = isodate.parse_duration(node.expression.name, as_timedelta_if_possible=False)
        if (months := duration.years * 12 + duration.months) % 1:
            raise ConditionError(f"{node.expression.name} is not a whole number of months.")
        return self._dialect.add_duration(self.translate(node.this), int(months), duration.tdelta)

    def _write_timestamp(self, timestamp: str) -> exp.Expr:
        return exp.cast(literal(timestamp + self._dialect.literal_suffix), self._dialect.timestamp_type)

    def _normalize(self, node: exp.Expr) -> exp.Expr:
        kind = node.args["kind"].name
        if kind == "date":
            return self._dialect.format_day(self.translate(nodes.AsTimestamp(this=node.this.copy())))
        if kind == "phone":
            code = node.args.get("calling_code")
            lowered = nodes.LoweredText(this=node.this.copy())
            folded = self.translate(lowered) if lowered in self._common else self._fold(node.this)
            return normalize.normalize_phone(folded, code.name if code else None, self._dialect)
        if kind == normalize.WRITTEN_AS_NUMBER:
            folded = self.translate(nodes.LoweredText(this=node.this.copy()))
            return normalize.empty_to_null(normalize.write_as_number(folded))
        if word := _AS_EXPRESSIONS.get(kind):
            value = self.translate(word(this=node.this.copy()))
            return normalize.empty_to_null(normalize.normalize_email(value) if kind == "email" else value)
        return normalize.empty_to_null(normalize.TEXT_NORMAL_FORMS[kind](self._to_text(node.this), self._dialect))

    def _normalize_key(self, node: exp.Expr) -> exp.Expr:
        value, kind = node.this, node.args["kind"].name
        trimmed = nodes.TrimmedText(this=value.copy())
        match self.family(value):
            case Family.TEXT:
                return record_keys.normalize_text_key(
                    self.translate(trimmed), kind, self._to_text(value), self._dialect
                )
            case Family.OTHER:
                return record_keys.normalize_text_key(self.translate(trimmed), kind)
            case family if family in record_keys.TYPES:
                return record_keys.normalize_typed_key(self.translate(value), family, self._dialect)
        return self.translate(trimmed)  # a date, a time or a truth value is never empty

    def _rank(self, node: exp.Expr) -> exp.Expr:
        """Return the hash of a record key; numbers and UUIDs are ASCII already."""
        key = self.translate(node.this)
        if self.family(node.this.this) in (Family.TEXT, Family.OTHER):
            key = (self._dialect.compose_any or self._dialect.compose)(key)
        return self._dialect.sha256(exp.DPipe(this=node.args["prefix"].copy(), expression=enclose(key)))

    def _to_number(self, value: Condition) -> exp.Expr:
        family = self.family(value)
        if family not in NUMBERS:
            raise ConditionError(
                f"Column {value.name} of {self._columns.table} is {family.value}, where a number is needed."
            )
        return column_values.read_number(self.translate(value), family, self._dialect)
