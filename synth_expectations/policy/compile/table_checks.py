"""What is wrong with a table of a policy, before its expectations are looked at."""

from __future__ import annotations

from collections.abc import Iterator

from synth_expectations.expectations.catalogue import all_expectations
from synth_expectations.policy.errors import PolicyError
from synth_expectations.policy.load.loader import Policy
from synth_expectations.policy.load.yaml import Address
from synth_expectations.policy.roles import ROLES
from synth_expectations.policy.schema import TableEntry
from synth_expectations.policy.types import format_unknown
from synth_expectations.policy.vocabulary import column_words, of_great_expectations, reference_words

OTHER_KEY = "Name a column that says nothing of the person."
"""What to do with a key that is an identifier."""


def source_of(entry: TableEntry) -> str:
    """The name of a table's data source."""
    return entry.parquet[0].partition("/")[0] if entry.parquet else entry.data_source or ""


ON_SPARK = "__spark"
"""What the name of a data source ends with where Spark reads its files."""


def gx_source_of(entry: TableEntry) -> str:
    """Great Expectations' data source of a table: the policy's, or for its files on Spark one beside it."""
    return source_of(entry) + (ON_SPARK if entry.engine == "spark" else "")


def problems(policy: Policy, name: str, entry: TableEntry) -> Iterator[PolicyError]:
    """What is wrong with a table, before its expectations are looked at."""
    here: Address = ("tables", name)
    twins = [each for each in policy.tables if each.casefold() == name.casefold()]
    if name != twins[0]:
        said = f"{name}: {twins[0]} differs from it only by case, and so would their files."
        yield policy.error(here, said, "Rename one of them.")
    if not entry.role:
        yield policy.error(here, f"{name} has no role.", f"There are {', '.join(ROLES)}.")
    yield from _of_source(policy, name, entry)
    yield from _of_marker(policy, name, entry)
    columns = {word: column for word, column in (entry.columns or {}).items() if column}
    for role in entry.role or ():
        for word in ROLES[role].columns:
            if word not in columns:
                hint = f"Add {word}: <its column>, or exclude what needs it by removing the role."
                yield policy.error(
                    (*here, "columns"), f"{name}: columns.{word} is missing, which role {role} needs.", hint
                )
    for word in columns.keys() - column_words() - (entry.references or {}).keys():
        yield policy.error(
            (*here, "columns", word), f"{name}: {format_unknown('word of columns', word, column_words())}"
        )
    if is_identifier(entry, columns.get("key")):
        yield policy.error((*here, "columns", "key"), f"{name}: {shown_key(columns['key'])}", OTHER_KEY)
    known = {*all_expectations(), *of_great_expectations()}
    for block in ("expectations", "exclude"):
        for kind in (getattr(entry, block) or {}).keys() - known:
            later = any(kind in role.picks for role in ROLES.values())
            said = f"{kind} is not in this version." if later else format_unknown("expectation", kind, known)
            yield policy.error(
                (*here, block, kind), f"{name}: {said}", "" if later else "See: synth-expectations list."
            )
    for reference in (entry.references or {}).keys() - reference_words() - columns.keys():
        at = (*here, "references", reference)
        yield policy.error(at, f"{name}: {format_unknown('reference', reference, reference_words())}")


def _of_source(policy: Policy, name: str, entry: TableEntry) -> Iterator[PolicyError]:
    here: Address = ("tables", name)
    if bool(entry.parquet) == bool(entry.table):
        yield policy.error(here, f"{name} needs either parquet: or table:.", "Say where its records lie.")
        return
    if entry.parquet and entry.data_source:
        yield policy.error(
            (*here, "data_source"), f"{name}: parquet: already names the data source.", "Remove data_source."
        )
    if entry.table and not entry.data_source:
        yield policy.error((*here, "table"), f"{name}: table: needs data_source.", "Name one of data_sources.")
        return
    if entry.table and entry.engine:
        said = f"{name}: engine: {entry.engine} is for parquet:, and the rules of a table: run in its database."
        hint = "Leave engine out here; if defaults or a profile say it, move it to the tables with parquet:."
        yield policy.error((*here, "engine"), said, hint)
    sources = {each.partition("/")[0] for each in entry.parquet} if entry.parquet else {entry.data_source or ""}
    at = (*here, "parquet" if entry.parquet else "data_source")
    for each in entry.parquet or ():
        if not each.partition("/")[2]:
            source = each.rstrip("/")
            yield policy.error(at, f"{name}: {each} names no files.", f"Write {source}/*.parquet, or the like.")
    if len(sources) > 1:
        yield policy.error(at, f"{name}: its files lie in several data sources: {', '.join(sorted(sources))}.")
    for source in sorted(sources - policy.words.data_sources.keys()):
        yield policy.error(at, f"{name}: {format_unknown('data source', source, policy.words.data_sources)}")
    for source in sorted(sources & policy.words.data_sources.keys()):
        kind = policy.words.data_sources[source].type
        if kind and (kind == "parquet") != bool(entry.parquet):
            said = f"{source} is of type {kind}, which holds {'files' if kind == 'parquet' else 'tables'}."
            yield policy.error(at, f"{name}: {said}", f"Write {'parquet' if kind == 'parquet' else 'table'}: instead.")


def _of_marker(policy: Policy, name: str, entry: TableEntry) -> Iterator[PolicyError]:
    here: Address = ("tables", name)
    marked = [role for role in entry.role or () if ROLES[role].has_marker]
    if entry.marker == "none":
        if entry.all is None:
            yield policy.error((*here, "marker"), f"{name}: marker none needs all: real or all: synthetic.")
        if "mixed" in marked:
            said = f"{name}: a mixed table needs a marker: nothing else says which records are synthetic."
            yield policy.error((*here, "marker"), said, "Name its column, or give the table another role.")
    elif marked and not (entry.marker and entry.marker.column):
        said = f"{name}: marker.column is missing, which role {marked[0]} needs."
        yield policy.error(here, said, "Name it, or write marker: none with all: real or all: synthetic.")
    elif entry.all is not None and entry.marker:
        yield policy.error((*here, "all"), f"{name}: all: is for tables with marker: none.", "Remove one of them.")


def shown_key(key: str) -> str:
    """What is wrong with a key that is an identifier."""
    return f"the key {key} is an identifier, and keys are shown in results."


def is_identifier(entry: TableEntry, column: str | None) -> bool:
    """Whether a column, or one that it is the first of, names a person."""
    return bool(column and entry.identifiers and entry.identifiers.has_column_in(entry.first_of.get(column, (column,))))
