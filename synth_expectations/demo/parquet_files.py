"""The demo's tables as Parquet files: their columns and their place on disk."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from synth_expectations.demo import effects
from synth_expectations.demo.crm import Crm
from synth_expectations.demo.sheets import SHEETS
from synth_expectations.errors import SynthError

MANIFEST = "planted.json"
"""Lies beside the tables, says what is planted, and that the directory is the demo's."""

ROW_COUNTS = "row_counts.csv"
"""Lies beside the tables, and says how many rows the job that extracted them found in the CRM."""

ROWS_PER_FILE = 10_000

_TEXT, _TIME = pa.string(), pa.timestamp("us", "UTC")
_PERSON = {
    "first_name": _TEXT,
    "last_name": _TEXT,
    "email": _TEXT,
    "phone": _TEXT,
    "born": pa.date32(),
    "postcode": _TEXT,
}
_CONTACT_PERSON = ("FirstName", "LastName", "Email", "Phone", "Birthdate", "MailingPostalCode")
_CUSTOMER_PERSON = ("first_name", "last_name", "email", "phone", "birth_date", "postcode")

Columns = Mapping[str, tuple[str, pa.DataType]]
"""Of a table: by name, the attribute of a record that it holds, and its type."""


def _of_person(names: Sequence[str]) -> dict[str, tuple[str, pa.DataType]]:
    return {name: (f"person.{attribute}", kind) for name, (attribute, kind) in zip(names, _PERSON.items(), strict=True)}


TABLES: Mapping[str, Columns] = {
    "contact": {
        "Id": ("key", _TEXT),
        **_of_person(_CONTACT_PERSON),
        "IsDeleted": ("deleted", pa.bool_()),
        "RecordOrigin__c": ("origin", _TEXT),
        effects.SOURCE: ("source", _TEXT),
        effects.GENERATED_AT: ("generated_at", _TIME),
        effects.METHOD: ("method", _TEXT),
        effects.VERSION: ("version", _TEXT),
        effects.PURPOSE: ("purpose", _TEXT),
        effects.DATASET: ("dataset", _TEXT),
        "LegalHold__c": ("hold", _TEXT),
        "SyncRun__c": ("sync_run", _TEXT),
        "CreatedDate": ("created_at", _TIME),
    },
    "customer": {"customer_id": ("key", _TEXT), **_of_person(_CUSTOMER_PERSON)},
    "marketing_send": {
        "send_id": ("key", _TEXT),
        "contact_id": ("contact", _TEXT),
        "sent_at": ("sent_at", _TIME),
        "channel": ("channel", _TEXT),
        "record_origin": ("origin", _TEXT),
    },
    "credit_decision": {
        "decision_id": ("key", _TEXT),
        "contact_id": ("contact", _TEXT),
        "decision_type": ("kind", _TEXT),
        "scored_at": ("scored_at", _TIME),
        "sent_at": ("sent_at", _TIME),
        "reviewed_by": ("reviewer", _TEXT),
        "reviewed_at": ("reviewed_at", _TIME),
        "review_outcome": ("outcome", _TEXT),
        "review_kind": ("review_kind", _TEXT),
        "record_origin": ("origin", _TEXT),
    },
    "legal_hold": {
        "hold_id": ("key", _TEXT),
        "placed_at": ("placed_at", _TIME),
        "released_at": ("released_at", _TIME),
        "reason": ("reason", _TEXT),
        "record_id": ("record", _TEXT),
    },
    "staff": {
        "person_id": ("key", _TEXT),
        "authorised_from": ("authorised_from", _TIME),
        "authorised_until": ("authorised_until", _TIME),
        "trained_from": ("trained_from", _TIME),
        "trained_until": ("trained_until", _TIME),
    },
}


def list_records(crm: Crm) -> dict[str, list[Any]]:
    """Return the records of each table."""
    return {
        "contact": crm.contacts,
        "customer": crm.customers,
        "marketing_send": crm.sends,
        "credit_decision": crm.decisions,
        "legal_hold": crm.holds,
        "staff": crm.staff,
        **{name: sheet.rows for name, sheet in crm.sheets.by_name().items()},
    }


def prepare_directory(directory: Path) -> None:
    """Make the directory, and remove the tables of an earlier demo.

    Raises:
        SynthError: it holds something that no demo wrote.
    """
    if directory.exists() and any(directory.iterdir()) and not (directory / MANIFEST).is_file():
        raise SynthError(
            f"{directory} holds files that the demo did not write.",
            "Name an empty directory, or one of an earlier demo.",
        )
    directory.mkdir(parents=True, exist_ok=True)
    for table in (*TABLES, *SHEETS):
        for stale in sorted((directory / table).rglob("part-*.parquet")):
            stale.unlink()
            if stale.parent != directory / table and not any(stale.parent.iterdir()):
                stale.parent.rmdir()


def write(directory: Path, crm: Crm) -> None:
    """Write all tables, contacts by day of extraction in two files or more, and how many rows each has."""
    by_table = list_records(crm)
    lines = [f"{name},{len(records)},{crm.as_of.isoformat()}\n" for name, records in by_table.items()]
    (directory / ROW_COUNTS).write_text("".join(["table,rows,as_of\n", *lines]), encoding="utf-8")
    for name, records in by_table.items():
        day = f"extract_date={crm.as_of:%Y-%m-%d}" if name == "contact" else ""
        folder = directory / name / day
        folder.mkdir(parents=True, exist_ok=True)
        table = _table(TABLES[name], records) if name in TABLES else crm.sheets.by_name()[name].to_arrow()
        rows = min(ROWS_PER_FILE, -(-len(table) // 2)) if name == "contact" else max(len(table), 1)
        for number, start in enumerate(range(0, len(table), rows)):
            pq.write_table(table.slice(start, rows), folder / f"part-{number:04d}.parquet")


def _table(columns: Columns, records: Sequence[Any]) -> pa.Table:
    def values(attribute: str) -> list[Any]:
        get: Callable[[Any], Any] = attrgetter(attribute)
        return [get(record) for record in records]

    return pa.table({name: pa.array(values(attribute), kind) for name, (attribute, kind) in columns.items()})
