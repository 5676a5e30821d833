"""The SQL of every form of an expression in every dialect, a line each, and whole queries: to be read in a review.

`pytest tests/engine --update-golden` writes it anew. Signs that would break a line are shown as pictures (`␊`), and the
middle of a long literal as its length and digest.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator
from hashlib import sha256

import pytest

from synth_expectations.engine.compiler import Compiler
from synth_expectations.engine.dialects.base import Dialect
from synth_expectations.engine.dialects.registry import built_in_dialects
from synth_expectations.engine.schema import Column, Columns, Family
from synth_expectations.rules.expressions import is_blank, is_one_of, lower, matches, normalize, only_where
from synth_expectations.testing import Engine
from synth_expectations.testing.readable_sql import hide_white_space
from tests.conftest import GOLDEN
from tests.engine.forms import AS_OF, FORMS, OTHER, TABLE, TEXT, YES
from tests.engine.whole_queries import whole_queries
from tests.families import FAMILIES

DIALECTS = built_in_dialects()
MADE_FROM = {"databricks": "spark"}
"""Dialects that another is made from: their files hold what differs."""
_NAMES = """
VARCHAR TEXT STRING CHAR varchar(20) UUID JSON BOOLEAN BOOL TINYINT SMALLINT INT INTEGER BIGINT HUGEINT UBIGINT INT64
DECIMAL(18,4) decimal NUMERIC BIGNUMERIC REAL FLOAT FLOAT64 DOUBLE DATE TIME DATETIME TIMESTAMP timestamp(3) TIMESTAMP_S
TIMESTAMP_MS TIMESTAMP_NS timestamp_ntz INTERVAL BLOB BYTES INTEGER[] array<string>
"""
TYPES: list[object] = [
    *_NAMES.split(),
    *("TIMESTAMP WITH TIME ZONE", "TIMESTAMP_NS WITH TIME ZONE", "timestamp(6) with time zone", "ENUM('a', 'b')"),
    *range(14),
    *(16, 18, 19, 20, 21, 23, 25, 26, 114, 700, 701, 1042, 1043, 1082, 1083, 1114, 1184, 1186, 1700, 2950, 3802),
]
"""What engines call types, those of all of them: names, the numbers of PostgreSQL and those of Snowflake."""

_LITERAL = re.compile(r"'(?:[^'\\]|''|\\.)*'", re.DOTALL)
_PICTURES = {code: 0x2400 + code for code in range(32)} | {0xA0: "\u237d"}
_LONG = 90
_LONG_LINE = 500


@pytest.mark.parametrize("name", DIALECTS)
def test_every_form_in_every_dialect(name: str, assert_golden: Callable[[str, str], None]) -> None:
    assert_golden(f"{name}.sql", "\n".join(_recorded(name)) + "\n")


@pytest.mark.only_on("duckdb", "postgresql", "spark")  # those of pandas are DuckDB's, warehouses' are in their lane
def test_whole_queries(engine: Engine, assert_golden: Callable[[str, str], None]) -> None:
    assert_golden(f"{engine.name}_queries.sql", whole_queries(engine))


def test_no_golden_file_is_left_over_and_all_can_be_read() -> None:
    known = {f"{name}{suffix}.sql" for name in DIALECTS for suffix in ("", "_queries")} | {"forms.txt"}
    sizes = {path.name: path.stat().st_size for path in GOLDEN.iterdir()}
    assert sizes.keys() <= known
    assert sum(sizes.values()) <= 200_000, sizes


def _recorded(name: str) -> Iterator[str]:
    """Yield the entries of a dialect; of one that is made from another, those that differ."""
    entries = _entries(DIALECTS[name])
    if name in MADE_FROM:
        yield f"-- as {MADE_FROM[name]}, but for:"
        parent = _entries(DIALECTS[MADE_FROM[name]])
        unset = {title: " as most dialects" for title in parent if title not in entries}
        entries = {title: text for title, text in entries.items() if text != parent.get(title)} | unset
    for title, text in entries.items():
        yield f"-- {title}{text}"


def _entries(dialect: Dialect) -> dict[str, str]:
    """Return settings and forms: for a title, what is written behind it."""
    forms = {name: f"\n{_shown(sql, dialect)}" for name, sql in _forms(dialect)}
    return {f"{name}:": f" {value}" for name, value in _settings(dialect)} | forms


def _settings(dialect: Dialect) -> Iterator[tuple[str, str]]:
    """Yield what a dialect sets otherwise than most, and which types it takes for which family."""
    for setting in dataclasses.fields(dialect):
        value = getattr(dialect, setting.name)
        if isinstance(value, str | int) and value != setting.default:
            yield setting.name, repr(value)
    for family in list(Family)[:-1]:
        yield family.value, ", ".join(str(kind) for kind in TYPES if dialect.type_family(kind) is family)
    if dialect.smallest_values:
        yield "smallest", dialect.smallest_values("x", 20)
    if dialect.smallest_of_rows:
        yield "smallest of rows", dialect.smallest_of_rows("kept", "c0", 20)


def _forms(dialect: Dialect) -> Iterator[tuple[str, str]]:
    """Yield the SQL of every form, by its name."""
    columns = Columns(
        [Column(name, FAMILIES[kind]) for name, kind in TABLE.kinds.items()], "the table", dialect.name_folding
    )
    compiler = Compiler(columns, dialect, AS_OF)
    for name, form in FORMS.items():
        yield name, compiler.compile(form)
    values = {YES: (" True ", "1"), is_blank(TEXT): ("", "\t")}
    known = Compiler(columns, dialect, AS_OF, distinct_values=values)
    shared = Compiler(columns, dialect, AS_OF, common={YES: "m0", lower(TEXT): "m1"})
    repeating = Compiler(columns, dialect, AS_OF, repeating=frozenset({"text"}))
    capital = matches(normalize(TEXT, "exact"), "[A-Z][a-z]+")
    guarded = Compiler(columns, dialect, AS_OF, common={only_where(capital, normalize(TEXT, "exact")): "m2"})
    for name, compiler, form in (
        ("distinct values are known", known, YES),
        ("distinct values are known, not", known, ~YES),
        ("distinct values are known, blank", known, is_blank(TEXT)),
        ("computed before", shared, YES),
        ("computed before, not", shared, ~YES),
        ("computed before, blank", shared, is_blank(TEXT)),
        ("computed before, of another value", shared, is_one_of(OTHER, [True])),
        ("values repeat, blank", repeating, is_blank(TEXT)),
        ("a capital first", repeating, capital),
        ("the guard of what is computed before", guarded, capital),
        ("the guard of what is computed before, not", guarded, ~capital),
    ):
        yield name, compiler.compile(form)


def _shown(sql: str, dialect: Dialect) -> str:
    line = _LITERAL.sub(lambda literal: _shortened(literal[0], _LONG), hide_white_space(sql, dialect))
    return _shortened(line, _LONG_LINE).translate(_PICTURES)


def _shortened(text: str, most: int) -> str:
    """Return a text with its middle, where it is longer, as a length and a digest."""
    if len(text) <= most:
        return text
    end = most // 4
    middle = text[end:-end]
    return f"{text[:end]}…{len(middle)} {sha256(middle.encode()).hexdigest()[:8]}…{text[-end:]}"
