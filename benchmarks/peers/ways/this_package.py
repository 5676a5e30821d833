"""The twenty checks with this package: a run of the compiled policy, including Data Docs."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import synth_expectations
from benchmarks.peers.checks import AS_OF, CHECKS
from benchmarks.peers.measurement import Engine, report
from synth_expectations.cli.startup import leave, prepare
from synth_expectations.report.model import ExpectationReport, RunReport

prepare()  # as the command line does

from synth_expectations.runner import Options, run  # noqa: E402 - it imports Great Expectations

_WHOLE = {
    "expect_records_to_be_tagged": "marker is known",
    "expect_real_records_to_have_no_synthetic_provenance": "real is not generated",
    "expect_untagged_records_to_not_look_synthetic": "e-mail is not reserved",
    "expect_column_values_to_match_regex": "e-mail has its form",
    "expect_column_values_to_be_unique": "key is unique",
    "expect_synthetic_records_to_not_copy_real_records": "no real e-mail is copied",
    "expect_regulated_decisions_to_exclude_synthetic_records": "no decision on synthetic",
}
"""Expectations that make up one check."""

_RULES = {
    "SyntheticSource__c is missing": "source is filled",
    "SyntheticGeneratedAt__c is missing": "generated_at is filled",
    "SyntheticMethod__c is missing": "method is filled",
    "SyntheticVersion__c is missing": "version is filled",
    "SyntheticDataset__c is missing or a placeholder": "dataset is filled",
    "SyntheticVersion__c is not semver": "version is semver",
    "SyntheticMethod__c is not one of": "method is allowed",
    "SyntheticPurpose__c is not one of": "purpose is allowed",
    "SyntheticGeneratedAt__c is after as_of": "generated_at is past",
    "SyntheticGeneratedAt__c is before": "generated_at is possible",
    "SyntheticGeneratedAt__c is after CreatedDate": "generated_at is before loading",
    "older than": "retention is kept",
    "dataset is not registered": "dataset is registered",
}
"""Checks by the start of a rule's name, for expectations with several checks. A record has one retention class."""


def ask(data: Path, engine: Engine) -> dict[str, int | None]:
    """Run the checkpoint of the compiled project."""
    os.environ["PEERS_DATA"] = str(data.resolve())
    engine.watch(_cursor())
    report = run("peers", Path(os.environ["PEERS_PROJECT"]), Options(as_of=datetime.fromisoformat(AS_OF), docs=True))
    counts = dict.fromkeys(CHECKS, 0)
    for check, count in _counted(report):
        counts[check] += count
    return {**counts}


def _cursor() -> type[Any]:
    if "PEERS_URL" not in os.environ:
        import duckdb_engine

        return duckdb_engine.CursorWrapper
    import psycopg

    return psycopg.Cursor


def _counted(report: RunReport) -> Iterator[tuple[str, int]]:
    for table in report.tables:
        if problem := table.error or next(
            (expectation.error for expectation in table.expectations if expectation.error), ""
        ):
            raise SystemExit(problem)
        for expectation in table.expectations:
            if check := _WHOLE.get(expectation.type):
                yield check, expectation.unexpected_count or 0
            else:
                yield from _of_rules(expectation)


def _of_rules(expectation: ExpectationReport) -> Iterator[tuple[str, int]]:
    for rule in expectation.rules:
        check = next((check for start, check in _RULES.items() if rule.name.startswith(start)), None)
        if check:
            yield check, rule.count


if __name__ == "__main__":
    report(
        ask,
        {
            "synth-expectations": synth_expectations.__version__,
            "great-expectations": version("great-expectations"),
            "duckdb": version("duckdb"),
        },
    )
    leave(0)  # as the command line does
