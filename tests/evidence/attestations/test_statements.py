"""What a policy engine is told of a run: PASSED only if everything that was planned supports."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from synth_expectations.evidence.attestations.statements import RUN, build_run_statement, build_test_result
from synth_expectations.evidence.canonical import compute_digest, encode_document
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.ledger.store import DirectoryStore
from synth_expectations.evidence.records.inputs import FileIdentity, InputIdentity
from synth_expectations.evidence.records.run import RunRecord
from synth_expectations.rules.verdict import Verdict
from tests.evidence.sample_ledger import make_sample_record
from tests.evidence.sample_runs import RUNS


@pytest.fixture
def record(tmp_path: Path) -> RunRecord:
    """A run whose whole plan supports."""
    record = make_sample_record(EvidenceLedger(DirectoryStore(tmp_path)), "project", RUNS[2], 0)
    results = tuple(
        result.model_copy(update={"narrowed": None, "verdict": Verdict.PASSED, "population": 9})
        for result in record.results
    )
    inputs = tuple(entry.model_copy(update={"reconciled": "yes", "fresh": "yes"}) for entry in record.inputs)
    return record.model_copy(
        update={"results": results, "inputs": inputs, "excluded": (), "not_covered": (), "notes": ()}
    )


TABLES = ("credit_decision", "customer", "customer", "order")


def dump(record: RunRecord) -> dict[str, Any]:
    """Return a record as it is stored."""
    return record.model_dump(mode="json", by_alias=True)


def judge(record: RunRecord) -> tuple[str, list[str], list[str]]:
    predicate = build_test_result(dump(record))["predicate"]
    listed = (
        sorted(name.partition("/")[0] + "#" + name.rpartition("#")[2] for name in predicate[key])
        for key in ("warnedTests", "failedTests")
    )
    return (predicate["result"], *listed)  # type: ignore[return-value]


def test_a_plan_that_supports_passes(record: RunRecord) -> None:
    assert judge(record) == ("PASSED", [], [])
    names = build_test_result(dump(record))["predicate"]["passedTests"]
    assert len(names) == len(record.plan)
    assert names[0].startswith("credit_decision/expect_regulated_decisions_to_exclude_synthetic_data/")
    assert names[0].endswith("#supports")


def change_result(**update: Any) -> Callable[[RunRecord], RunRecord]:
    def change(record: RunRecord) -> RunRecord:
        first, *others = record.results
        return record.model_copy(update={"results": (first.model_copy(update=update), *others)})

    return change


def change_input(**update: Any) -> Callable[[RunRecord], RunRecord]:
    def change(record: RunRecord) -> RunRecord:
        inputs = [entry.model_copy(update=update) if entry.table == "order" else entry for entry in record.inputs]
        return record.model_copy(update={"inputs": tuple(inputs)})

    return change


def change_record(**update: Any) -> Callable[[RunRecord], RunRecord]:
    return lambda record: record.model_copy(update=update)


def deselect(record: RunRecord) -> RunRecord:
    plan = [check.model_copy(update={"selected": check.table != "order"}) for check in record.plan]
    results = [result for result in record.results if result.table != "order"]
    return record.model_copy(update={"plan": tuple(plan), "results": tuple(results)})


def change_policy(record: RunRecord) -> RunRecord:
    assert record.policy
    return record.model_copy(update={"policy": record.policy.model_copy(update={"state": "expired"})})


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (change_result(verdict=Verdict.FAILED, broken=3), ("FAILED", [], ["customer#contrary"])),
        (change_result(broken=3, parameters={"mostly": "0.9"}), ("FAILED", [], ["customer#contrary"])),
        (change_result(verdict=Verdict.ERRORED), ("FAILED", [], ["customer#inconclusive"])),
        (change_record(results=()), ("FAILED", [], [f"{table}#not read" for table in TABLES])),
        (change_input(read=False), ("FAILED", [], ["order#not read"])),
        (change_record(errors=("The guard found less than was planned.",)), ("FAILED", [], [])),
        (change_record(verdict=None), ("FAILED", [], [])),
        (change_result(verdict=Verdict.NOTHING_TO_CHECK, population=0), ("WARNED", ["customer#nothing to check"], [])),
        (change_input(reconciled="not shown"), ("WARNED", ["order#supports in part"], [])),
        (change_input(reconciled="no"), ("WARNED", ["order#supports in part"], [])),
        (change_input(fresh="no"), ("WARNED", ["order#supports in part"], [])),
        (deselect, ("WARNED", ["order#not run"], [])),
        (change_policy, ("WARNED", [], [])),
        (change_record(policy=None), ("WARNED", [], [])),
        (change_record(plan=(), results=()), ("FAILED", [], [])),
    ],
)  # fmt: skip
def test_what_keeps_a_run_from_passing(
    record: RunRecord, change: Callable[[RunRecord], RunRecord], expected: tuple[str, list[str], list[str]]
) -> None:
    assert judge(change(record)) == expected


def test_exclusions_and_what_is_not_covered_warn(tmp_path: Path) -> None:
    record = make_sample_record(EvidenceLedger(DirectoryStore(tmp_path)), "project", replace(RUNS[2]), 0)
    result, warned, failed = judge(record)
    assert (result, failed) == ("WARNED", [])
    assert {"order#excluded", "order#not run", "order#nothing to check"} <= set(warned)


def test_the_subject_is_what_was_read_in_full(record: RunRecord) -> None:
    """The digest of a footer is none of a file: such an input is named by its entry in the record."""
    whole = InputIdentity(
        kind="files", files=(FileIdentity(path="extracts/order/part-0.parquet", bytes=9, sha256="a" * 64),)
    )
    record = change_input(identity=whole)(record)
    statement = build_run_statement(dump(record))
    assert (statement["_type"], statement["predicateType"]) == ("https://in-toto.io/Statement/v1", RUN)
    assert RunRecord.model_validate(statement["predicate"]) == record
    subjects = {subject["name"]: subject["digest"]["sha256"] for subject in statement["subject"]}
    assert subjects["extracts/order/part-0.parquet"] == "a" * 64
    customer = next(entry for entry in record.inputs if entry.table == "customer")
    assert subjects["entry of the record for input customer (judged)"] == compute_digest(encode_document(customer))
    assert len(build_run_statement(dump(record.model_copy(update={"inputs": ()})))["subject"]) == 1
