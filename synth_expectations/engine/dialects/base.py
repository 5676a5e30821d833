"""The differences between engines as one record: types, SQL, costs, and how the engine is reached and tested."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum
from typing import Any, Literal

from sqlglot import exp

from synth_expectations.engine.dialects import translations
from synth_expectations.engine.dialects.translations import Translation
from synth_expectations.engine.schema import Family
from synth_expectations.rules.folding import expand

ANY_SQL = "sql"
"""Great Expectations' type of a data source that takes every SQLAlchemy address."""

_DOT = re.compile(r"(?P<class>\[\^?\]?[^\]]*\])|[.]")
"""A dot in a pattern, or a character class, in which a dot means itself."""


class Status(Enum):
    """How far an engine is tested."""

    PROVEN = "proven"
    """Every case runs on it."""
    RENDERED = "rendered"
    """The SQL of every expectation is written for it and parsed again; no such engine was at hand to run it."""


@dataclass(frozen=True)
class StatementLimit:
    """The statements by which an engine ends queries that take too long.

    Attributes:
        set: what is sent before a query, by the longest time in milliseconds.
        unset: what is sent after it; None where the limit ends with the transaction, and is undone with it.
    """

    set: Callable[[int], str]
    unset: str | None


@dataclass(frozen=True)
class Dialect:
    """One engine: what its SQL, types and costs are, how it is reached, and what is known about it.

    Rules never name an engine: every difference stands here, with its reason beside it in the engine's file.

    How it is reached and tested:

    Attributes:
        name: SQLAlchemy's name of the engine, which is the name of its file too; or `spark`.
        status: how far it is tested.
        sqlglot: sqlglot's name of the dialect.
        package: the package that brings SQLAlchemy's dialect, or the engine itself.
        extra: the extra in `pyproject.toml` that installs the package; None for what is always installed.
        sample_address: an address without a server behind it, from which tests build SQLAlchemy's dialect.
        doubles_percent: whether the driver needs every percent sign of a statement twice.
        data_source_type: Great Expectations' type of data source for it.
        strict_address: whether that type refuses addresses that SQLAlchemy takes, so that `init` proposes `sql`.
        host_address: whether that type takes addresses with a host alone.
        quotes_capitals: whether a name with capitals must be quoted to be found.
        forbidden_in_names: characters that no column may have in its name.
        emulator: the package whose emulator runs the cases of an engine that is only rendered.
        gaps: by case, why it does not come out as expected where it runs; tests hold each to be a failure.

    Types:
        type_family: the family of the type that the engine reports for a column.
        timestamp_type: the type of a timestamp in UTC.
        naive_type: the type of a timestamp without zone.
        from_zoned: a value with zone as a timestamp.
        from_naive: a value without zone as a timestamp in UTC.
        from_date: a date as the timestamp at which it begins in UTC.
        from_text: a text in ISO 8601 with its offset as a value with zone.
        literal_suffix: what follows the text of a timestamp literal so that it is read in UTC.
        second_digits: how many digits after the second a text may have to be cast to a timestamp.
        needs_seconds: whether a text must have seconds to be cast to a timestamp.

    SQL:
        name_folding: how a name written without quotes is stored (see `Columns`).
        is_nan: whether a floating-point value is not a number.
        decode: bytes as text; where they are no UTF-8, as the engine shows them, without an error.
        empty_values: lists, maps, documents and the like that are empty, as the engine writes them as text; none where
            it may not write them.
        map_sign: what the engine writes between a key of a map and its value, where a map becomes text; empty where it
            has no maps, so that a list of `YWI=` is no map without a value.
        add_duration: a timestamp plus months, and then plus a duration of fixed length.
        format_second: a timestamp truncated to its second, as text.
        format_day: the UTC day of a timestamp, as text.
        byte_length: the number of bytes of a text.
        lower: a text in small letters, an `I` too, whatever the locale.
        lower_any: a text in small letters, of all scripts whatever the locale; it may use a table of small letters.
        compose: a text with its letters and marks composed (NFC), where that costs little; else the text.
        compose_any: the same of a text beyond ASCII, whatever it costs; None where that is `compose`.
        binary: a text of a column, compared by its characters and not by the column's collation.
        sha256: the SHA-256 of a text in UTF-8, in small hexadecimal digits.
        encoding: Python's name of the database's encoding where it cannot hold all of Unicode; else empty.
        adapt: the dialect for what a database on a connection is; None where all databases are alike.
        trim: a replacement for a trim by a list of characters; None to trim as it is.
        is_plain_text: whether a text surely is ASCII without white space around it, so that it is folded by small letters
            alone; None where that costs as much as to fold it.
        is_trimmed: whether a text surely has no white space around it; None where trimming costs no more than to ask.
        is_surely_given: whether a text surely holds more than white space; None where trimming costs no more than to ask.
        begins_small: whether a text begins with a small letter of ASCII; None where texts are not compared by characters.
        is_plain_key: whether a record key is surely its own normal form; None where that costs as much as the form.
        hash_of: a value that equal texts share and different ones hardly ever, by which the engine groups in the least time
            and memory: a number, or the text itself. None where records that share a key are not read apart.
        compute_once: a function of a value that the engine computes once; None where it is written wherever it is read.
        regexp_like: whether a pattern is found in a text; None where sqlglot's translation asks the same.
        regexp_replace: a text with every match replaced; None where sqlglot's translation does the same.
        dot_all: the prefix of a pattern by which its dot matches line ends too.
        any_character: what matches any character, line ends too, where no such prefix exists.
        pattern_end: what matches the end of the text in a pattern.
        dollar_brace: how `${` is written in a text.
        smallest_values: the n smallest values of a column in one aggregate; None where there is none.
        smallest_of_rows: the n smallest keys `k` of a named relation's rows whose flag is given, as one array; None where
            the engine computes such a relation anew for each array.
        table_identity: a query for what tells the table `:name` from all others, of other servers too; a row with NULL if
            there is none. None where the address of the database and the name have to do.
        snapshot: a query of one value that names the state of the database, by which it can be found again or held against
            another one; it reads no data. None where the engine has no such name.
        row_security_off: the statement after which, in its transaction, a query fails that would not see all rows of a
            table; None where the engine has none.
        statement_limit: how the engine is told to end queries that take too long; None where it cannot be told.
        is_interrupted: whether a second thread ends such a query instead, through the driver.

    Costs:
        shares_subexpressions: whether values that several conditions read are computed once a row.
        stages_subexpressions: whether such values are made from each other, in subqueries within each other. This was
            measured where values are computed by column.
        replaces_before_patterns: whether single letters are replaced so much faster than by a pattern that it is tried first.
        keeps_dictionaries: whether columns of few distinct values are stored so that each value is trimmed once.
        prefilter: which texts are tested for a pattern before they are trimmed, and again only if it is found: all; all,
            and by their endings where a pattern begins with anything; or those that are lowered too, by the words of
            the pattern if it has some.
        optimizer_fence: the OFFSET that keeps the optimizer from computing a subquery's values again wherever they
            are read; None where it does not.
        reads_distinct_values: whether conditions on a column of few values are evaluated once a distinct value.
        rules_worth_a_scan: from how many rules on one population its records are worth a scan of their own; None where
            each scan is billed.
        joins_words: from how many words on the engine makes a join of a list of words, which takes longer to plan than to
            search one text for each; None where it makes none.
        max_patterns: how many regular expressions one query may hold; None for any number.
    """

    name: str
    status: Status
    sqlglot: str
    package: str
    type_family: Callable[[Any], Family]
    from_zoned: Translation
    from_naive: Translation
    from_date: Translation
    is_nan: Translation

    extra: str | None = None
    sample_address: str = ""
    doubles_percent: bool = False
    data_source_type: str = ANY_SQL
    strict_address: bool = False
    host_address: bool = False
    quotes_capitals: bool = False
    forbidden_in_names: str = ""
    emulator: str = ""
    gaps: Mapping[str, str] = field(default_factory=dict)

    timestamp_type: str = "TIMESTAMP"
    naive_type: str = "TIMESTAMP"
    from_text: Translation = translations.cast_to_zoned
    literal_suffix: str = ""
    second_digits: int = 6
    needs_seconds: bool = False

    name_folding: str | None = None
    decode: Translation = translations.cast_to_text
    empty_values: tuple[str, ...] = ()
    map_sign: str = ""
    add_duration: Callable[[exp.Expr, int, timedelta], exp.Expr] = translations.add_intervals
    format_second: Translation = translations.format_second
    format_day: Translation = translations.format_day
    byte_length: Translation = translations.octet_length
    lower: Translation = translations.lower
    lower_any: Callable[[exp.Expr, Mapping[str, str]], exp.Expr] = translations.lower_all
    compose: Translation = translations.keep
    compose_any: Translation | None = None
    binary: Translation = translations.keep
    sha256: Translation = translations.sha2
    encoding: str = ""
    adapt: Callable[[Dialect, Any], Dialect] | None = None
    trim: Callable[[exp.Trim], exp.Expr] | None = None
    is_plain_text: Translation | None = None
    is_trimmed: Translation | None = None
    is_surely_given: Translation | None = None
    begins_small: Translation | None = None
    is_plain_key: Callable[[exp.Expr, int], exp.Expr] | None = None
    hash_of: Callable[[str], str] | None = None
    compute_once: Callable[[exp.Expr, Translation], exp.Expr] | None = None
    regexp_like: Callable[[exp.Expr, exp.Expr], exp.Expr] | None = None
    regexp_replace: Callable[[exp.RegexpReplace], exp.Expr] | None = None
    dot_all: str = ""
    any_character: str = "."
    pattern_end: str = "$"
    dollar_brace: str = "${"
    smallest_values: Callable[[str, int], str] | None = None
    smallest_of_rows: Callable[[str, str, int], str] | None = None
    table_identity: str | None = None
    snapshot: str | None = None
    row_security_off: str | None = None
    statement_limit: StatementLimit | None = None
    is_interrupted: bool = False

    shares_subexpressions: bool = False
    stages_subexpressions: bool = False
    replaces_before_patterns: bool = False
    keeps_dictionaries: bool = True
    prefilter: Literal["none", "words", "all", "endings"] = "none"
    optimizer_fence: str | None = None
    reads_distinct_values: bool = False
    rules_worth_a_scan: int | None = None
    joins_words: int | None = None
    max_patterns: int | None = None

    @property
    def can_limit_queries(self) -> bool:
        """Whether a query that takes too long can be ended."""
        return self.is_interrupted or self.statement_limit is not None

    def encode(self, letters: str) -> str:
        """Return the letters that the database's encoding can hold: others may not stand in its SQL."""
        return letters.encode(self.encoding, "ignore").decode(self.encoding) if self.encoding else letters

    def encode_class(self, characters: str) -> str:
        """Return the inside of a character class, without what the database's encoding cannot hold."""
        return self.encode(expand(characters)) if self.encoding else characters

    def pattern(self, written: str) -> str:
        """Return a pattern that means the same on this engine: a dot is any character, the end is the end of the text."""
        whole = written.removesuffix("$") + self.pattern_end if written.endswith("$") else written
        if all(dot["class"] for dot in _DOT.finditer(written)):
            return whole
        return self.dot_all + _DOT.sub(lambda dot: dot["class"] or self.any_character, whole)
