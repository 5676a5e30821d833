"""Each row of a table is judged, or left out for one reason, and a report says how many."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from synth_expectations.engine.row_account import DayCounts, RowAccount, account_for_rows
from synth_expectations.errors import ConditionError
from tests.cli.project import Said, calling, within
from tests.gx.datasources.duckdb.reading import write

Cli = Callable[..., Said]
POLICY = """\
version: 1
owner: crm-data@retailer.example
data_sources:
  lake: {type: parquet, path: ../lake}
tables:
  send:
    role: production
    parquet: lake/send/*.parquet
    marker: {column: IsSynthetic}
    columns: {key: Id}
"""
WHERE = "    where: \"Channel = 'sms'\"\n"
DAILY = (
    "    batch: {by: day, column: SentAt, no_day: "
    '{allowed: {reason: old, approved_by: dpo@retailer.example, until: "2099-01-01"}}}\n'
)
FIRST = date(2026, 11, 1)
RUN = ("run", "nightly", "--as-of", "2026-11-22")


@pytest.fixture
def cli(tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    (tmp_path / "great_expectations").mkdir()
    with within(tmp_path):
        yield calling(capfd, monkeypatch)


def make(policy: str, seed: int) -> list[tuple[str, date | None]]:
    """Write a random table in two files; return the channel and day of each row, of which some are on the first day."""
    draw = random.Random(seed)
    days = [FIRST, *(draw.choice([None, *(FIRST + timedelta(days=day) for day in range(3))]) for _ in range(59))]
    rows = [("sms", days[0]), *((draw.choice(["sms", "email"]), day) for day in days[1:])]
    Path("great_expectations/policy.yml").write_text(policy)
    for number in range(2):
        part = rows[number::2]
        write(
            Path(f"lake/send/{number}.parquet"),
            Id=[f"{number}-{row}" for row, _ in enumerate(part)],
            IsSynthetic=["false"] * len(part),
            Channel=[channel for channel, _ in part],
            SentAt=pa.array([day for _, day in part], pa.date32()),
        )
    return rows


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("where", ["", WHERE], ids=["all", "where"])
@pytest.mark.parametrize("daily", ["", DAILY], ids=["table", "day"])
def test_rows_add_up(cli: Cli, where: str, daily: str, seed: int) -> None:
    rows = make(POLICY + where + daily, seed)
    assert cli("compile").code == 0
    run = (*RUN, *(["--batch", FIRST.isoformat()] if daily else []))
    said = cli(*run, "--output", "json")
    assert said.code == 0, said
    [table] = [table for table in said.json()["tables"] if table["suite"] == "send"]
    narrowed = [day for channel, day in rows if not where or channel == "sms"]
    judged = [day for day in narrowed if not daily or day == FIRST]
    no_day = sum(day is None for day in narrowed) if daily else 0
    assert table["rows"] == {
        "source": len(rows),
        "judged": len(judged),
        "left_out": len(rows) - len(narrowed),
        "other_day": len(narrowed) - len(judged) - no_day,
        "no_day": no_day,
    }
    assert table["records"]["all"] == len(judged)
    assert table["queries"] == 1 + bool(where) + bool(daily)
    text = " ".join(cli(*run).out.split())
    assert (f"send: {len(rows)} rows, {len(judged)} of them judged" in text) is bool(where or daily)


def test_what_does_not_add_up_is_refused() -> None:
    assert account_for_rows("send", 5, None, None) == RowAccount(5, 5)
    assert account_for_rows("send", 5, 9, None) == RowAccount(9, 5, left_out=4)
    assert account_for_rows("send", 2, 9, DayCounts(6, 2, 1)) == RowAccount(9, 2, left_out=3, other_day=3, no_day=1)
    for judged, source, days in ((5, 4, None), (3, None, DayCounts(6, 2, 1)), (2, 5, DayCounts(6, 2, 1))):
        with pytest.raises(ConditionError, match="do not add up"):
            account_for_rows("send", judged, source, days)


def test_a_row_that_appears_during_the_run_is_errored(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    from synth_expectations.validation import table_rows

    make(POLICY + WHERE, 0)
    assert cli("compile").code == 0
    monkeypatch.setattr(table_rows, "count_rows", lambda table: 1)
    said = cli(*RUN)
    assert said.code == 2, said
    assert "The rows of send do not add up: it has 1, and" in " ".join(said.out.split())
