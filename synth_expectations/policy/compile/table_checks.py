"""What is wrong with a table of a policy, before its expectations are looked at."""

from __future__ import annotations

import re
from collections.abc import Iterator

from synth_expectations.expectations.catalogue import all_expectations
from synth_expectations.policy.data_source import OF_FILES
from synth_expectations.policy.errors import PolicyError
from synth_expectations.policy.load.loader import Policy
from synth_expectations.policy.load.plain_yaml import Address
from synth_expectations.policy.roles import ROLES
from synth_expectations.policy.table_entry import TableEntry
from synth_expectations.policy.types import format_unknown
from synth_expectations.policy.vocabulary import column_words, gx_expectations, reference_words

IDENTIFIER_HINT = "Name a column that says nothing of the person."
"""What to do about a key that is an identifier."""

_EMAIL = re.compile(r"'[^'%\s@]+@[^'%\s@]+\.[^'%\s@.]+'")
"""A whole address between quotes: `'%@shop.example'` names a domain, and no person."""

EXTRACTS = ("csv", "json")
"""The words of tables whose files are text."""


def source_of(entry: TableEntry) -> str:
    """Return the name of a table's data source."""
    return entry.files[0].partition("/")[0] if entry.files else entry.data_source or ""


ON_SPARK = "__spark"
"""How the name of a data source ends if Spark reads its files."""


def gx_source_of(entry: TableEntry) -> str:
    """Return the name of a table's data source in Great Expectations, which has another one for files on Spark."""
    return source_of(entry) + (ON_SPARK if entry.engine == "spark" else "")


def table_errors(policy: Policy, name: str, entry: TableEntry) -> Iterator[PolicyError]:
    """Yield what is wrong with a table, before its expectations are looked at."""
    here: Address = ("tables", name)
    twins = [table for table in policy.tables if table.casefold() == name.casefold()]
    if name != twins[0]:
        message = f"{name}: {twins[0]} differs from it only by case, and so would their files."
        yield policy.error(here, message, "Rename one of them.")
    if not entry.role:
        yield policy.error(here, f"{name} has no role.", f"There are {', '.join(ROLES)}.")
    yield from _source_errors(policy, name, entry)
    yield from _marker_errors(policy, name, entry)
    yield from _column_errors(policy, name, entry)
    yield from _completeness_errors(policy, name, entry)
    yield from _filter_errors(policy, name, entry)
    known = all_expectations().keys() | gx_expectations().keys()
    for block in ("expectations", "exclude"):
        for type_name in (getattr(entry, block) or {}).keys() - known:
            message = f"{name}: {format_unknown('expectation', type_name, known)}"
            yield policy.error((*here, block, type_name), message, "See: synth-expectations list.")
    columns = {word for word, column in (entry.columns or {}).items() if column}
    for reference in (entry.references or {}).keys() - reference_words() - columns:
        at = (*here, "references", reference)
        yield policy.error(at, f"{name}: {format_unknown('reference', reference, reference_words())}")


def _completeness_errors(policy: Policy, name: str, entry: TableEntry) -> Iterator[PolicyError]:
    """Yield what a table does not say of the reference that says how many rows its source has."""
    if entry.complete is None or entry.complete.reference is None:
        return
    at: Address = ("tables", name, "complete", "rows_from")
    word, column = entry.complete.reference
    referenced = (entry.references or {}).get(word, ())
    if not referenced or not column:
        message = f"{name}: complete.rows_from is {entry.complete.rows_from}, and the table has no such reference."
        yield policy.error(at, message, "Write a reference and a word of its columns, such as sync_runs.rows.")
        return
    columns = (policy.tables[referenced[0].table].columns or {}) if referenced[0].table in policy.tables else {}
    for missing in {column, "ended_at"} - {word for word, name_ in columns.items() if name_}:
        message = f"{name}: complete.rows_from needs columns.{missing} of {referenced[0].table}."
        yield policy.error(at, message, f"Add {missing}: <its column> there.")


def _filter_errors(policy: Policy, name: str, entry: TableEntry) -> Iterator[PolicyError]:
    """Yield the filters that name a person: the policy is kept with each run, and goes to whoever reads the evidence."""
    filters: list[tuple[Address, str | None]] = [(("where",), entry.where)]
    for type_name, tunings in (entry.expectations or {}).items():
        filters += [(("expectations", type_name, "row_condition"), tuning.row_condition) for tuning in tunings]
    for at, condition in filters:
        if condition and _EMAIL.search(condition):
            message = f"{name}: {'.'.join(map(str, at))} holds an e-mail address, and the policy is kept as evidence."
            yield policy.error(("tables", name, *at), message, "Leave the record out by its key, or by another column.")


def _column_errors(policy: Policy, name: str, entry: TableEntry) -> Iterator[PolicyError]:
    at: Address = ("tables", name, "columns")
    columns = {word: column for word, column in (entry.columns or {}).items() if column}
    for role in entry.role or ():
        for word in ROLES[role].columns:
            if word not in columns:
                message = f"{name}: columns.{word} is missing, which role {role} needs."
                yield policy.error(at, message, f"Add {word}: <its column>, or give the table another role.")
    for word in columns.keys() - column_words() - (entry.references or {}).keys():
        yield policy.error((*at, word), f"{name}: {format_unknown('word of columns', word, column_words())}")
    if is_identifier(entry, columns.get("key")):
        yield policy.error((*at, "key"), f"{name}: {identifier_message(columns['key'])}", IDENTIFIER_HINT)


def _source_errors(policy: Policy, name: str, entry: TableEntry) -> Iterator[PolicyError]:
    here: Address = ("tables", name)
    given = [word for word in ("parquet", "csv", "json_lines", "table") if getattr(entry, word)]
    if len(given) != 1:
        yield policy.error(here, f"{name} needs one of parquet:, csv:, json: and table:.", "Say where its records lie.")
        return
    word = entry.files_word
    if word and entry.data_source:
        message = f"{name}: {word}: already names the data source."
        yield policy.error((*here, "data_source"), message, "Remove data_source.")
    if entry.table and not entry.data_source:
        yield policy.error((*here, "table"), f"{name}: table: needs data_source.", "Name one of data_sources.")
        return
    if entry.engine and word is None:
        message = f"{name}: engine: {entry.engine} is for parquet:, and the rules of a table: run in its database."
        hint = "Leave engine out here; if defaults or a profile say it, move it to the tables with parquet:."
        yield policy.error((*here, "engine"), message, hint)
    if entry.engine == "spark" and word in EXTRACTS:
        message = f"{name}: engine: spark is for parquet:, and {word}: is read by DuckDB."
        yield policy.error((*here, "engine"), message, "Leave engine out here, or write the table to Parquet.")
    yield from _digest_errors(policy, name, entry)
    yield from _extract_errors(policy, name, entry)
    sources = {glob.partition("/")[0] for glob in entry.files} or {entry.data_source or ""}
    at = (*here, word or "data_source")
    for glob in entry.files:
        if not glob.partition("/")[2]:
            ending = "jsonl" if word == "json" else word
            yield policy.error(
                at, f"{name}: {glob} names no files.", f"Write {glob.rstrip('/')}/*.{ending}, or the like."
            )
    if len(sources) > 1:
        yield policy.error(at, f"{name}: its files lie in several data sources: {', '.join(sorted(sources))}.")
    known = policy.words.data_sources
    for source in sorted(sources - known.keys()):
        yield policy.error(at, f"{name}: {format_unknown('data source', source, known)}")
    for source in sorted(sources & known.keys()):
        kind = known[source].type
        if kind and (kind in OF_FILES) != bool(word):
            holds, instead = ("files", "parquet:, csv: or json:") if kind in OF_FILES else ("tables", "table:")
            yield policy.error(
                at, f"{name}: {source} is of type {kind}, which holds {holds}.", f"Write {instead} instead."
            )
        elif kind == "parquet" and word in EXTRACTS:
            message = f"{name}: {source} is of type parquet, which holds files of Parquet alone."
            yield policy.error(at, message, f"Write type: files for {source}.")


def _digest_errors(policy: Policy, name: str, entry: TableEntry) -> Iterator[PolicyError]:
    """Yield what is wrong with the digests of a table of fingerprints."""
    if entry.sha256 is None:
        return
    if not entry.holds_fingerprints or entry.files_word != "parquet":
        message = f"{name}: sha256: is for files of fingerprints."
        yield policy.error(("tables", name, "sha256"), message, "Remove it, or give role: fingerprints and parquet:.")
    elif any(re.fullmatch("[0-9a-f]{64}", digest) is None for digest in entry.sha256):
        message = f"{name}: sha256: has a digest that is not 64 letters and digits."
        yield policy.error(("tables", name, "sha256"), message, "Copy what the command fingerprint printed.")


def _extract_errors(policy: Policy, name: str, entry: TableEntry) -> Iterator[PolicyError]:
    """Yield what is wrong with the format and the types of an extract."""
    word = entry.files_word
    said = [block for block in ("format", "types") if getattr(entry, block) is not None]
    if word not in EXTRACTS:
        for block in said:
            hint = "Remove it; if defaults or a profile say it, move it to the tables with csv: or json:."
            yield policy.error(("tables", name, block), f"{name}: {block}: is for csv: and json:.", hint)
        return
    from synth_expectations.engine.extracts.extract import build_extract  # it imports pyarrow

    for block in said:
        words = entry.format.words if entry.format and block == "format" else {}
        try:
            build_extract("csv" if word == "csv" else "json", words, (entry.types or {}) if block == "types" else {})
        except ValueError as error:
            yield policy.error(("tables", name, block), f"{name}: {error}.")


def _marker_errors(policy: Policy, name: str, entry: TableEntry) -> Iterator[PolicyError]:
    here: Address = ("tables", name)
    marked = [role for role in entry.role or () if ROLES[role].has_marker]
    if entry.marker == "none":
        if entry.all is None:
            yield policy.error((*here, "marker"), f"{name}: marker none needs all: real or all: synthetic.")
        if "mixed" in marked:
            message = f"{name}: a mixed table needs a marker: nothing else says which records are synthetic."
            yield policy.error((*here, "marker"), message, "Name its column, or give the table another role.")
    elif marked and not (entry.marker and entry.marker.column):
        message = f"{name}: marker.column is missing, which role {marked[0]} needs."
        yield policy.error(here, message, "Name it, or write marker: none with all: real or all: synthetic.")
    elif entry.all is not None and entry.marker:
        yield policy.error((*here, "all"), f"{name}: all: is for tables with marker: none.", "Remove one of them.")


def identifier_message(key: str) -> str:
    """Return what is wrong with a key that is an identifier."""
    return f"the key {key} is an identifier, and keys are shown in results."


def is_identifier(entry: TableEntry, column: str | None) -> bool:
    """Return whether a column, or one that fills it in, identifies a person."""
    return bool(column and entry.identifiers and entry.identifiers.has_column_in(entry.first_of.get(column, (column,))))
