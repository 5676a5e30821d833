"""The small table that most tests judge, and expectations about it."""

from __future__ import annotations

from typing import Any

import synth_expectations as se
from synth_expectations.testing import Table

CONTACT = {
    "id": "text",
    "is_synthetic": "text",
    "source": "text",
    "version": "text",
    "generated_at": "text",
    "email": "text",
}
GOOD = {"is_synthetic": "true", "source": "sdv", "version": "1.2.0", "generated_at": "2026-10-01", "email": "a@x.test"}
MARKED: dict[str, Any] = {"marker_column": "is_synthetic", "record_key": "id"}


def contacts(*rows: dict[str, Any]) -> Table:
    """Synthetic records with complete provenance, but for what a row says."""
    return Table.of(CONTACT, [GOOD | {"id": f"c{number}"} | row for number, row in enumerate(rows, start=1)])


def customers(*emails: str | None) -> Table:
    """Real people."""
    rows = [{"id": f"r{number}", "email": email} for number, email in enumerate(emails, start=1)]
    return Table.of({"id": "text", "email": "text"}, rows)


def tagged(**more: Any) -> Any:
    return se.ExpectRecordsToBeTagged(**MARKED | more)


def provenance(**more: Any) -> Any:
    return se.ExpectSyntheticRecordsToHaveProvenance(**MARKED | {"fields": ["source", "version"]} | more)


def well_formed(**more: Any) -> Any:
    return se.ExpectSyntheticProvenanceToBeWellFormed(
        **MARKED | {"generated_at": "generated_at", "algorithm_version": "version"} | more
    )


def expiring(**more: Any) -> Any:
    return se.ExpectSyntheticRecordsToExpireOnTime(**MARKED | {"anchor": "generated_at", "max_age": "P90D"} | more)


def no_synthetic(**more: Any) -> Any:
    return se.ExpectTableToContainNoSyntheticRecords(**MARKED | more)


def no_copies(**more: Any) -> Any:
    arguments = {"reference": "customer", "match": [[{"columns": "email", "kind": "email"}]]}
    return se.ExpectSyntheticRecordsToNotCopyRealRecords(**MARKED | arguments | more)
