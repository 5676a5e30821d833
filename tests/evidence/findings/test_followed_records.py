"""Findings are followed by a short form of the record, which says the same as the whole one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pydantic import ValidationError

from synth_expectations.evidence.canonical import encode_document
from synth_expectations.evidence.findings.model import FindingsState
from synth_expectations.evidence.findings.reader import FindingsReader, read_findings
from synth_expectations.evidence.ledger.entry import EntryKind
from synth_expectations.evidence.records.run import RunRecord, ShortRun
from tests.evidence.sample_ledger import write_sample_ledger


def test_the_whole_record_has_what_the_short_one_has_and_rejects_the_rest(tmp_path: Path) -> None:
    """Also of its parts: each is whole in the whole record."""
    ledger = write_sample_ledger(tmp_path, runs=1)
    [content] = [
        ledger.read_object(entry.header.body_sha256)
        for entry in ledger.read_entries()
        if entry.header.kind is EntryKind.RUN_FINISHED
    ]
    assert encode_document(RunRecord.model_validate_json(content)) == content
    document = json.loads(content)
    known = ShortRun.model_validate_json(content)
    for part in ("plan", "inputs", "tables", "results"):
        changed = json.dumps({**document, part: [{**document[part][0], "extra": 1}, *document[part][1:]]})
        assert ShortRun.model_validate_json(changed) == known
        with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
            RunRecord.model_validate_json(changed)


def test_whole_and_short_records_give_the_same_findings(tmp_path: Path) -> None:
    """The site follows findings by the records that it has read already."""
    ledger = write_sample_ledger(tmp_path, runs=24)
    short = read_findings(ledger)
    whole = FindingsState(software=short.software)
    reader = FindingsReader(ledger, whole)
    for entry in ledger.read_entries():
        is_run = entry.header.kind is EntryKind.RUN_FINISHED
        content = ledger.read_object(entry.header.body_sha256)
        reader.add(entry, RunRecord.model_validate_json(content) if is_run else None)
    assert short.findings
    assert short.model_dump() == whole.model_dump()
