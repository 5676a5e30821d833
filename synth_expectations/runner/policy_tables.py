"""The tables of a compiled policy, opened one by one outside of a run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from synth_expectations.engine.adapters.base import Adapter
from synth_expectations.engine.schema import Columns
from synth_expectations.errors import SynthError
from synth_expectations.expectations.provenance.expect_records_to_be_tagged import ExpectRecordsToBeTagged
from synth_expectations.policy.compile.compiler import CompiledPolicy, compile_policy
from synth_expectations.policy.compile.table_checks import gx_source_of
from synth_expectations.policy.load.loader import Policy
from synth_expectations.policy.roles import ROLES
from synth_expectations.policy.table_entry import Marker, TableEntry
from synth_expectations.policy.types import format_unknown
from synth_expectations.redaction import format_error
from synth_expectations.rules.expressions import field, normalize_key
from synth_expectations.rules.nodes import Condition
from synth_expectations.runner.project import open_project

if TYPE_CHECKING:
    from synth_expectations.runner.project import Project


@dataclass(frozen=True)
class PolicyTables:
    """The tables of a policy.

    Attributes:
        compiled: the policy, as it is compiled.
    """

    compiled: CompiledPolicy

    @classmethod
    def read(cls, root: Path) -> PolicyTables:
        """Return those of a project.

        Raises:
            SynthError: it has no policy, or the policy is not compiled as it is.
        """
        if not (root / "policy.yml").is_file():
            raise SynthError(f"There is no policy.yml in {root.name}.", "Start one with: synth-expectations init")
        compiled = compile_policy(root / "policy.yml")
        if compiled.stale:
            raise SynthError("The policy is not compiled as it is.", "Run synth-expectations compile first.")
        return cls(compiled)

    @property
    def policy(self) -> Policy:
        """The policy."""
        return self.compiled.policy

    @cached_property
    def project(self) -> Project:
        """The project, open."""
        return open_project(self.policy.directory)

    def find(self, table: str) -> TableEntry:
        """Return what the policy says of a table.

        Raises:
            SynthError: it has no such table.
        """
        if table not in self.policy.tables:
            sentence = format_unknown("table", table, self.policy.tables)
            raise SynthError(f"{sentence[0].upper()}{sentence[1:]}", "Name a table of the policy.")
        return self.policy.tables[table]

    def open(self, table: str) -> Adapter:
        """Return the adapter of all records of a table.

        Raises:
            SynthError: it cannot be read.
        """
        entry = self.find(table)
        try:
            adapter = self.project.sources.make_adapter(gx_source_of(entry), table)
            adapter.columns()
        except SynthError:
            raise
        except Exception as error:  # noqa: BLE001 - a driver may raise anything, and Great Expectations wraps it
            cause = error.__cause__ or error
            reason = format_error(getattr(cause, "orig", None) or cause).rstrip(".")
            raise SynthError(f"{table} cannot be read: {reason}.", "Check it: synth-expectations check") from None
        return adapter

    def list_filters(self, names: Iterable[str]) -> list[tuple[str, str]]:
        """Return which rows of some tables the policy leaves out, each with its filter."""
        filters = ((name, self.find(name).where) for name in dict.fromkeys(names))
        return [(f"rows of {name} that the policy's where leaves out", where) for name, where in filters if where]

    def find_key(self, table: str) -> str:
        """Return the column of a table's record key.

        Raises:
            SynthError: the policy names none.
        """
        key = (self.find(table).columns or {}).get("key")
        if not key:
            raise SynthError(f"The policy names no key of {table}.", f"Add it: tables.{table}.columns.key")
        return key

    def form_key(self, table: str, column: str) -> Condition:
        """Return a column of keys in their comparable form, as the kind that the policy declares."""
        return normalize_key(field(column), self.find(table).key_kinds.get(column, ""))

    def list_kinds(self, table: str, columns: Columns) -> list[tuple[str, Condition]]:
        """Return the kinds of records by the marker of a table, each with its condition; none if nothing tells them.

        Args:
            table: the name of the table.
            columns: that it has: the policy's defaults may name a marker that a table of another role does not have.
        """
        entry = self.find(table)
        if entry.all:
            return list(ExpectRecordsToBeTagged(all_records=entry.all).census())
        if not isinstance(entry.marker, Marker) or not entry.marker.column:
            return []
        needs_marker = any(ROLES[role].has_marker for role in entry.role or ())
        if not needs_marker and columns.lacking(entry.marker.column, "") == "missing":
            return []
        values = {f"{name}_values": getattr(entry.marker, name) for name in ("synthetic", "real", "partial", "masked")}
        given = {name: value for name, value in values.items() if value is not None}
        return list(ExpectRecordsToBeTagged(marker_column=entry.marker.column, **given).census())
