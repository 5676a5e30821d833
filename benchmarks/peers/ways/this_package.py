"""The twenty checks with this package: `synth-expectations run`, which also records the run in the ledger of evidence."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import redirect_stdout
from importlib.metadata import version
from io import StringIO
from pathlib import Path
from typing import Any

import synth_expectations
from benchmarks.peers.checks import AS_OF, CHECKS
from benchmarks.peers.measurement import Engine, report
from synth_expectations.cli.app import main
from synth_expectations.cli.garbage import collect_seldom
from synth_expectations.cli.startup import leave, prepare

_WHOLE = {
    "expect_records_to_be_tagged": "marker is known",
    "expect_real_records_to_have_no_synthetic_provenance": "real is not generated",
    "expect_untagged_records_to_not_look_synthetic": "e-mail is not reserved",
    "expect_values_to_match_pattern": "e-mail has its form",
    "expect_column_values_to_match_regex": "e-mail has its form",
    "expect_keys_to_be_unique": "key is unique",
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
    """Run the checkpoint of the compiled project, as its users do, and read the report of the run."""
    os.environ["PEERS_DATA"] = str(data.resolve())
    for cursor in _cursors():
        engine.watch(cursor)
    project = os.environ["PEERS_PROJECT"]
    sys.argv[1:] = ["run", "peers", "--project", project, "--as-of", AS_OF, "--output", "json"]
    with redirect_stdout(StringIO()) as answer:
        try:
            main()
        except SystemExit as ended:
            if ended.code not in (0, 1):
                raise
    run = json.loads(answer.getvalue())
    _check(run)
    counts = dict.fromkeys(CHECKS, 0)
    for check, count in count_checks(run):
        counts[check] += count
    return {**counts}


def _cursors() -> tuple[type[Any], ...]:
    if "PEERS_URL" not in os.environ:
        import duckdb_engine

        return (duckdb_engine.CursorWrapper,)
    import psycopg

    return (psycopg.Cursor, psycopg.ServerCursor)


def _check(run: Mapping[str, Any]) -> None:
    """End the process unless the run is recorded, and Great Expectations was imported for expectations of its own alone."""
    if not (run["evidence"] or {}).get("number"):
        raise SystemExit(f"The run is not recorded: {run['notes']}")
    own = [
        expectation["type"]
        for table in run["tables"]
        for expectation in table["expectations"]
        if expectation["type"].startswith("expect_column_values_")
    ]
    if ("great_expectations" in sys.modules) != bool(own):
        raise SystemExit(f"Great Expectations was imported, or was not; its expectations: {own or 'none'}")


def count_checks(run: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    """Yield what the report of a run counts for each check; a check may come several times."""
    for table in run["tables"]:
        if problem := table["error"] or next(
            (expectation["error"] for expectation in table["expectations"] if expectation["error"]), ""
        ):
            raise SystemExit(str(problem))
        for expectation in table["expectations"]:
            if check := _WHOLE.get(expectation["type"]):
                yield check, expectation["unexpected_count"] or 0
            else:
                yield from _of_rules(expectation)


def _of_rules(expectation: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    for rule in expectation["rules"]:
        check = next((check for start, check in _RULES.items() if rule["name"].startswith(start)), None)
        if check:
            yield check, rule["count"]


if __name__ == "__main__":
    collect_seldom()  # as the command line does
    prepare()
    report(
        ask,
        {
            "synth-expectations": synth_expectations.__version__,
            "duckdb": version("duckdb"),
        },
    )
    leave(0)  # as the command line does
