"""A policy with a schedule and a cycle, and the ledger of the sample's runs under it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from synth_expectations.evidence.ledger.entry import EntryKind
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.ledger.store import DirectoryStore
from synth_expectations.evidence.records.run import RunRecord
from synth_expectations.policy.load.loader import Policy, load_policy
from tests.evidence.sample_ledger import make_sample_record
from tests.evidence.sample_runs import RUNS

POLICY = """\
version: 1
owner: crm-data@shop.example
data_sources: {lake: {type: parquet, path: ../lake}}
cycle: {every: P3M, closes: P15D, signers: [compliance, dpo]}
evidence: {anchor: [{store: copies}]}
tables:
  customer: {role: production, parquet: lake/customer/*.parquet, marker: none, all: real, columns: {key: Id}, owner: crm}
checkpoints:
  crm_nightly:
    tables: all
    schedule: {every: P1D, by: "06:00", zone: Europe/Berlin, grace: PT2H}
"""


def write_policy(directory: Path, text: str = POLICY) -> Policy:
    """Write a policy, and return it."""
    path = directory / "great_expectations" / "policy.yml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return load_policy(path)


def make_ledger(directory: Path, now: datetime) -> EvidenceLedger:
    """Return an empty ledger with a clock that stands still."""
    ledger = EvidenceLedger(DirectoryStore(directory / "evidence"))
    set_clock(ledger, now)
    return ledger


def set_clock(ledger: EvidenceLedger, now: datetime) -> None:
    """Set the clock of a ledger."""
    ledger.now = lambda: now  # type: ignore[method-assign]


def append_run(ledger: EvidenceLedger, started: datetime, policy: Policy, **changes: object) -> RunRecord:
    """Append a run of the sample under a policy; one without an end, if `finished_at` is None."""
    set_clock(ledger, started)
    project = ledger.open_project()
    record = make_sample_record(ledger, project, RUNS[0], 0)
    assert record.policy and record.finished_at
    length = record.finished_at - record.started_at
    known = record.policy.model_copy(update={"sha256": ledger.put_object(policy.content)})
    fields = {
        "run_id": f"{started:%Y%m%dT%H%M%SZ}-zzzz", "started_at": started, "as_of": started,
        "finished_at": started + length, "policy": known,
    }  # fmt: skip
    record = record.model_copy(update={**fields, **changes})
    empty = dict.fromkeys(("results", "tables", "inputs", "requirements"), ())
    start = {"phase": "started", "finished_at": None, "verdict": None, "exit_code": None}
    ledger.append(EntryKind.RUN_STARTED, record.model_copy(update={**start, **empty}))
    if record.finished_at:
        set_clock(ledger, record.finished_at)
        ledger.append(EntryKind.RUN_FINISHED, record)
    return record
