"""PostgreSQL."""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlglot import exp

from synth_expectations.engine.dialects.base import Dialect, StatementLimit, Status
from synth_expectations.engine.dialects.translations import (
    begins_small,
    call,
    cast,
    compose_by_normalize,
    equals_nan,
    is_column,
    is_printable,
    keep,
    to_utc,
)
from synth_expectations.engine.schema import Family
from synth_expectations.engine.trees import choose, conjoin, disjoin, enclose
from synth_expectations.errors import ConditionError

FAMILIES = {
    **dict.fromkeys((19, 25, 1042, 1043), Family.TEXT),  # name, text, bpchar, varchar
    **dict.fromkeys((20, 21, 23, 26), Family.NUMBER),  # int8, int2, int4, oid
    **dict.fromkeys((700, 701, 1700), Family.FLOAT),  # float4, float8, and numeric, which may be NaN too
    16: Family.BOOLEAN,
    1082: Family.DATE,
    1114: Family.NAIVE,
    1184: Family.ZONED,
    17: Family.BINARY,  # bytea
    2950: Family.UUID,
    18: Family.WRITTEN,  # "char", which has no collation
}
"""By the type's OID."""

_FIRST_OID_OF_USERS = 16384
"""FirstNormalObjectId in PostgreSQL's access/transam.h: types of extensions (citext) and users (enumerations) follow."""

_REST = "[89ab][0-9a-f]"
_UTF8 = (
    "^(0[1-9a-f]|[1-7][0-9a-f]"
    f"|(c[2-9a-f]|d[0-9a-f]){_REST}"
    f"|(e0[ab][0-9a-f]|e[1-9a-c]{_REST}|ed[89][0-9a-f]|e[ef]{_REST}){_REST}"
    f"|(f0[9ab][0-9a-f]|f[1-3]{_REST}|f48[0-9a-f]){_REST}{_REST})*$"
)
"""Matches bytes in hexadecimal digits that are UTF-8 without NUL: table 3-7 of the Unicode Standard."""


def _find_family(oid: Any) -> Family:
    """Return the family of a type; a domain is described as the type that it is made of."""
    is_of_users = isinstance(oid, int) and oid >= _FIRST_OID_OF_USERS
    return FAMILIES.get(oid, Family.WRITTEN if is_of_users else Family.OTHER)


def _decode(value: exp.Expr) -> exp.Expr:
    """Return bytes as text; what is no UTF-8, or may not fit into the encoding of the database, is escaped."""
    in_hexadecimal = call("ENCODE", value.copy(), exp.Literal.string("hex"))
    is_utf8 = exp.RegexpLike(this=in_hexadecimal, expression=exp.Literal.string(_UTF8))
    fits = exp.EQ(this=call("GETDATABASEENCODING"), expression=exp.Literal.string("UTF8"))
    decoded = call("CONVERT_FROM", value.copy(), exp.Literal.string("UTF8"))
    escaped = call("ENCODE", value.copy(), exp.Literal.string("escape"))
    return choose((conjoin(fits, is_utf8), decoded), otherwise=escaped)


def _collate(value: exp.Expr, collation: str) -> exp.Expr:
    return exp.Collate(this=value, expression=exp.to_identifier(collation, quoted=True))


def _compare_by_characters(value: exp.Expr) -> exp.Expr:
    """Return a text in collation C: others have an `I` without a small `i`, or take different texts for equal."""
    return _collate(value, "C")


def _sha256(text: exp.Expr) -> exp.Expr:
    """Return the SHA-256 of a text in UTF-8, whatever the encoding of the database; from version 11 on."""
    in_utf8 = call("CONVERT_TO", text, exp.Literal.string("UTF8"))
    return _collate(call("ENCODE", call("SHA256", in_utf8), exp.Literal.string("hex")), "C")


def _lower(text: exp.Expr) -> exp.Expr:
    """Return a text in small letters, as the database's locale knows them; Turkish ones make another letter of `I`."""
    small = call("REPLACE", text, exp.Literal.string("I"), exp.Literal.string("i"))
    return _collate(exp.Lower(this=_collate(small, "default")), "C")


def _lower_any(text: exp.Expr, small_letters: Mapping[str, str]) -> exp.Expr:
    """Return a text in small letters: by the database's locale, or, where that knows none beyond ASCII, by a table.

    The planner asks the locale once; the other branch is never computed.
    """
    known, *_ = small_letters
    large, small = exp.Literal.string(known), exp.Literal.string(small_letters[known])
    knows_letters = exp.EQ(this=exp.Lower(this=_collate(large, "default")), expression=small)
    in_locale = _collate(enclose(exp.Lower(this=_collate(enclose(text.copy()), "default"))), "C")
    letters, substitutes = map("".join, zip(*small_letters.items(), strict=True))
    by_table = call("TRANSLATE", text, exp.Literal.string(letters), exp.Literal.string(substitutes))
    return choose((knows_letters, in_locale), otherwise=exp.Lower(this=by_table))


def _is_plain_text(text: exp.Expr) -> exp.Expr:
    """Return whether a text is printable ASCII without white space around it: a sixth of what folding it costs."""
    return exp.RegexpLike(this=text.copy(), expression=exp.Literal.string("^[!-~]([ -~]*[!-~])?$"))


def _is_plain_key(key: exp.Expr, longest_nothing: int) -> exp.Expr:
    """Return whether a key is shorter than a Salesforce id and has no fraction (`.0`), and is no word for nothing."""
    length = call("OCTET_LENGTH", key.copy())
    begins_with_digit = exp.LT(this=key.copy(), expression=exp.Literal.string(":"))
    is_long = exp.GT(this=length.copy(), expression=exp.Literal.number(longest_nothing))
    return conjoin(
        exp.LT(this=length, expression=exp.Literal.number(18)),
        exp.GTE(this=key.copy(), expression=exp.Literal.string("0")),
        disjoin(is_long, begins_with_digit),
        exp.Not(this=exp.Like(this=key.copy(), expression=exp.Literal.string("%.0%"))),
        _is_plain_text(key),
    )


def _trim_unless_plain(trim: exp.Trim) -> exp.Expr:
    """Return a column's text as it is where it is plain; else trimmed by a list of characters, in twice the time."""
    if not is_column(trim.this):
        return trim.copy()
    return choose((_is_plain_text(trim.this), trim.this.copy()), otherwise=trim.copy())


def _smallest_of_rows(rows: str, flag: str, most: int) -> str:
    """Return the smallest keys of a common table expression, which is computed once however many such arrays read it."""
    return f"ARRAY(SELECT k FROM {rows} WHERE {flag} IS NOT NULL AND k IS NOT NULL ORDER BY k LIMIT {most})"


def _adapt_to_server(dialect: Dialect, connection: Any) -> Dialect:
    """Return the dialect of a database by the version and the encoding of its server."""
    version = getattr(connection.dialect, "server_version_info", None) or ()
    return _adapt_to_encoding(dialect if version >= (13,) else replace(dialect, snapshot=None), connection)


def _adapt_to_encoding(dialect: Dialect, connection: Any) -> Dialect:
    """Return the dialect of a database by its encoding, which the driver knows from the greeting.

    Raises:
        ConditionError: the encoding is SQL_ASCII, in which a byte is no character, or one that Python does not know.
    """
    driver = connection.connection.dbapi_connection
    status = getattr(driver, "info", driver)  # psycopg; psycopg2 has the method on the connection
    read = getattr(status, "parameter_status", None) or driver.get_parameter_status
    encoding = read("server_encoding") or "UTF8"
    if encoding == "UTF8":
        return dialect
    try:
        known = codecs.lookup(_ENCODINGS.get(encoding, encoding)).name
    except LookupError:
        raise ConditionError(
            f"The database's encoding is {encoding}, in which text cannot be compared.",
            "Move the data to a database in UTF8.",
        ) from None
    return replace(dialect, encoding=known, compose=keep)


def _limit_statements(milliseconds: int) -> str:
    """Return what limits statements until the transaction ends, unless the user has a stricter limit already."""
    return (
        f"SELECT set_config('statement_timeout', '{milliseconds}', true) FROM pg_settings "
        f"WHERE name = 'statement_timeout' AND (setting = '0' OR CAST(setting AS bigint) > {milliseconds})"
    )


_ENCODINGS = {
    **{f"LATIN{number}": f"iso8859-{part}" for number, part in enumerate((1, 2, 3, 4, 9, 10, 13, 14, 15, 16), 1)},
    **{f"WIN{page}": f"cp{page}" for page in (866, 874, *range(1250, 1259))},
    "KOI8R": "koi8-r",
    "KOI8U": "koi8-u",
}
"""Python's names of PostgreSQL's encodings, where they differ; Python calls no encoding SQL_ASCII."""

DIALECT = Dialect(
    name="postgresql",
    status=Status.PROVEN,
    sqlglot="postgres",
    package="psycopg[binary]",
    extra="postgres",
    sample_address="postgresql+psycopg://user:word@host/crm",
    doubles_percent=True,  # psycopg reads one as the start of a parameter
    data_source_type="postgres",
    host_address=True,  # and none of Unix sockets
    quotes_capitals=True,  # it folds a name without quotes to small letters, and compares exactly
    type_family=_find_family,
    from_zoned=to_utc,
    from_naive=keep,
    from_date=cast("TIMESTAMP"),
    second_digits=9,  # it rounds to six
    decode=_decode,
    empty_values=("{}", "[]", '""', "null"),  # arrays and JSON
    lower=_lower,
    lower_any=_lower_any,
    compose=compose_by_normalize,  # in a database in UTF8 alone
    binary=_compare_by_characters,
    is_plain_text=_is_plain_text,
    is_trimmed=_is_plain_text,
    is_surely_given=is_printable,
    begins_small=begins_small,
    is_plain_key=_is_plain_key,
    trim=_trim_unless_plain,
    sha256=_sha256,
    hash_of=lambda key: key,  # it hashes what it groups by
    smallest_of_rows=_smallest_of_rows,
    adapt=_adapt_to_server,
    is_nan=equals_nan,  # it has no ISNAN, and its NaN equals itself
    # a server has many names, and to_regclass looks along the search path as a query does
    table_identity="SELECT CAST(pg_catalog.pg_postmaster_start_time() AS text), CAST(oid AS text),"
    " CAST(CAST(pg_catalog.to_regclass(:name) AS oid) AS text)"
    " FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()",
    # https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-INFO-SNAPSHOT: from version 13 on
    snapshot="SELECT CAST(pg_catalog.pg_current_snapshot() AS text)",
    # https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-ROW-SECURITY
    row_security_off="SET LOCAL row_security = off",
    statement_limit=StatementLimit(_limit_statements, unset=None),
    shares_subexpressions=True,
    prefilter="words",  # trimming is costly beside lower case, a pattern three times as much as four words
    # It pulls subqueries up, and computes what they computed again wherever it is read. In quotes: a number is made a
    # bigint so late that the planner thinks of a limit, under which no workers read in parallel.
    optimizer_fence="'0'",
    reads_distinct_values=True,  # trimming and lower case take four times as long as reading a record
    rules_worth_a_scan=3,  # a condition is computed anew wherever it stands: what rows share is worth a scan
    max_patterns=30,  # it caches 32 compiled ones; the 33rd in a query made it 14 times slower
)
