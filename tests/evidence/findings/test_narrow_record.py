"""Findings are followed by a narrow form of the record, which says the same as the whole one."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import BaseModel

from synth_expectations.evidence.findings.model import FindingsState
from synth_expectations.evidence.findings.narrow_record import (
    NarrowActor,
    NarrowCheck,
    NarrowInput,
    NarrowResult,
    NarrowRun,
    NarrowTable,
)
from synth_expectations.evidence.findings.reader import FindingsReader, read_findings
from synth_expectations.evidence.ledger.entry import EntryKind
from synth_expectations.evidence.records.inputs import InputRecord
from synth_expectations.evidence.records.results import ResultRecord, TableRecord
from synth_expectations.evidence.records.run import ActorRecord, PlannedCheck, RunRecord
from tests.evidence.sample_ledger import write_sample_ledger

PARTS: dict[type[BaseModel], type[BaseModel]] = {
    NarrowActor: ActorRecord, NarrowCheck: PlannedCheck, NarrowInput: InputRecord, NarrowTable: TableRecord,
    NarrowResult: ResultRecord, NarrowRun: RunRecord,
}  # fmt: skip
NESTED = {"plan", "actor", "inputs", "tables", "results"}


@pytest.mark.parametrize("narrow", PARTS)
def test_each_field_is_that_of_the_record(narrow: type[BaseModel]) -> None:
    for name, field in narrow.model_fields.items():
        whole = PARTS[narrow].model_fields[name]
        described = [(part.default, part.alias, part.metadata, part.is_required()) for part in (field, whole)]
        assert described[0] == described[1], name
        if not (narrow is NarrowRun and name in NESTED):
            assert repr(field.annotation) == repr(whole.annotation), name


def test_whole_and_narrow_records_give_the_same_findings(tmp_path: Path) -> None:
    """The site follows findings by the records that it has read already."""
    ledger = write_sample_ledger(tmp_path, runs=24)
    narrow = read_findings(ledger)
    whole = FindingsState(software=narrow.software)
    reader = FindingsReader(ledger, whole)
    for entry in ledger.read_entries():
        is_run = entry.header.kind is EntryKind.RUN_FINISHED
        content = ledger.read_object(entry.header.body_sha256)
        reader.add(entry, RunRecord.model_validate_json(content) if is_run else None)
    assert narrow.findings
    assert narrow.model_dump() == whole.model_dump()
