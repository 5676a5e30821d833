"""Counts of a table's records and, for a few telling columns, of their values."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

import sqlalchemy as sa

from synth_expectations.engine.schema import TEXTS, Family
from synth_expectations.expectations.declarations import PROVENANCE
from synth_expectations.expectations.signatures import read_list
from synth_expectations.policy.infer import names
from synth_expectations.policy.infer.calling_codes import CodeGuess, guess_calling_code
from synth_expectations.policy.infer.codes import may_be_kept
from synth_expectations.policy.infer.flags import holds
from synth_expectations.policy.infer.issued_numbers import find_argument, read_numbers
from synth_expectations.policy.infer.key_kind import guess_kind
from synth_expectations.policy.infer.marker import find_marker
from synth_expectations.policy.infer.model import TODO, ColumnProfile, IssuedNumbers, TableProfile
from synth_expectations.policy.infer.references import list_pointing
from synth_expectations.policy.infer.samples import SAMPLED, choose_columns, read_sample
from synth_expectations.policy.infer.tags import count_tags, is_list_of_tags
from synth_expectations.policy.infer.versions import guess_version_format
from synth_expectations.rules.key_kinds import KeyKind

Columns = Sequence[tuple[str, Family]]

MOST_VALUES = 20
"""More distinct values than that are not a list of methods or purposes, but text that people wrote."""
_MOST_WRITINGS = 3 * MOST_VALUES  # of values that compare alike: any case, spaces around them
_KEYS = 3  # each costs a scan and a hash of all its values


def count_records(
    connection: sa.Connection,
    source: sa.FromClause,
    columns: Columns,
    table: str,
    batch: str | None,
    primary_key: str | None = None,
) -> tuple[int, tuple[ColumnProfile, ...]]:
    """Count the records and profile each column.

    Args:
        connection: open; nothing is written.
        source: the table.
        columns: its names and kinds of value.
        table: its name, for its key.
        batch: the column that tells snapshots apart; a key may repeat in each of them.
        primary_key: the column that the database keeps unique.

    Raises:
        sqlalchemy.exc.SQLAlchemyError: the engine refused.
    """
    valued, flags = choose_columns(connection, source, columns)
    families = dict(columns)
    is_registry = names.guess_role(table, families) == "registry"
    foreign = [] if is_registry else names.find_columns("dataset_id", columns)
    keys = [primary_key] if primary_key else names.find_keys(table, columns, foreign)[:_KEYS]
    known = set(valued) | set(keys) | _list_known_columns(columns)
    counted = [name for name, _ in columns if name in known]
    selected = [
        *[sa.func.count(_to_clause(name)) for name in counted],
        *[_count_if(holds(name, families[name], flag.true)) for name, flag in flags.items()],
    ]
    rows, *counts = _read_counts(connection, source, selected)
    filled = dict(zip(counted, counts, strict=False))
    flags = {
        name: replace(flag, count=count)
        for (name, flag), count in zip(flags.items(), counts[len(counted) :], strict=True)
    }
    values = {name: _read_values(connection, source, name) for name in valued}
    secret = _find_personal_values(connection, source, columns, values)
    unique = {
        name: "yes"
        if name == primary_key
        else _classify_uniqueness(connection, source, name, batch, rows)
        if filled[name] == rows
        else "no"
        for name in keys
    }
    samples = read_sample(connection, source, list_pointing(columns))
    kinds = {
        name: _guess_kind(connection, source, name)
        for name, how in unique.items()
        if how != "no" and families[name] in TEXTS
    }
    codes = _guess_codes(connection, source, columns, filled)
    issued = _read_issued_numbers(connection, source, columns)
    lists = read_sample(
        connection,
        source,
        [name for name, family in columns if family in {*TEXTS, Family.OTHER} and is_list_of_tags(name)],
    )
    profiles = tuple(
        ColumnProfile(
            name,
            family,
            filled.get(name),
            _drop_private(values.get(name), secret),
            unique.get(name),
            kinds.get(name),
            flags.get(name),
            calling_code=codes.get(name),
            issued=issued.get(name),
            tags=count_tags(lists[name]) if name in lists else None,
            sample=frozenset(samples[name]) if name in samples else None,
        )
        for name, family in columns
    )
    return rows, _add_provenance(connection, source, table, rows, profiles)


def count_known(connection: sa.Connection, source: sa.FromClause, column: str, values: Collection[object]) -> int:
    """Return how many of some keys a column has; Salesforce's of 15 and 18 letters are one.

    Raises:
        sqlalchemy.exc.SQLAlchemyError: the engine refused.
    """
    key: sa.ColumnElement[Any] = _to_clause(column)
    wanted = set(values)
    if guess_kind([*wanted]) == "salesforce_id":
        key, wanted = sa.func.substr(key, 1, 15), {str(value).strip()[:15] for value in wanted}
    query = sa.select(sa.func.count(key.distinct())).select_from(source).where(key.in_(list(wanted)))
    found = int(connection.execute(query).fetchall()[0][0])
    return found if len(wanted) == len(values) else round(found * len(values) / len(wanted))


def _add_provenance(
    connection: sa.Connection, source: sa.FromClause, table: str, rows: int, profiles: tuple[ColumnProfile, ...]
) -> tuple[ColumnProfile, ...]:
    """Return the profiles with what the columns named like provenance hold, where the table has a marker."""
    marker = find_marker(TableProfile(table, "table", table, "", "", rows, profiles))
    if marker is None:
        return profiles
    columns = [(column.name, column.family) for column in profiles]
    found = {name for word in PROVENANCE for name in names.find_columns(word, columns, weak=True)} - {marker.column}
    named = [(name, family) for name, family in columns if name in found]
    real = marker.lines["real"].value
    of_real: dict[str, int] = {}
    if named and real is not TODO and marker.seen.get("real"):
        is_real = holds(marker.column, dict(columns)[marker.column], real)
        _, *counts = _read_counts(
            connection, source, [_count_if(sa.and_(is_real, _is_given(name, family))) for name, family in named]
        )
        of_real = dict(zip([name for name, _ in named], counts, strict=True))
    versions = names.find_columns("algorithm_version", columns, weak=True, excluded=[marker.column])[:1]
    forms = {name: guess_version_format(values) for name, values in _read_given(connection, source, versions).items()}
    return tuple(
        replace(column, filled_by_real=of_real.get(column.name), version=forms.get(column.name)) for column in profiles
    )


def _read_given(connection: sa.Connection, source: sa.FromClause, names_of: list[str]) -> dict[str, list[Any]]:
    """Return some distinct values of each column, without NULL."""
    read = {}
    for name in names_of:
        column = _to_clause(name)
        query = sa.select(column.label("synth_v")).select_from(source).where(column.is_not(None)).distinct()
        read[name] = [row[0] for row in connection.execute(query.limit(SAMPLED)).fetchall()]
    return read


def _is_given(name: str, family: Family) -> sa.ColumnElement[bool]:
    """Return that a column has a value, and no placeholder such as `n/a`."""
    column = _to_clause(name)
    if family != Family.TEXT:
        return column.is_not(None)
    return sa.func.lower(sa.func.trim(column)).not_in(["", *sorted(read_list("placeholders"))])


def _count_if(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[Any]:
    return sa.func.sum(sa.case((condition, 1), else_=0))


def _read_counts(connection: sa.Connection, source: sa.FromClause, counts: list[sa.ColumnElement[Any]]) -> list[int]:
    """Return the number of rows, and the other counts of one scan."""
    labelled = [count.label(f"n{i}") for i, count in enumerate(counts)]
    query = sa.select(sa.func.count().label("synth_n"), *labelled).select_from(source)
    [row] = connection.execute(query).fetchall()
    return [int(count or 0) for count in row]


def _list_known_columns(columns: Columns) -> set[str]:
    return {name for word in names.load_patterns() for name in names.find_columns(word, columns, weak=True)}


def _read_values(connection: sa.Connection, source: sa.FromClause, name: str) -> tuple[tuple[Any, int], ...] | None:
    column, number = _to_clause(name), sa.func.count().label("synth_n")
    query = sa.select(column.label("synth_v"), number).select_from(source).where(column.is_not(None)).group_by(column)
    rows = connection.execute(
        query.order_by(sa.desc("synth_n"), sa.asc("synth_v")).limit(_MOST_WRITINGS + 1)
    ).fetchall()
    folded: dict[Any, tuple[Any, int]] = {}
    for value, count in rows:
        folded_value = value.strip().lower() if isinstance(value, str) else value
        first, before = folded.get(folded_value, (value, 0))  # the most frequent writing stands for the others
        folded[folded_value] = first, before + int(count)
    return None if len(rows) > _MOST_WRITINGS or len(folded) > MOST_VALUES else tuple(folded.values())


def _find_personal_values(
    connection: sa.Connection, source: sa.FromClause, columns: Columns, values: dict[str, Any]
) -> set[str]:
    """Return the values that are also someone's name or e-mail address, and must not be shown.

    A column called `method` may hold anything, in the end.
    """
    shown_values = {
        value.strip().lower() for pairs in values.values() for value, _ in pairs or () if isinstance(value, str)
    }
    texts_only = [(name, family) for name, family in columns if family == Family.TEXT]
    people = [name for word in names.IDENTIFIERS for name in names.find_columns(word, texts_only)]
    if not shown_values or not people:
        return set()
    texts: list[sa.ColumnElement[Any]] = [_to_clause(name) for name in dict.fromkeys(people)]
    first, last = names.find_columns("first_name", texts_only), names.find_columns("last_name", texts_only)
    if first and last:
        texts.append(_to_clause(first[0]).concat(" ").concat(_to_clause(last[0])))
    private: set[str] = set()
    for text in texts:
        lowered = sa.func.lower(sa.func.trim(text))
        query = (
            sa.select(lowered.label("synth_v")).select_from(source).where(lowered.in_(sorted(shown_values))).distinct()
        )
        private |= {row[0] for row in connection.execute(query).fetchall()}
    return private


def _drop_private(
    pairs: tuple[tuple[Any, int], ...] | None, secret: Iterable[str]
) -> tuple[tuple[Any, int], ...] | None:
    if pairs is None:
        return None
    hidden = set(secret)
    return tuple((value, n) for value, n in pairs if may_be_kept(value) and str(value).strip().lower() not in hidden)


def _classify_uniqueness(
    connection: sa.Connection, source: sa.FromClause, name: str, batch: str | None, rows: int
) -> Literal["yes", "in batch", "no"]:
    if _count_distinct(connection, source, [name]) == rows:
        return "yes"
    return "in batch" if batch and _count_distinct(connection, source, [name, batch]) == rows else "no"


def _guess_kind(connection: sa.Connection, source: sa.FromClause, name: str) -> KeyKind | None:
    query = sa.select(_to_clause(name).label("synth_v")).select_from(source).limit(SAMPLED)
    return guess_kind([row[0] for row in connection.execute(query).fetchall()])


def _read_issued_numbers(
    connection: sa.Connection, source: sa.FromClause, columns: Columns
) -> dict[str, IssuedNumbers | None]:
    """Return which columns that are named like cards or social security numbers hold such numbers."""
    arguments = {
        name: argument
        for name, family in columns
        if family in {*TEXTS, Family.NUMBER} and (argument := find_argument(name))
    }
    samples = read_sample(connection, source, list(arguments))
    return {name: read_numbers(arguments[name], values) for name, values in samples.items()}


def _guess_codes(
    connection: sa.Connection, source: sa.FromClause, columns: Columns, filled: Mapping[str, int]
) -> dict[str, CodeGuess]:
    """Return the calling code of the numbers without one, of the column that would be an identifier."""
    phones = names.put_filled_first(names.find_columns("phone", columns), filled)[:1]
    countries = names.put_filled_first(names.find_columns("country", columns), filled)[:1]
    if not phones:
        return {}
    selected = [_to_clause(name).label(f"c{i}") for i, name in enumerate((*phones, *countries))]
    given = sa.select(*selected).select_from(source).where(_to_clause(phones[0]).is_not(None))
    rows = connection.execute(given.limit(SAMPLED)).fetchall()
    guess = guess_calling_code((row[0], row[1] if countries else None) for row in rows)
    return {phones[0]: guess} if guess else {}


def _count_distinct(connection: sa.Connection, source: sa.FromClause, columns: list[str]) -> int:
    labelled = [_to_clause(name).label(f"c{i}") for i, name in enumerate(columns)]
    inner = sa.select(*labelled).select_from(source).distinct().subquery("found")
    return int(connection.execute(sa.select(sa.func.count().label("synth_n")).select_from(inner)).fetchall()[0][0])


def _to_clause(name: str) -> sa.ColumnClause[Any]:
    # A lower-case name from an engine that folds to upper case is one written without quotes: SQLAlchemy knows when.
    return sa.column(name)
