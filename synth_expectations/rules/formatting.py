"""A share of records as people read it."""

from __future__ import annotations

from decimal import Decimal


def broken(
    count: int, records: int, breaks: str = "breaks a rule", break_: str = "break a rule", of: str = "records"
) -> str:
    """How many records, or what else is counted, break something: `2 of 1,204 records (0.17 %) break a rule`."""
    return f"{count:,} of {records:,} {of} ({percent(count, records)}) {breaks if count == 1 else break_}"


def percent(part: int, whole: int) -> str:
    """In percent, two digits, never as 1e+02; 100 and 0 only where it is all or none."""
    if not whole or part in {0, whole}:
        return "100 %" if whole and part else "0 %"
    shown = f"{Decimal(f'{100 * part / whole:.2g}'):f}"
    return "more than 99 %" if shown == "100" else f"{shown} %"
