"""In-toto statements (v1) about runs, results and approvals.

The formats are those of https://github.com/in-toto/attestation: Statement v1, and the predicate test-result v0.1. Our own
predicates have URNs: nobody owns a web address for them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from synth_expectations.controls.statuses import EvidenceStatus
from synth_expectations.evidence.canonical import compute_digest, encode_document
from synth_expectations.evidence.records.results import ResultRecord
from synth_expectations.evidence.records.run import PlannedCheck, RunRecord
from synth_expectations.rules.verdict import Verdict

STATEMENT_TYPE = "https://in-toto.io/Statement/v1"
TEST_RESULT = "https://in-toto.io/attestation/test-result/v0.1"
RUN = "urn:synth-expectations:synth-run/v1"
APPROVAL = "urn:synth-expectations:policy-approval/v1"
PACK = "urn:synth-expectations:evidence-pack/v1"

Subject = dict[str, Any]
"""A name, and digests by their algorithm."""


def build_statement(subjects: list[Subject], predicate_type: str, predicate: dict[str, Any]) -> dict[str, Any]:
    """Return a statement: what it is about, and what it says of that."""
    return {
        "_type": STATEMENT_TYPE,
        "subject": subjects,
        "predicateType": predicate_type,
        "predicate": predicate,
    }


def build_run_statement(document: dict[str, Any]) -> dict[str, Any]:
    """Return the statement of a run: its whole record, about what it read.

    Args:
        document: the record as it is stored. One that an earlier version wrote lacks fields of this one, and with them it
            would not be the record of the ledger.
    """
    return build_statement(list_subjects(document), RUN, document)


def build_test_result(document: dict[str, Any]) -> dict[str, Any]:
    """Return the statement of a finished run for policy engines, which know only PASSED, WARNED and FAILED.

    It is FAILED if anything was contrary, errored, or planned and not read; WARNED if anything was not selected, had
    nothing to check, was narrowed, excluded or not covered, was stale or not reconciled with its source, or if the policy
    was not approved. PASSED means that everything planned supports.

    Names are `table/type/id#status`.
    """
    record = RunRecord.model_validate(document)
    failed: list[str] = []
    warned: list[str] = []
    passed: list[str] = []
    weak_tables = {
        entry.table for entry in record.inputs if entry.reconciled != "yes" or entry.fresh in {"no", "not shown"}
    }
    unread_tables = {entry.table for entry in record.inputs if not entry.read}
    for name, table, status in _list_checks(record):
        if table in unread_tables or status in {
            EvidenceStatus.CONTRARY,
            EvidenceStatus.INCONCLUSIVE,
            EvidenceStatus.NOT_READ,
        }:
            failed.append(f"{name}#{EvidenceStatus.NOT_READ if table in unread_tables else status}")
        elif status is EvidenceStatus.SUPPORTS and table not in weak_tables:
            passed.append(f"{name}#{status}")
        else:
            warned.append(f"{name}#{EvidenceStatus.SUPPORTS_IN_PART if status is EvidenceStatus.SUPPORTS else status}")
    warned += [f"{omission.table}/{omission.type}#{EvidenceStatus.EXCLUDED}" for omission in record.excluded]
    warned += [f"{uncovered.table}/{uncovered.type}#{EvidenceStatus.NOT_RUN}" for uncovered in record.not_covered]
    is_approved = record.policy is not None and record.policy.state == "approved"
    if failed or record.errors or not record.plan or record.verdict in {None, Verdict.ERRORED, Verdict.FAILED}:
        result = "FAILED"
    else:
        result = "WARNED" if warned or not is_approved else "PASSED"
    predicate = {
        "result": result,
        "configuration": list(_list_configuration(record)),
        "passedTests": sorted(passed),
        "warnedTests": sorted(warned),
        "failedTests": sorted(failed),
    }
    return build_statement(list_subjects(document), TEST_RESULT, predicate)


def list_subjects(document: dict[str, Any]) -> list[Subject]:
    """Return what a run is about: each file that it read in full, by its SHA-256.

    An input that is not a file, or whose files were not read in full, is named by the digest of its entry in the record. So
    is a run that has no inputs, by the digest of its plan.

    Args:
        document: the record as it is stored.
    """
    subjects = [subject for entry in document["inputs"] for subject in _list_input_subjects(entry)]
    if not subjects:
        plan = {"run_id": document["run_id"], "plan": document["plan"]}
        subjects = [_make_subject("plan of the run", plan)]
    return subjects


def _list_input_subjects(entry: dict[str, Any]) -> Iterator[Subject]:
    files = entry["identity"]["files"]
    if files and all(file["sha256"] for file in files):
        for file in files:
            yield {"name": file["path"], "digest": {"sha256": file["sha256"]}}
    else:
        yield _make_subject(f"entry of the record for input {entry['table']} ({entry['role']})", entry)


def _make_subject(name: str, document: dict[str, Any]) -> Subject:
    return {"name": name, "digest": {"sha256": compute_digest(encode_document(document))}}


def _list_configuration(record: RunRecord) -> Iterator[Subject]:
    """Yield what the run was configured by: policy, suites and controls, by digest."""
    if record.policy:
        yield {"name": "policy", "digest": {"sha256": record.policy.sha256}}
    for kind, digests in (("suite", record.suites), ("controls", record.controls)):
        for name, digest in sorted(digests.items()):
            yield {"name": f"{kind} {name}", "digest": {"sha256": digest}}


def _list_checks(record: RunRecord) -> Iterator[tuple[str, str, EvidenceStatus]]:
    """Yield name, table and status of each check that was planned or has a result."""
    results: dict[tuple[str, str, str], list[ResultRecord]] = {}
    for result in record.results:
        results.setdefault((result.table, result.scope, result.expectation_id), []).append(result)
    for planned in record.plan:
        of_check = results.pop((planned.table, planned.scope, planned.expectation_id), [])
        if not of_check:
            status = EvidenceStatus.NOT_READ if planned.selected else EvidenceStatus.NOT_RUN
            yield _name_check(planned), planned.table, status
        for result in of_check:
            yield _name_check(result), result.table, _find_status(result)
    for of_check in results.values():
        for result in of_check:
            yield _name_check(result), result.table, _find_status(result)


def _find_status(result: ResultRecord) -> EvidenceStatus:
    """Return what a check says of its table, whatever it is mapped to."""
    if result.broken or result.verdict is Verdict.FAILED:
        return EvidenceStatus.CONTRARY
    if result.verdict is Verdict.ERRORED:
        return EvidenceStatus.INCONCLUSIVE
    if result.verdict is Verdict.NOTHING_TO_CHECK:
        return EvidenceStatus.NOTHING_TO_CHECK
    return EvidenceStatus.SUPPORTS_IN_PART if result.narrowed else EvidenceStatus.SUPPORTS


def _name_check(check: PlannedCheck | ResultRecord) -> str:
    return f"{check.table}/{check.type}/{check.expectation_id}"
