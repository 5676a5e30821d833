"""List the violating records of a table right after its evaluation, while its plan still has its checks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from synth_expectations.engine.plan import Plan
from synth_expectations.engine.violations import BrokenCheck, ViolationReader, explain_unlisted
from synth_expectations.errors import SynthError
from synth_expectations.expectations.catalogue import all_expectations
from synth_expectations.policy.compile.table_checks import is_identifier
from synth_expectations.policy.load.loader import Policy
from synth_expectations.report.expectation_report import ExpectationReport
from synth_expectations.report.model import Quarantined
from synth_expectations.rules.model import Check
from synth_expectations.rules.verdict import Verdict
from synth_expectations.runner.write_access import check_writable

if TYPE_CHECKING:
    from synth_expectations.validation.evaluated_expectation import EvaluatedExpectation


@dataclass(frozen=True)
class Quarantine:
    """Where the violating records of a run are listed.

    Attributes:
        directory: of this run alone.
        policy: of the project; it says which columns are identifiers. None for a project without one.
        identifiers: whether the values of these columns are listed too.
        about: what each file records about the run.
    """

    directory: Path
    policy: Policy | None
    identifiers: bool = False
    about: Mapping[str, str] = field(default_factory=dict)

    def check(self) -> None:
        """Check before the work that the records can be listed.

        Raises:
            SynthError: nothing can be written there, or no policy says which columns are identifiers.
        """
        if reason := check_writable(self.directory):
            raise SynthError(f"Nothing can be written to {self.directory.parent}: {reason}", "Nothing was run.")
        if self.identifiers and self.policy is None:
            raise SynthError("The project has no policy that names identifiers.", "Omit --quarantine-identifiers.")

    def list_records(
        self, name: str, table: str, evaluated: Sequence[tuple[ExpectationReport, EvaluatedExpectation | None]]
    ) -> Quarantined:
        """Write the violating records of a table into a file; a note names each expectation that cannot be listed.

        Args:
            name: of the file.
            table: that has the records.
            evaluated: the report of each of its expectations, with its result.
        """
        from synth_expectations.report.quarantine_file import QuarantineFile  # it imports pyarrow

        notes = []
        plans: dict[int, tuple[Plan, list[BrokenCheck]]] = {}
        counted = 0
        for report, result in evaluated:
            if report.verdict is Verdict.FAILED and report.unexpected_count is None:
                notes.append(
                    f"{table}: the records that break {report.type} cannot be listed: its result holds no numbers."
                )
            if report.unexpected_count and result is not None:
                request = self._request(table, report, result)
                if isinstance(request, str):
                    notes.append(f"{table}: the records that break {report.type} cannot be listed: {request}.")
                else:
                    plan, check = request
                    plans.setdefault(id(plan), (plan, []))[1].append(check)
                    counted += sum(rule.count for rule in report.rules if rule.judged)
        checks = [check for _, of_plan in plans.values() for check in of_plan]
        file = QuarantineFile(
            self.directory / f"{quote(name, safe=' ')}.parquet", self._identifiers_of(table, checks), self.about
        )
        try:
            with file:
                for plan, of_plan in plans.values():
                    assert plan.adapter is not None
                    reader = ViolationReader(plan.adapter, table, self._identifiers, self._withheld)
                    for piece in reader.read(of_plan):
                        file.write(piece)
        except (SynthError, OSError) as error:
            reason = str(error) if isinstance(error, SynthError) else f"{error.strerror or error}."
            return Quarantined(notes=tuple(notes), error=f"{table}: its violating records cannot be listed: {reason}")
        if file.rows != counted:
            notes.append(f"{table}: {counted:,} violations were counted, and {file.rows:,} listed: it changed between.")
        return Quarantined(str(file.path) if file.rows else "", file.rows, tuple(notes))

    def _request(
        self, table: str, report: ExpectationReport, result: EvaluatedExpectation
    ) -> tuple[Plan, BrokenCheck] | str:
        """Return the plan that counted an expectation's records, and which of them to list; or why they cannot be."""
        expectation_class = all_expectations().get(report.type)
        if expectation_class is None:
            return "it is not an expectation of this package"
        expectation = expectation_class(**report.details["parameters"])
        plan = result.find_plan()
        assert plan is not None
        broken = frozenset(rule.name for rule in report.rules if rule.count and rule.judged)
        as_of = getattr(expectation, "as_of", None) or plan.as_of
        check = BrokenCheck(report.type, report.severity, expectation.check, as_of, broken)
        return explain_unlisted(check) or self._named_by_identifiers(table, check.check) or (plan, check)

    def _named_by_identifiers(self, table: str, check: Check) -> str:
        """Return that the record key identifies people; empty if it does not.

        Compile refuses such a key, but the policy may have changed since.
        """
        entry = self.policy.tables.get(table) if self.policy else None
        if entry and is_identifier(entry, check.record_key):
            return f"the policy names {check.record_key}, its key, as an identifier"
        related = (self._named_by_identifiers(other.reference or table, other) for other in check.related)
        return next(filter(None, related), "")

    @cached_property
    def _identifiers(self) -> Mapping[str, list[str]]:
        """Columns that are listed beside the keys, by table."""
        if not self.identifiers or self.policy is None:
            return {}
        entries = self.policy.tables.items()
        return {name: sorted(entry.identifiers.columns()) for name, entry in entries if entry.identifiers}

    @cached_property
    def _withheld(self) -> Mapping[str, set[str]]:
        """Columns of identifiers, in small letters, by table: no key that is one of them is listed as a trace."""
        entries = self.policy.tables.items() if self.policy else ()
        return {
            name: {column.casefold() for column in entry.identifiers.columns()}
            for name, entry in entries
            if entry.identifiers
        }

    def _identifiers_of(self, table: str, checks: Iterable[BrokenCheck]) -> list[str]:
        """Return the identifiers of all tables whose records a file lists."""
        tables = {table, *(related.reference or table for check in checks for related in check.check.related)}
        return sorted({column for name in tables for column in self._identifiers.get(name, ())})
