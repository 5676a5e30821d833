"""Hold the rows of a table against those of its source: a manifest, or the last run of a synchronisation."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from synth_expectations.engine.adapters.value_queries import SampleQuery
from synth_expectations.engine.compiler import Compiler
from synth_expectations.errors import SynthError, nearest
from synth_expectations.policy.compile.table_checks import gx_source_of
from synth_expectations.policy.completeness import Complete, ManifestRows
from synth_expectations.policy.data_source import OF_FILES
from synth_expectations.policy.load.loader import Policy
from synth_expectations.policy.table_entry import TableEntry
from synth_expectations.redaction import format_error, mask_credentials
from synth_expectations.report.model import TableReport
from synth_expectations.report.source_state import SourceRows
from synth_expectations.rules.census import ALL
from synth_expectations.rules.expressions import as_of as moment_of_run
from synth_expectations.rules.expressions import field as value_of
from synth_expectations.rules.expressions import is_before, is_one_of, to_timestamp
from synth_expectations.validation.source_tables import locate

if TYPE_CHECKING:
    from synth_expectations.runner.project import Project

_MOST_RUNS = 10_000
"""How many runs of a synchronisation are looked through for the last one."""


class UnknownRowsError(SynthError):
    """The number of rows of a source cannot be told."""


@dataclass(frozen=True)
class CompletenessCheck:
    """Holds tables against their sources.

    Attributes:
        project: that is open.
        policy: None for a project without one.
        as_of: the time for which expectations are evaluated.
    """

    project: Project
    policy: Policy | None
    as_of: datetime
    _known: dict[str, SourceRows] = field(default_factory=dict, repr=False)

    def reconcile(self, report: TableReport) -> TableReport:
        """Return the report of a table with the rows of its source, if the policy says who knows them."""
        entry = self.policy.tables.get(report.table) if self.policy else None
        if entry is None or entry.complete is None:
            return report
        if report.table not in self._known:
            self._known[report.table] = self._read(report.table, entry, entry.complete)
        source, rows = self._known[report.table], report.rows.source if report.rows else report.records.get(ALL)
        if source.count is not None and rows is not None and not report.error:
            source = replace(source, difference=rows - source.count)
        clause = source.format_difference()
        doubts = [f"unreconciled: {clause}"] if clause else [f"unreconciled: {source.error}"] if source.error else []
        return replace(report, source_rows=source, doubts=(*report.doubts, *doubts))

    def _read(self, table: str, entry: TableEntry, complete: Complete) -> SourceRows:
        origin = complete.rows_from if isinstance(complete.rows_from, str) else complete.rows_from.manifest
        try:
            if isinstance(complete.rows_from, ManifestRows):
                count, origin = self._read_manifest(complete.rows_from, table)
            else:
                count = self._read_last_run(entry, complete)
        except SynthError as error:
            return SourceRows(None, origin, tolerance=complete.tolerance, error=str(error))
        except Exception as error:  # noqa: BLE001 - a driver or a file system may raise anything
            return SourceRows(None, origin, tolerance=complete.tolerance, error=f"{format_error(error)}.")
        return SourceRows(count, origin, tolerance=complete.tolerance)

    # A manifest

    def _read_manifest(self, words: ManifestRows, table: str) -> tuple[int, str]:
        name = words.table or table
        lines = _parse_manifest(self._open_manifest(words.manifest), words.manifest)
        own = [line for line in lines if str(line.get("table", "")).strip() == name]
        if not own:
            known = sorted({str(line.get("table", "")) for line in lines})
            guess = nearest(name, known)
            hint = f"Did you mean {guess}?" if guess else f"It has {', '.join(known[:10]) or 'no table'}."
            raise UnknownRowsError(f"{words.manifest} has no table {name}.", hint)
        dated = [(_parse_time(line, words.manifest), line) for line in own]
        in_time = [(time, line) for time, line in dated if time is None or time <= self.as_of]
        if not in_time:
            raise UnknownRowsError(f"{words.manifest} has no row count for {name} up to the run's as_of.")
        last = max((time for time, _ in in_time if time), default=None)
        newest = [line for time, line in in_time if time == last]
        if len(newest) != 1:
            raise UnknownRowsError(f"{words.manifest} has {name} {len(newest)} times.", "Leave one line of each as_of.")
        origin = f"{words.manifest} as of {newest[0]['as_of']}" if last else words.manifest
        return _parse_count(newest[0].get("rows"), f"{words.manifest}: rows of {name}"), origin

    def _open_manifest(self, path: str) -> str:
        assert self.policy is not None
        source, _, rest = path.partition("/")
        known = self.policy.words.data_sources.get(source)
        if known and known.type in OF_FILES and rest:
            place = f"{locate(str(known.path), self.policy.directory).rstrip('/')}/{rest}"
        else:
            place = locate(path, self.policy.directory)
        try:
            if "://" not in place:
                return Path(place).read_text(encoding="utf-8-sig")
            import fsspec

            with fsspec.open(place, "rt", encoding="utf-8-sig") as file:
                return str(file.read())
        except UnicodeDecodeError:
            raise UnknownRowsError(f"{path} is not text in UTF-8.", "Write the manifest again.") from None
        except OSError as error:
            reason = error.strerror or mask_credentials(format_error(error))
            raise UnknownRowsError(f"{path} cannot be read: {reason}.", "Check that the extract has arrived.") from None

    # The last run of a synchronisation

    def _read_last_run(self, entry: TableEntry, complete: Complete) -> int:
        assert self.policy is not None and complete.reference is not None
        word, column = complete.reference
        name = (entry.references or {})[word][0].table
        reference = self.policy.tables[name]
        columns = {key: name_of_column for key, name_of_column in (reference.columns or {}).items() if name_of_column}
        adapter = self.project.sources.make_adapter(gx_source_of(reference), name)
        compiler = Compiler(adapter.columns(), adapter.dialect, self.as_of)
        ended = to_timestamp(value_of(columns["ended_at"]))
        condition = is_before(ended, moment_of_run())
        if "status" in columns:
            condition &= is_one_of(value_of(columns["status"]), complete.statuses)
        if "target" in columns and complete.target:
            condition &= is_one_of(value_of(columns["target"]), [complete.target])
        time, rows = compiler.compile(ended), compiler.compile(value_of(columns[column]))
        query = SampleQuery([time, rows], compiler.compile(condition), [time], _MOST_RUNS)
        runs = adapter.sample_rows(query)
        if runs.total > _MOST_RUNS:
            message = (
                f"{name} has {runs.total:,} runs that could be the last one, and {_MOST_RUNS:,} are looked through."
            )
            raise UnknownRowsError(message, "Narrow it with where, or name the target of the table in complete.")
        if not runs.rows:
            of_target = f" of {complete.target}" if complete.target else ""
            raise UnknownRowsError(f"{name} has no run{of_target} that ended by {self.as_of:%Y-%m-%d %H:%M} UTC.")
        last = max(run[0] for run in runs.rows)
        counts = {run[1] for run in runs.rows if run[0] == last}
        if len(counts) > 1:
            raise UnknownRowsError(
                f"{name} has {len(counts)} last runs that ended at the same time, with different numbers of rows.",
                "Name the target of the table in complete.",
            )
        return _parse_count(counts.pop(), f"{name}.{columns[column]} of its last run")


def _parse_manifest(text: str, name: str) -> list[Mapping[str, Any]]:
    if name.casefold().endswith(".json"):
        try:
            lines = json.loads(text)
        except ValueError as error:
            raise UnknownRowsError(f"{name} is not JSON: {error}.") from None
        if not isinstance(lines, list) or not all(isinstance(line, dict) for line in lines):
            raise UnknownRowsError(f"{name} is not a list of tables.", 'Write [{"table": "contact", "rows": 48211}].')
        return lines
    reader = csv.DictReader(io.StringIO(text, newline=""))
    names = list(reader.fieldnames or ())
    if repeated := sorted({name for name in names if names.count(name) > 1}):
        raise UnknownRowsError(f"{name} has the column {repeated[0]} twice.", "Leave one of them.")
    if not {"table", "rows"} <= set(names):
        raise UnknownRowsError(f"{name} has no columns table and rows.", "Its first line is: table,rows,as_of.")
    return list(reader)


def _parse_count(value: object, what: str) -> int:
    digits = str(value).strip()
    if not re.fullmatch("[0-9]{1,15}", digits):
        raise UnknownRowsError(f"{what} is not a number of rows.", "Use digits only.")
    return int(digits)


def _parse_time(line: Mapping[str, Any], name: str) -> datetime | None:
    if not line.get("as_of"):
        return None
    try:
        time = datetime.fromisoformat(str(line["as_of"]).strip())
    except ValueError:
        raise UnknownRowsError(
            f"{name}: an as_of is not a time.", "Write 2026-11-22 or 2026-11-22T00:00:00Z."
        ) from None
    return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
