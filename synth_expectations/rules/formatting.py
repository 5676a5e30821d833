"""Formats counts and shares of records for people."""

from __future__ import annotations

from decimal import Decimal


def format_violations(
    count: int, records: int, breaks: str = "breaks a rule", break_: str = "break a rule", of: str = "records"
) -> str:
    """Format a violation count: `2 of 1,204 records (0.17 %) break a rule`."""
    return f"{count:,} of {records:,} {of} ({format_percent(count, records)}) {breaks if count == 1 else break_}"


def format_percent(part: int, whole: int) -> str:
    """Format a share in percent with two digits, never as 1e+02; 100 and 0 only where it is all or none."""
    if not whole or part in {0, whole}:
        return "100 %" if whole and part else "0 %"
    shown = f"{Decimal(f'{100 * part / whole:.2g}'):f}"
    return "more than 99 %" if shown == "100" else f"{shown} %"
