"""Find the newest row of a table, and hold its age against the limit of the policy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from synth_expectations.engine.adapters.base import Adapter
from synth_expectations.engine.adapters.value_queries import SampleQuery
from synth_expectations.engine.compiler import Compiler
from synth_expectations.errors import SynthError
from synth_expectations.policy.compile.table_checks import gx_source_of
from synth_expectations.policy.completeness import Fresh
from synth_expectations.policy.load.loader import Policy
from synth_expectations.policy.table_entry import TableEntry
from synth_expectations.redaction import format_error
from synth_expectations.report.model import TableReport
from synth_expectations.report.source_state import Freshness
from synth_expectations.rules.as_of import current_as_of
from synth_expectations.rules.expressions import as_of as moment_of_run
from synth_expectations.rules.expressions import field as value_of
from synth_expectations.rules.expressions import is_before, to_second, to_timestamp

if TYPE_CHECKING:
    from synth_expectations.runner.project import Project


@dataclass(frozen=True)
class FreshnessCheck:
    """Holds the newest rows of tables against the limits of the policy.

    Attributes:
        project: that is open.
        policy: None for a project without one.
        as_of: the time for which expectations are evaluated, in UTC.
    """

    project: Project
    policy: Policy | None
    as_of: datetime
    _known: dict[str, Freshness] = field(default_factory=dict, repr=False)

    def date(self, report: TableReport) -> TableReport:
        """Return the report of a table with the age of its newest row, if the policy sets a limit.

        The rows of all batches count, but for those that `where` leaves out. A row of after as_of does not: it was not
        there yet.
        """
        entry = self.policy.tables.get(report.table) if self.policy else None
        if entry is None or entry.fresh is None:
            return report
        if report.table not in self._known:
            self._known[report.table] = self._measure(report.table, entry, entry.fresh)
        freshness = self._known[report.table]
        clause = freshness.format_staleness() or freshness.error
        doubts = [f"stale: {clause}"] if clause else []
        return replace(report, freshness=freshness, doubts=(*report.doubts, *doubts))

    def _measure(self, table: str, entry: TableEntry, fresh: Fresh) -> Freshness:
        try:
            watermark = self._read_watermark(table, entry, fresh.column)
        except SynthError as error:
            return Freshness(fresh.within, self.as_of, error=str(error))
        except Exception as error:  # noqa: BLE001 - a driver may raise anything
            return Freshness(fresh.within, self.as_of, error=f"{format_error(error)}.")
        return Freshness(fresh.within, self.as_of, watermark)

    def _read_watermark(self, table: str, entry: TableEntry, column: str) -> datetime | None:
        adapter = self.project.sources.make_adapter(gx_source_of(entry), table)
        return read_watermark(adapter, compile_watermark(adapter, column, self.as_of))


def compile_watermark(adapter: Adapter, column: str, as_of: datetime) -> SampleQuery:
    """Return the query for the time of a table's newest row, to the second, in UTC.

    Raises:
        ConditionError: the table has no such column, or its type is not a time.
    """
    compiler = Compiler(adapter.columns(), adapter.dialect, as_of)
    written = to_timestamp(value_of(column))
    within = compiler.compile(~is_before(moment_of_run(), written))
    return SampleQuery(
        [compiler.compile(to_second(value_of(column)))], within, [compiler.compile(written)], 1, descending=True
    )


def read_watermark(adapter: Adapter, query: SampleQuery) -> datetime | None:
    """Return the time of a table's newest row, in UTC; None if no row has one.

    Raises:
        QueryError: the engine refuses the query.
    """
    newest = adapter.sample_rows(query)
    return _parse_second(str(newest.rows[0][0])) if newest.rows else None


def _parse_second(text: str) -> datetime:
    """Return the time of a second as an engine writes it for comparison: in ISO 8601, or since 1970."""
    if text.lstrip("-").isdecimal():
        return datetime.fromtimestamp(int(text), UTC)
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def check_written_column(table: str, adapter: Adapter, fresh: Fresh) -> Iterator[str]:
    """Yield why the newest row of a table cannot be found, as a sentence; reads no data."""
    try:
        compile_watermark(adapter, fresh.column, current_as_of())
    except SynthError as error:
        yield f"{table}: fresh.column: {error}"
