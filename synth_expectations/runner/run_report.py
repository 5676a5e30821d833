"""The report of a run, whoever ran it: its tables, what it was asked for, and what makes it errored as a whole."""

from __future__ import annotations

import platform
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.util import find_spec

import synth_expectations
from synth_expectations.controls.reviews import list_unknown_requirements
from synth_expectations.engine.package_versions import read_version
from synth_expectations.expectations.base import NEWER
from synth_expectations.policy.standing import PolicyStanding
from synth_expectations.report.model import RunReport, TableReport
from synth_expectations.runner.compiled_project import Compiled
from synth_expectations.runner.data_docs import find_stock_sites, list_docs_urls
from synth_expectations.runner.quarantine import Quarantine
from synth_expectations.runner.run_plan import RunPlan
from synth_expectations.runner.started_run import StartedRun
from synth_expectations.runner.table_run import Definition


@dataclass(frozen=True)
class RunReporter:
    """Makes the report of a run.

    Attributes:
        run: the run.
        standing: of the policy, with the approval that the ledger has.
    """

    run: StartedRun
    standing: PolicyStanding

    def make_report(
        self,
        tables: Sequence[TableReport],
        errors: Iterable[str] = (),
        quarantine: Quarantine | None = None,
        notes: Iterable[str] = (),
    ) -> RunReport:
        """Return the report of the run, which ends now.

        Args:
            tables: what was found in each.
            errors: of the run as a whole, beside those that follow from the tables and the policy.
            quarantine: where violating records are listed; None for nowhere.
            notes: about the run as a whole, beside those that follow.
        """
        run, options, compiled = self.run, self.run.options, self.run.compiled
        lock, names = compiled.lock, {table.table for table in tables}
        checkpoint, started, as_of = run.running.checkpoint, run.running.started, run.as_of
        selection = options.selection.report(options.batch, options.parameters)
        selected = {definition.name for definition in run.selected}
        plan = RunPlan(checkpoint.name, selection, run.definitions, selected, compiled, as_of.date())
        quarantined = [table.quarantined for table in tables if table.quarantined]
        return RunReport(
            id=run.running.name,
            checkpoint=checkpoint.name,
            started_at=started,
            finished_at=datetime.now(UTC),
            as_of=as_of,
            as_of_from="option" if options.as_of else "start of the run",
            batch=options.batch,
            fail_on=run.fail_on,
            tables=tuple(tables),
            versions=_versions(tables),
            compiled_by=lock.compiled_by,
            policy={name: str(lock.policy[name]) for name in ("path", "sha256") if name in lock.policy},
            standing=self.standing,
            selection=selection,
            planned=tuple(plan.list_expectations(run.project)),
            excluded=compiled.exclusions(names, as_of.date()),
            not_covered=compiled.not_covered(names),
            docs_path=next(iter(list_docs_urls(run.project)), "") if options.docs else "",
            has_unbuilt_docs=not options.docs and bool(find_stock_sites(checkpoint, run.project)),
            results=tuple(run.project.find_result_files(run.running.name)),
            runbook=lock.policy.get("runbook") or "",
            errors=(
                *_find_changes(compiled, checkpoint.name, run.definitions),
                *_refuse_unapproved(compiled, self.standing),
                *errors,
                *dict.fromkeys(filter(None, map(_explain_unknown_rows, tables))),
                *dict.fromkeys(filter(None, map(_explain_unknown_age, tables))),
                *(listing.error for listing in quarantined if listing.error),
            ),
            notes=tuple(
                note
                for note in (
                    *self.standing.list_notes(),
                    *notes,
                    *list_unknown_requirements(review.requirement for review in self.standing.manual),
                    *dict.fromkeys(map(_explain_difference, tables)),
                    *dict.fromkeys(map(_explain_staleness, tables)),
                    *(_explain_newer_records(table, options.as_of, started) for table in tables),
                    *(note for listing in quarantined for note in listing.notes),
                )
                if note
            ),
            quarantine=str(quarantine.directory) if quarantine else "",
        )


def make_run_name(started: datetime) -> str:
    """Return the second of the start and four letters.

    No digits: Great Expectations would read them after the Z as a time zone, and write no page.
    """
    return f"{started:%Y%m%dT%H%M%SZ}-" + "".join(secrets.choice("bcdfghjkmnpqrstvwxz") for _ in range(4))


def _refuse_unapproved(compiled: Compiled, standing: PolicyStanding) -> tuple[str, ...]:
    """Return that no approval is in force, if the policy says that a run then proves nothing."""
    if compiled.policy is None or compiled.policy.words.evidence.unapproved == "note" or standing.state == "approved":
        return ()
    return (
        f"The policy is {standing.state}, and evidence.unapproved says that no run counts then. "
        "Whoever approves it runs: synth-expectations audit approve",
    )


def _find_changes(compiled: Compiled, checkpoint: str, definitions: Sequence[Definition]) -> tuple[str, ...]:
    """Return what differs from what was compiled, if the policy has a part in the checkpoint."""
    names = {name for definition in definitions for name in (definition.name, definition.suite_name)}
    suites = {definition.suite_name for definition in definitions if definition.about}
    return compiled.verified.find_changes(checkpoint, names, suites)


def _explain_unknown_rows(table: TableReport) -> str:
    """Return why nobody can say how many rows the source of a table has; empty if somebody can, or was not asked."""
    source = table.source_rows
    return (
        f"{table.table}: the number of rows in its source is unknown. {source.error}" if source and source.error else ""
    )


def _explain_difference(table: TableReport) -> str:
    """Return which rows of its source a table lacks, or has beside them; empty if it is reconciled."""
    clause = table.source_rows.format_difference() if table.source_rows else ""
    return f"{table.table}: {clause}." if clause else ""


def _explain_unknown_age(table: TableReport) -> str:
    """Return why nobody can say how old the newest row of a table is; empty if that is known, or was not asked."""
    error = table.freshness.error if table.freshness else ""
    return f"{table.table}: the age of its newest row is unknown. {error}" if error else ""


def _explain_staleness(table: TableReport) -> str:
    """Return that a table is older than the policy allows; empty if it is not."""
    clause = table.freshness.format_staleness() if table.freshness else ""
    return f"{table.table} is stale: {clause}." if clause else ""


def _explain_newer_records(table: TableReport, as_of: datetime | None, started: datetime) -> str:
    """Return why records are newer than as_of, as a sentence; empty if none is.

    An as_of of the past judges a table that has gone on since. Otherwise the records themselves are of the future.
    """
    newer = table.records.get(NEWER)
    if not newer:
        return ""
    noun = "record was" if newer == 1 else "records were"
    if as_of and as_of < started:
        return f"{table.table}: {newer:,} {noun} made after --as-of {as_of:%Y-%m-%d}, and judged as of that day."
    return (
        f"{table.table}: {newer:,} {noun} made in the future, by the generation time: a time zone or a clock is wrong,"
        " or it was written during the run."
    )


def _versions(tables: Sequence[TableReport]) -> dict[str, str]:
    packages = ["great-expectations", "sqlalchemy", "duckdb", "pandas", "pyarrow", "sqlglot"]
    if any(table.engine == "spark" for table in tables) and find_spec("pyspark"):
        packages.append("pyspark")
    own = {"synth-expectations": synth_expectations.__version__, "python": platform.python_version()}
    return own | {package: version for package in packages if (version := read_version(package))}
