"""Records that differ from those of the sample in what a test is about."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from synth_expectations.evidence.ledger.entry import EntryKind
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.ledger.store import DirectoryStore
from synth_expectations.evidence.records.run import RunRecord
from tests.evidence.sample_ledger import SampleClock, make_sample_record
from tests.evidence.sample_runs import FIRST_RUN, RUNS


class SampleProject:
    """A ledger to which a test adds runs, some days apart."""

    def __init__(self, directory: Path, days: int = 1) -> None:
        self.clock = SampleClock()
        self.ledger = EvidenceLedger(DirectoryStore(directory), now=self.clock)
        self.uuid = self.ledger.open_project()
        self.number = 0
        self.days = days

    def make_record(self, **changes: Any) -> RunRecord:
        """Return the record of the next run: like the third of the sample, but for some of its fields."""
        record = make_sample_record(self.ledger, self.uuid, RUNS[2], self.number)
        started = FIRST_RUN + timedelta(days=self.number * self.days)
        times = {"as_of": started, "started_at": started, "finished_at": started + timedelta(seconds=4)}
        self.number += 1
        run_id = f"{started:%Y%m%dT%H%M%SZ}-{record.run_id[-4:]}"
        return record.model_copy(update={**times, "run_id": run_id, **changes})

    def add_run(self, record: RunRecord | None = None, **changes: Any) -> RunRecord:
        """Append a run that starts and ends."""
        record = record or self.make_record(**changes)
        self.add_start(record)
        self.clock.time = record.finished_at or record.started_at
        self.ledger.append(EntryKind.RUN_FINISHED, record)
        return record

    def add_start(self, record: RunRecord | None = None) -> RunRecord:
        """Append the start of a run."""
        record = record or self.make_record()
        self.clock.time = record.started_at
        fields = {"results": (), "tables": (), "inputs": (), "finished_at": None, "verdict": None, "exit_code": None}
        self.ledger.append(EntryKind.RUN_STARTED, record.model_copy(update={"phase": "started", **fields}))
        return record
