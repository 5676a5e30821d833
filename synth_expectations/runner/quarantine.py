"""Lists the violating records of a table that was just judged, while its plan still knows what it asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

from great_expectations.core import ExpectationValidationResult
from great_expectations.execution_engine import ExecutionEngine

from synth_expectations.engine.plan import Plan
from synth_expectations.engine.violations import BrokenCheck, ViolationReader, explain_unlisted
from synth_expectations.errors import SynthError
from synth_expectations.expectations.catalogue import all_expectations
from synth_expectations.gx import plan_metric
from synth_expectations.policy.compile.table_checks import is_identifier
from synth_expectations.policy.load.loader import Policy
from synth_expectations.report.model import ExpectationReport, Quarantined
from synth_expectations.report.quarantine_file import QuarantineFile
from synth_expectations.rules.model import Check
from synth_expectations.runner.project import refused

Judged = tuple[ExpectationReport, ExpectationValidationResult | None]
"""An expectation as the report has it, and what Great Expectations says of it."""


@dataclass(frozen=True)
class Quarantine:
    """Where the violating records of a run are listed.

    Attributes:
        directory: of this run alone.
        policy: of the project; it says which columns are identifiers. None for a project without one.
        identifiers: whether they are listed too.
        about: what each file says of the run.
    """

    directory: Path
    policy: Policy | None
    identifiers: bool = False
    about: Mapping[str, str] = field(default_factory=dict)

    def refuse(self) -> None:
        """Look before the work whether it can be done.

        Raises:
            SynthError: nothing can be written there, or nobody says which columns are identifiers.
        """
        if reason := refused(self.directory):
            raise SynthError(f"Nothing can be written to {self.directory.parent}: {reason}", "Nothing was run.")
        if self.identifiers and self.policy is None:
            raise SynthError("The project has no policy that names identifiers.", "Leave --quarantine-identifiers out.")

    def listed(self, engine: ExecutionEngine, name: str, table: str, judged: Sequence[Judged]) -> Quarantined:
        """Write the violating records of a table; what cannot be listed is named.

        Args:
            engine: that judged them.
            name: of the file.
            table: whose records they are.
            judged: what was found.
        """
        notes = []
        plans: dict[int, tuple[Plan, list[BrokenCheck]]] = {}
        counted = 0
        for report, result in judged:
            if report.unexpected_count and result is not None:
                found = self._wanted(engine, table, report, result)
                if isinstance(found, str):
                    notes.append(f"{table}: the records that break {report.type} cannot be listed: {found}.")
                else:
                    plans.setdefault(id(found[0]), (found[0], []))[1].append(found[1])
                    counted += sum(rule.count for rule in report.rules if rule.judged)
        asked = [each for _, several in plans.values() for each in several]
        file = QuarantineFile(
            self.directory / f"{quote(name, safe=' ')}.parquet", self._identifiers_of(table, asked), self.about
        )
        try:
            with file:
                for plan, several in plans.values():
                    assert plan.adapter is not None
                    for piece in ViolationReader(plan.adapter, table, self._identifiers).read(several):
                        file.write(piece)
        except (SynthError, OSError) as error:
            said = str(error) if isinstance(error, SynthError) else f"{error.strerror or error}."
            return Quarantined(notes=tuple(notes), error=f"{table}: its violating records cannot be listed: {said}")
        if file.rows != counted:
            notes.append(f"{table}: {counted:,} violations were counted, and {file.rows:,} listed: it changed between.")
        return Quarantined(str(file.path) if file.rows else "", file.rows, tuple(notes))

    def _wanted(
        self, engine: ExecutionEngine, table: str, report: ExpectationReport, result: ExpectationValidationResult
    ) -> tuple[Plan, BrokenCheck] | str:
        """The plan that judged an expectation, and what is asked of it now; or why its records cannot be listed."""
        governed = all_expectations().get(report.type)
        if governed is None:
            return "it is not one of ours"
        expectation = governed(**report.details["parameters"])
        plan = plan_metric.plan_of(engine, result.expectation_config)
        assert plan is not None
        broken = frozenset(rule.name for rule in report.rules if rule.count and rule.judged)
        as_of = getattr(expectation, "as_of", None) or plan.as_of
        wanted = BrokenCheck(report.type, report.severity, expectation.check, as_of, broken)
        return explain_unlisted(wanted) or self._named_by_identifiers(table, wanted.check) or (plan, wanted)

    def _named_by_identifiers(self, table: str, check: Check) -> str:
        """That keys would be identifiers of people: compile refuses them, but the policy may be another one now."""
        entry = self.policy.tables.get(table) if self.policy else None
        if entry and is_identifier(entry, check.record_key):
            return f"the policy calls {check.record_key}, its key, an identifier"
        related = (self._named_by_identifiers(each.reference or table, each) for each in check.related)
        return next(filter(None, related), "")

    @cached_property
    def _identifiers(self) -> Mapping[str, list[str]]:
        """The columns that are listed beside keys, by table."""
        if not self.identifiers or self.policy is None:
            return {}
        entries = self.policy.tables.items()
        return {name: sorted(entry.identifiers.columns()) for name, entry in entries if entry.identifiers}

    def _identifiers_of(self, table: str, asked: Iterable[BrokenCheck]) -> list[str]:
        """Those of all tables of a file."""
        tables = {table, *(related.reference or table for each in asked for related in each.check.related)}
        return sorted({name for each in tables for name in self._identifiers.get(each, ())})
