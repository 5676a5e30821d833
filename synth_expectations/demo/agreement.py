"""The comparison of a run's findings with the planted records, by key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from synth_expectations.demo.failures import FAILURES, find_failure
from synth_expectations.demo.manifest import Manifest
from synth_expectations.report.expectation_report import ExpectationReport
from synth_expectations.report.model import RunReport


@dataclass(frozen=True)
class PlantedKind:
    """A kind of planted record, and how many of them the run found; of a negative it should find none.

    Attributes:
        failure: what goes wrong in real programmes that it stands for.
    """

    failure: str
    kind: str
    table: str
    planted: int
    found: int
    negative: bool


def compare_kinds(manifest: Manifest, run: RunReport) -> Iterator[PlantedKind]:
    """Yield every planted kind, by failure, violations before negatives."""
    reports = _index_reports(run)
    first: dict[tuple[str, str], str] = {}
    kinds: dict[tuple[str, bool, str, str], tuple[set[str], set[str]]] = {}
    for record in manifest.planted:
        failure = first.setdefault((record.kind, record.table), find_failure(record.expectation))
        planted, seen = kinds.setdefault((failure, record.negative, record.kind, record.table), (set(), set()))
        by_rule = _group_keys(reports.get((record.table, record.expectation)))
        planted |= record.keys
        seen |= record.keys & (_union(by_rule) if record.negative else by_rule.get(record.rule or "", frozenset()))
    order = list(FAILURES)
    for key in sorted(kinds, key=lambda key: (order.index(key[0]), key[1])):
        failure, negative, kind, table = key
        planted, seen = kinds[key]
        yield PlantedKind(failure, kind, table, len(planted), len(seen), negative)


def find_disagreements(manifest: Manifest, run: RunReport) -> Iterator[str]:
    """Yield a sentence for each place where the run found less, or more, than was planted."""
    reports = _index_reports(run)
    for table, expectation in manifest.list_checks():
        report = reports.get((table, expectation))
        if report is None or report.error:
            yield f"{table}: {expectation} was not evaluated."
            continue
        wanted, seen = manifest.find_keys_by_rule(table, expectation), _group_keys(report)
        for rule in sorted(wanted.keys() | seen.keys()):
            missing = wanted.get(rule, frozenset()) - seen.get(rule, frozenset())
            extra = seen.get(rule, frozenset()) - wanted.get(rule, frozenset())
            if missing or extra:
                difference = f"{len(missing)} planted not found, {len(extra)} found not planted"
                yield f"{table}: {expectation}: {rule}: {difference}."
        if report.unexpected_count != len(manifest.find_keys(table, expectation)):
            counted = f"{report.unexpected_count} records, not {len(manifest.find_keys(table, expectation))}"
            yield f"{table}: {expectation} counted {counted}."
    for (table, expectation), report in reports.items():
        if (table, expectation) not in manifest.list_checks() and report.unexpected_count:
            yield f"{table}: {expectation} found {report.unexpected_count} records, and nothing was planted for it."


def _index_reports(run: RunReport) -> dict[tuple[str, str], ExpectationReport]:
    return {(table.table, expectation.type): expectation for table in run.tables for expectation in table.expectations}


def _group_keys(report: ExpectationReport | None) -> dict[str, frozenset[str]]:
    sample = (report.details.get("sample") or {}) if report else {}
    return {rule: frozenset(keys) for rule, keys in sample.get("by_rule", {}).items()}


def _union(by_rule: dict[str, frozenset[str]]) -> frozenset[str]:
    return frozenset[str]().union(*by_rule.values())
