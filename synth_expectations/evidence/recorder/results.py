"""The results of a run, as its record has them: counts, verdicts and digests, and no key of a record."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from synth_expectations.engine.count_query import MISSING_KEY
from synth_expectations.evidence.canonical import compute_digest
from synth_expectations.evidence.findings.digests import RecordDigester
from synth_expectations.evidence.recorder.privacy import PrivateNames
from synth_expectations.evidence.records.policy import ExclusionRecord, UncoveredRecord
from synth_expectations.evidence.records.results import (
    EvidenceRecord,
    NarrowingRecord,
    ReasonRecord,
    RequirementRecord,
    ResultRecord,
    RuleRecord,
    TableRecord,
)
from synth_expectations.report.expectation_report import ExpectationReport
from synth_expectations.report.model import RunReport, TableReport
from synth_expectations.rules.census import KINDS


@dataclass(frozen=True)
class TableObjects:
    """The objects of the ledger that belong to a table of a run.

    Attributes:
        result: the result that Great Expectations stored; None if there is none.
        sql: what was sent; None if nothing was.
    """

    result: str | None = None
    sql: str | None = None


@dataclass(frozen=True)
class ResultRecorder:
    """Makes the records of results.

    Attributes:
        private: what no sentence repeats.
        stored: the arguments of the expectations as the suites have them, by suite and id.
        narrowed: what the policy narrows, by table and type.
        report: of the run.
        digester: makes the digests of the records that results name; None if it cannot.
    """

    private: PrivateNames
    stored: Mapping[tuple[str, str], Mapping[str, Any]]
    narrowed: Mapping[tuple[str, str], NarrowingRecord]
    report: RunReport
    digester: RecordDigester | None = None

    def record_table(self, table: TableReport) -> TableRecord:
        """Return the record of a table."""
        return TableRecord(
            table=table.table,
            scope=table.scope,
            batch=table.batch,
            roles=table.roles,
            owner=table.owner,
            where=table.where,
            verdict=table.verdict(self.report.fail_on),
            records={kind: table.records[kind] for kind in KINDS if kind in table.records},
            rows=table.rows.judged if table.rows else None,
            left_out=table.rows.left_out if table.rows else 0,
            error=self.private.mask(table.error),
            great_expectations=self.private.mask(table.detour),
        )

    def record_results(self, table: TableReport, objects: TableObjects) -> Iterator[ResultRecord]:
        """Yield the record of each result of a table."""
        for expectation in table.expectations:
            arguments = self.stored.get((table.suite, expectation.id), {})
            yield ResultRecord(
                table=table.table,
                scope=table.scope,
                batch=table.batch,
                expectation_id=expectation.id,
                type=expectation.type,
                sentence=expectation.sentence,
                severity=expectation.severity,
                verdict=expectation.verdict,
                population=expectation.element_count,
                broken=expectation.unexpected_count,
                rules=tuple(
                    RuleRecord(
                        name=rule.name,
                        count=rule.count,
                        judged=rule.judged,
                        digests=self._digest_records(table.table, expectation, rule.name),
                    )
                    for rule in expectation.rules
                ),
                narrowed=self._find_narrowing(table, expectation),
                parameters={name: _format_argument(value) for name, value in sorted(arguments.items())},
                evidence=tuple(
                    EvidenceRecord(
                        regulation=evidence.regulation,
                        requirement=evidence.requirement,
                        strength=evidence.strength,
                        status=evidence.status,
                        why=tuple(map(self.private.mask, evidence.why)),
                    )
                    for evidence in expectation.controls
                ),
                result_sha256=objects.result,
                sql_sha256=objects.sql,
                params_sha256=_digest_parameters(expectation.details.get("parameters") or arguments),
                error=self.private.mask(expectation.error),
                reason=self.private.mask(expectation.reason),
            )

    def _digest_records(self, table: str, expectation: ExpectationReport, rule: str) -> tuple[str, ...]:
        """Return the digests of the records that a result names as breaking a rule; one without a key has none."""
        sample = expectation.details.get("sample") or {}
        keys = [key for key in (sample.get("by_rule") or {}).get(rule, ()) if key != MISSING_KEY]
        return self.digester.digest(table, str(sample.get("key")), keys) if self.digester and keys else ()

    def _find_narrowing(self, table: TableReport, expectation: ExpectationReport) -> NarrowingRecord | None:
        known = self.narrowed.get((table.table, expectation.type))
        if known or not table.where or table.unnarrowed:
            return known
        return NarrowingRecord(by="where", reason=f"only rows where {' '.join(table.where.split())}")


def record_requirements(report: RunReport, private: PrivateNames) -> tuple[RequirementRecord, ...]:
    """Return what the run shows of each requirement."""
    return tuple(
        RequirementRecord(
            regulation=shown.regulation,
            requirement=shown.requirement,
            applies=shown.applies,
            status=shown.status,
            counts=dict(shown.counts.by_status),
            strength=shown.strength,
            reasons=tuple(
                ReasonRecord(status=reason.status, why=private.mask(reason.why), count=reason.count)
                for reason in shown.reasons
            ),
        )
        for shown in report.requirements
    )


def record_exclusions(report: RunReport) -> tuple[ExclusionRecord, ...]:
    """Return what the policy leaves out or narrows."""
    return tuple(
        ExclusionRecord(
            table=exclusion.table,
            type=exclusion.type,
            reason=exclusion.reason,
            approved_by=exclusion.approved_by,
            until=date.fromisoformat(exclusion.until) if exclusion.until else None,
            expired=exclusion.expired,
        )
        for exclusion in report.excluded
    )


def record_uncovered(report: RunReport) -> tuple[UncoveredRecord, ...]:
    """Return what the policy does not say enough for."""
    return tuple(
        UncoveredRecord(table=uncovered.table, type=uncovered.type, reason=uncovered.message())
        for uncovered in report.not_covered
    )


_format_value = json.JSONEncoder(sort_keys=True, ensure_ascii=False, default=str).encode
_format_parameters = json.JSONEncoder(sort_keys=True, default=str).encode


def _format_argument(value: object) -> str:
    return value if isinstance(value, str) else _format_value(value)


def _digest_parameters(parameters: Mapping[str, Any]) -> str:
    return compute_digest(_format_parameters(parameters).encode())
