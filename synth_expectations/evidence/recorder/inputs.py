"""The inputs of a run: each table that it read, or was to read."""

from __future__ import annotations

from collections.abc import Iterator

from synth_expectations.engine.table_input import TableInput
from synth_expectations.evidence.canonical import compute_digest, encode_document
from synth_expectations.evidence.findings.digests import RecordDigester
from synth_expectations.evidence.recorder.privacy import PrivateNames
from synth_expectations.evidence.records.inputs import FileIdentity, InputIdentity, InputRecord
from synth_expectations.redaction import mask_credentials
from synth_expectations.report.model import RunReport, TableReport
from synth_expectations.report.source_state import Freshness, SourceRows
from synth_expectations.rules.census import ALL


def record_inputs(
    report: RunReport, private: PrivateNames, digester: RecordDigester | None = None
) -> tuple[InputRecord, ...]:
    """Return what a run read, each table once in each role, unless it differed from one reading to the next.

    Args:
        report: of the run.
        private: what is not repeated.
        digester: makes the digests of places; None makes none.
    """
    judged = [_record_judged(table, private, digester) for table in report.tables]
    rows = {record.locator: record.rows for record in judged if record.locator and record.rows is not None}
    references = [
        _record(reading, rows=reading.rows if reading.rows is not None else rows.get(reading.locator))
        for table in report.tables
        for reading in table.inputs
        if reading.role == "reference"
    ]
    return tuple(_merge([*judged, *references]))


def _record_judged(table: TableReport, private: PrivateNames, digester: RecordDigester | None) -> InputRecord:
    reading = next((reading for reading in table.inputs if reading.role == "judged"), None)
    if reading is None or not reading.read:
        return InputRecord(table=table.table, role="judged", locator=table.locator, engine=table.engine, read=False)
    rows = table.rows.source if table.rows else table.records.get(ALL)
    record = _record(reading, rows=rows, table=table.table, locator=table.locator or reading.locator)
    if digester:
        record = record.model_copy(update={"place_digest": digester.digest_place(reading.place)})
    if table.source_rows:
        record = record.model_copy(update=_reconcile(table.source_rows, private))
    return record.model_copy(update=_describe_age(table.freshness)) if table.freshness else record


def _reconcile(source: SourceRows, private: PrivateNames) -> dict[str, object]:
    reconciled = {True: "yes", False: "no", None: "not shown"}[source.is_reconciled]
    return {
        "source_rows": source.count,
        "source_rows_from": private.mask(mask_credentials(source.origin)),
        "reconciled": reconciled,
        "difference": source.difference,
    }


def _describe_age(freshness: Freshness) -> dict[str, object]:
    fresh = {True: "yes", False: "no", None: "not shown"}[freshness.is_fresh]
    return {"watermark": freshness.watermark, "age": freshness.format_age() or None, "fresh": fresh}


def _record(reading: TableInput, *, rows: int | None, table: str = "", locator: str = "") -> InputRecord:
    return InputRecord(
        table=table or reading.table,
        role=reading.role,
        locator=locator or reading.locator,
        engine=reading.engine,
        rows=rows,
        read=reading.read,
        columns_sha256=_digest_columns(reading.columns) if reading.columns else None,
        identity=_identify(reading),
    )


def _digest_columns(columns: tuple[tuple[str, str], ...]) -> str:
    return compute_digest(encode_document({"columns": [list(column) for column in columns]}))


def _identify(reading: TableInput) -> InputIdentity:
    if reading.files:
        files = tuple(
            FileIdentity(path=file.path, bytes=file.size, sha256=file.sha256, footer_sha256=file.footer_sha256)
            for file in reading.files
        )
        return InputIdentity(kind="files", files=files, snapshot=reading.snapshot)
    return InputIdentity(kind="snapshot", snapshot=reading.snapshot) if reading.snapshot else InputIdentity(kind="none")


def _merge(records: list[InputRecord]) -> Iterator[InputRecord]:
    """Yield each record once; of those that are alike but for the rows or a snapshot, the one with rows."""
    kept: dict[tuple[object, ...], InputRecord] = {}
    for record in records:
        state = record.identity.files or (record.read, record.identity.kind)
        key = (record.table, record.role, record.locator, state, record.columns_sha256)
        before = kept.get(key)
        if before is None or (before.rows is None and record.rows is not None):
            kept[key] = record
    yield from kept.values()
