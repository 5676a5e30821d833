"""What was written of violating records, and what the report counted."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pyarrow.parquet as pq

Rule = tuple[str, str, str]


def rows(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Every row of every file of a run."""
    return [row for file in document["quarantine"]["files"] for row in pq.read_table(file).to_pylist()]


def listed(document: dict[str, Any]) -> Counter[Rule]:
    """How many rows there are of each table, expectation and rule."""
    return Counter((row["table"], row["expectation"], row["rule"]) for row in rows(document))


def counted(document: dict[str, Any]) -> dict[Rule, int]:
    """How many records the report counted of the same."""
    return {
        (table["table"], each["type"], rule["name"]): rule["count"]
        for table in document["tables"]
        for each in table["expectations"]
        for rule in each["rules"]
        if rule["judged"] and rule["count"]
    }


def keys(document: dict[str, Any], expectation: str) -> set[str | None]:
    return {row["key"] for row in rows(document) if row["expectation"] == expectation}
