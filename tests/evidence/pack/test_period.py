"""A period is whole days in UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from synth_expectations.evidence.pack.period import PeriodError, parse_period


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026Q4", date(2026, 10, 1), date(2026, 12, 31)),
        ("2026-q1", date(2026, 1, 1), date(2026, 3, 31)),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29)),
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        (" 2026-10-01..2026-10-01 ", date(2026, 10, 1), date(2026, 10, 1)),
    ],
)
def test_a_period_is_read(text: str, first: date, last: date) -> None:
    period = parse_period(text)
    assert (period.first, period.last) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026Q5",
        "2026-13",
        "2026-02-30..2026-03-01",
        "2026-10-02..2026-10-01",
        "Q4",
        "2026-10-01..",
        "٢٠٢٦",
        "0000",
        "1979",
        "9999Q4",
    ],
)
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(PeriodError, match="2026Q4, 2026-11"):
        parse_period(text)


def test_its_last_moment_belongs_to_it() -> None:
    period = parse_period("2026Q4")
    assert period.has(datetime(2026, 12, 31, 23, 59, 59, 999999, tzinfo=UTC))
    assert not period.has(datetime(2027, 1, 1, tzinfo=UTC))
