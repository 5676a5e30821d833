"""Tables of a policy that are the same files, or the same table of a database: their records would count twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from synth_expectations.policy.compile.compiler import CompiledPolicy
from synth_expectations.policy.compile.table_checks import gx_source_of
from synth_expectations.policy.compile.where_sql import table_name
from synth_expectations.policy.table_entry import TableEntry

if TYPE_CHECKING:
    from synth_expectations.runner.project import Project


_HINT = "Keep one of them, a table may have several roles: role: [mixed, decisions]. Or divide them by where."


@dataclass(frozen=True)
class SharedRecords:
    """Two tables of a policy that read the same records.

    Attributes:
        sentence: what they share, by file and line.
        is_narrowed: whether only one of them has a `where`, so that it is part of the other, perhaps on purpose.
    """

    sentence: str
    is_narrowed: bool


def find_shared_records(project: Project, compiled: CompiledPolicy) -> Iterator[SharedRecords]:
    """Yield each pair of tables that share records. Tables that cannot be read are left to the other checks."""
    policy = compiled.policy
    readers: dict[Hashable, list[str]] = {}
    for table, entry in policy.tables.items():
        identities = _identify(project, compiled, table)
        shared: Counter[str] = Counter()
        for identity in identities:
            known = readers.setdefault(identity, [])
            shared.update(known)
            known.append(table)
        for other, count in shared.items():
            where = policy.tables[other].where
            if entry.where and where and entry.where != where:
                continue  # they divide the records
            narrowed = table if entry.where else other
            is_narrowed = entry.where != where
            consequence = (
                f"The records that where leaves in {narrowed} count twice."
                if is_narrowed
                else "Their records count twice."
            )
            sentence = f"{_format_shared(entry, table, other, count, len(identities))} {consequence}"
            at = ("tables", table, entry.files_word or "table")
            error = policy.error(at, sentence, "" if is_narrowed else _HINT)
            yield SharedRecords(error.format_located(), is_narrowed)


def _format_shared(entry: TableEntry, table: str, other: str, shared: int, total: int) -> str:
    if not entry.files:
        return f"{table} is the same table of the database as {other}."
    if shared == total:
        return f"Each file of {table} is a file of {other} too."
    return f"{shared} of the {total} files of {table} {'is a file' if shared == 1 else 'are files'} of {other} too."


def _identify(project: Project, compiled: CompiledPolicy, table: str) -> frozenset[Hashable]:
    entry = compiled.policy.tables[table]
    source = gx_source_of(entry)
    try:
        if entry.files:
            return project.sources.identify_files(source, table)
        kind, connection = (compiled.sources[source].get(key) for key in ("type", "connection_string"))
        name = table_name(compiled.policy, table)
        return project.sources.identify_table(source, name.sql(str(kind), connection), name.identify())
    except Exception:  # noqa: BLE001 - a driver may raise anything, and `check` reports it where it reads the table
        return frozenset()
