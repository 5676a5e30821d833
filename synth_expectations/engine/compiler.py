"""Compiles expressions to an engine's SQL, knowing the type of each column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from decimal import Decimal

import isodate
from sqlglot import exp

from synth_expectations.engine import normalize, record_keys, regex_prefilter, required_words, text, timestamps
from synth_expectations.engine.compiled_conditions import compile_once
from synth_expectations.engine.dialects.base import Dialect
from synth_expectations.engine.dialects.translations import is_column
from synth_expectations.engine.rendering import REPEATS
from synth_expectations.engine.schema import NUMBERS, TEXTS, Column, Columns, Family
from synth_expectations.errors import ConditionError, NoTimeError, build_no_time_error
from synth_expectations.rules import nodes
from synth_expectations.rules.canonical import parenthesize
from synth_expectations.rules.expressions import format_timestamp, literal
from synth_expectations.rules.nodes import Condition
from synth_expectations.rules.nothing import are_words_for_nothing

_ALLOWED = (exp.And, exp.Or, exp.Not, exp.Paren, exp.LT, exp.GT, exp.EQ, exp.Is, exp.Null, exp.Boolean, exp.Literal)
_NUMBER = re.compile("-?[0-9]+([.][0-9]+)?$")
_AS_EXPRESSIONS = {"exact": nodes.TrimmedText, "text": nodes.LoweredText, "email": nodes.LoweredText}
"""Normal forms that are expressions by themselves."""

_TRIMMING = (nodes.LoweredText, nodes.TrimmedText, exp.Column)

DistinctValues = Mapping[Condition, tuple[str, ...]]
"""By predicate, all texts of a column, as they are written, for which the predicate is true; NULL is none of them."""

_HOLLOW = r"""[\[{(]([\[\]{}(), ]|null|NULL|''|""|'[^']*': ?|"[^"]*": ?%s)*[\]})]"""
"""Matches `{'a': NULL}` (DuckDB), `(,)` (PostgreSQL), `{null, null}` (Spark), `{"a": ""}` (JSON) and the like, whole; with
the pattern of a key of a map, maps too."""

_MOST_WORDS_BEFORE_ENDINGS = 4
"""How many words are searched rather than patterns: each costs a tenth of reading a text for patterns."""

_MAY_BE_TIME = re.compile("-?(infinity|[0-9]+-[0-9]+-[0-9]+)")


class Compiler:
    """Compiles conditions on one table to the SQL of one engine.

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
            guarded.args["condition"]: alias for guarded, alias in self._common.items() if _is_told(guarded)
        }
        self._repeating = repeating
        self._distinct_values = distinct_values or {}
        known = frozenset(self._common.items()), frozenset(self._distinct_values.items())
        self._context = (dialect.name, dialect.encoding, dialect.keeps_dictionaries, self._as_of, known, repeating)

    def compile(self, condition: Condition) -> str:
        """Return the SQL of a condition; a condition is compiled once for all tables that have the same columns.

        Raises:
            ConditionError: a column is missing, or of a type that the condition cannot use.
        """
        try:
            return self._render(condition)
        except NoTimeError as error:
            if not self._columns.drop_type(error.column):
                raise
        return self.compile(condition)

    def compile_text(self, column: str) -> str:
        """Return the SQL of a column as text: a whole number has no `.0`, and NaN is NULL.

        Raises:
            ConditionError: there is no such column.
        """
        return self._dialect.render(self._to_text(exp.column(column)), copy=False)

    def _render(self, condition: Condition) -> str:
        context = (self._columns.signature, *self._context)
        return compile_once(condition, context, lambda: self._compile(condition))

    def _compile(self, condition: Condition) -> str:
        return self._dialect.render(self.translate(parenthesize(condition)), copy=False)

    def translate(self, node: Condition, negated: bool = False) -> exp.Expr:  # noqa: PLR0911, PLR0912 - one branch a node
        """Return a tree of SQL nodes; below a `not`, a comparison with a missing value answers false instead of NULL."""
        if self._common and isinstance(node, nodes.PortableExpression) and (alias := self._common.get(node)):
            held = exp.column(alias)  # unquoted, as the alias is written
            is_value = isinstance(node, nodes.AsTimestamp | nodes.TrimmedText | nodes.LoweredText | nodes.Normalized)
            return held if is_value else self._never_null(held, negated)
        if self._guards and node in self._guards:
            return exp.paren(exp.not_(exp.Is(this=exp.column(self._guards[node]), expression=exp.Null())))
        if self._distinct_values and node in self._distinct_values:
            return self._compare_with_distinct_values(node, negated)
        match node:
            case exp.Column():
                return self._read(self._columns.find(node.name))
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
                return exp.Case().when(self.translate(node.args["condition"]), self.translate(node.this))
            case nodes.Remainder():
                text, part = self.translate(node.this), self.translate(node.expression)
                return _text_after(text, part, int(node.args["place"].name))
            case nodes.CompositeKey() | nodes.Concatenation():
                return self._join(node, "\x1f" if isinstance(node, nodes.CompositeKey) else "")
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
        same = _equals_any(value, [literal(text) for text in self._distinct_values[word]])
        if isinstance(word, nodes.IsBlank):
            return exp.paren(exp.or_(exp.Is(this=value.copy(), expression=exp.Null()), same))
        return self._never_null(same, negated)

    def family(self, value: Condition) -> Family:
        """Return the type family of a value as it is read: that of its column, or text."""
        family = self._columns.find(value.name).family if isinstance(value, exp.Column) else Family.TEXT
        return Family.TEXT if family in TEXTS else family

    def _read(self, column: Column) -> exp.Expr:
        """Return the value of a column: text, also where the engine stores it as another type."""
        value = exp.column(column.name, quoted=True)
        match column.family:
            case Family.TEXT:
                return self._dialect.binary(value)
            case Family.BINARY:
                return self._dialect.binary(self._dialect.decode(value))
            case Family.WRITTEN:
                # an array of users' types has a number of its own, and is written like this where it is empty
                written = exp.Nullif(this=exp.cast(value, "TEXT"), expression=literal("{}"))
                return self._dialect.binary(written)
            case Family.NOTHING:
                return exp.cast(exp.Null(), "TEXT")
        return value

    def _to_text(self, value: Condition) -> exp.Expr:
        """Return a value as text, NULL for NaN."""
        lowered = self.translate(value)
        family = self.family(value)
        if family is Family.TEXT:
            return lowered
        if family in (Family.FLOAT, Family.DECIMAL):
            nan = self._dialect.is_nan(lowered) if family is Family.FLOAT else None
            return normalize.write_number(lowered, nan)
        return exp.cast(lowered.copy(), "TEXT")

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
                    return exp.paren(exp.or_(missing, empty, self._is_hollow(value)))
                column = self.translate(value)
                is_given = self._dialect.is_surely_given
                if is_given is None or isinstance(stripped, exp.Column) or not is_column(column):
                    return exp.paren(exp.or_(missing, empty))
                return exp.Case().when(missing, exp.true()).when(is_given(column), exp.false()).else_(empty)
            case Family.FLOAT:
                return exp.paren(exp.or_(missing, self._dialect.is_nan(self.translate(value))))
            case Family.OTHER if self._dialect.empty_values:
                empty_values = [literal(empty) for empty in ("", *self._dialect.empty_values)]
                return exp.paren(exp.or_(missing, _equals_any(self._trim(value), empty_values), self._is_hollow(value)))
        return missing

    def _is_hollow(self, value: Condition) -> exp.Expr:
        """Return whether a list, a struct, a row or a document holds nothing but missing values and empty texts."""
        sign = self._dialect.map_sign
        hollow = _HOLLOW % (f"|[A-Za-z0-9_]+{sign}" if sign else "")
        return exp.RegexpLike(this=self._trim(value), expression=literal(regex_prefilter.match_whole([hollow])))

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
        if self._dialect.prefilter != "none" and (self._dialect.prefilter != "words" or in_any_case):
            prefilter = self._build_prefilter(column, patterns, in_any_case)
            matching = exp.Case().when(prefilter, matching).else_(exp.false())  # an `and` may ask for both
        if self._dialect.begins_small and not in_any_case and regex_prefilter.begin_with_capitals(patterns):
            return exp.Case().when(self._dialect.begins_small(column), exp.false()).else_(matching)
        return matching

    def _build_prefilter(self, column: exp.Expr, patterns: list[str], in_any_case: bool) -> exp.Expr:
        if self._dialect.prefilter == "words" and (words_of_patterns := required_words.find_words(patterns)):
            capitals = required_words.find_other_capitals(words_of_patterns)
            searched = [*words_of_patterns, *(letter for letter in capitals if self._dialect.encode(letter) == letter)]
            held = exp.Array(expressions=[literal(f"%{word}%") for word in searched])
            return exp.Like(this=exp.Lower(this=column), expression=exp.Any(this=exp.paren(held)))
        if self._dialect.prefilter == "all" and (tests := self._test_endings_and_words(column, patterns, in_any_case)):
            return tests
        is_backtracking = self._dialect.prefilter == "endings"
        knows_letters = self._dialect.prefilter != "words"
        prefilter = regex_prefilter.build_prefilter(patterns, in_any_case, is_backtracking, knows_letters)
        return exp.RegexpLike(this=column, expression=literal(prefilter))

    def _test_endings_and_words(self, column: exp.Expr, patterns: list[str], in_any_case: bool) -> exp.Expr | None:
        """Return a prefilter by how a text ends, and by words for the patterns that do not say that; None without words.

        A pattern for endings alone reads a few characters of most texts, one for other patterns too reads them whole.
        """
        ended, others = regex_prefilter.divide_by_ending(patterns)
        words = required_words.find_words(others) if others else []
        if not ended or (others and not 0 < len(words) <= _MOST_WORDS_BEFORE_ENDINGS):
            return None
        texts = (exp.Lower(this=column) if in_any_case and word.upper() != word else column for word in words)
        tests = [
            exp.Like(this=text.copy(), expression=literal(f"%{word}%")) for text, word in zip(texts, words, strict=True)
        ]
        pattern = regex_prefilter.build_prefilter(ended, in_any_case, reads_endings=True)
        return exp.or_(*tests, exp.RegexpLike(this=column, expression=literal(pattern)))

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
                booleans = {"true": exp.true(), "false": exp.false()}
                return _equals_any(
                    self.translate(node.this), [value for word, value in booleans.items() if word in words]
                )
            case family if family in NUMBERS:
                return _equals_any(self.translate(node.this), _to_number_literals(words))
            case Family.ZONED | Family.NAIVE | Family.DATE:
                # written out row by row only if one of the texts can be a time
                words = [word for word in words if _MAY_BE_TIME.match(word)]
        folded = nodes.LoweredText(this=node.this.copy())
        # what is compared with a list holds few different values, unless it may hold any but words for nothing
        repeats = not are_words_for_nothing(words)
        value = self.translate(folded) if folded in self._common else self._fold(node.this, repeats)
        return _equals_any(value, [self._fold_word(word) for word in words if self._dialect.encode(word) == word])

    def _fold_word(self, word: str) -> exp.Expr:
        """Return a word of the policy; the engine folds what is not ASCII, as it folds the values of the column."""
        return literal(word) if word.isascii() else text.fold(literal(word), self._dialect)

    def _to_timestamp(self, value: Condition) -> exp.Expr:
        lowered = self.translate(value)
        match self.family(value):
            case Family.ZONED:
                return self._dialect.from_zoned(lowered)
            case Family.NAIVE:
                return self._dialect.from_naive(lowered)
            case Family.DATE:
                return self._dialect.from_date(lowered)
            case Family.TEXT:
                return timestamps.read(lowered, self._dialect)
            case other:
                raise build_no_time_error(value.name, self._columns.table, other.value)

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
            return normalize.normalize_phone(self._fold(node.this), code.name if code else None, self._dialect)
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
        return self._dialect.sha256(exp.DPipe(this=node.args["prefix"].copy(), expression=exp.paren(key)))

    def _to_number(self, value: Condition) -> exp.Expr:
        family = self.family(value)
        if family not in NUMBERS:
            raise ConditionError(
                f"Column {value.name} of {self._columns.table} is {family.value}, where a number is needed."
            )
        number = self.translate(value)
        double = exp.cast(number.copy(), "DOUBLE")
        if family is Family.FLOAT:
            return exp.Case().when(self._dialect.is_nan(number), exp.Null()).else_(double)
        return double

    def _join(self, node: exp.Expr, separator: str) -> exp.Expr:
        joined, *others = [self.translate(part) for part in node.expressions]
        for other in others:  # `||` gives NULL where a side is NULL: a key with a missing part matches nothing
            if separator:
                joined = exp.DPipe(this=joined, expression=literal(separator))
            joined = exp.DPipe(this=joined, expression=other)
        return joined


def _is_told(value: Condition) -> bool:
    """Return whether a value is NULL exactly where its own guard is not true: a value that has a pattern is never NULL."""
    if not isinstance(value, nodes.Guarded):
        return False
    condition = value.args["condition"]
    return isinstance(condition, nodes.MatchesAny) and condition.this == value.this


def _text_after(value: exp.Expr, part: exp.Expr, place: int) -> exp.Expr:
    """Return what follows after a part at a place; NULL where another part stands there or either is NULL."""
    length = exp.Length(this=part.copy())
    stands = exp.Substring(this=value.copy(), start=literal(place), length=length)
    after = exp.Add(this=length.copy(), expression=literal(place))
    rest = exp.Substring(this=value.copy(), start=after)
    return exp.Case().when(exp.EQ(this=stands, expression=part.copy()), rest)


def _equals_any(value: exp.Expr, values: list[exp.Expr]) -> exp.Expr:
    if not values:
        return exp.false()
    return exp.EQ(this=value, expression=values[0]) if len(values) == 1 else exp.In(this=value, expressions=values)


def _to_number_literals(texts: Iterable[str]) -> list[exp.Expr]:
    """Return the texts that are numbers as literals, `1.0` and `1` once."""
    numbers = {Decimal(text).normalize() for text in texts if _NUMBER.match(text)}
    return [exp.Literal.number(f"{number:f}") for number in sorted(numbers)]
