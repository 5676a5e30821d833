"""A day of a table in PostgreSQL: a range of UTC, whatever its column is, of which only one partition is read."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from tests.cli.project import Said
from tests.end_to_end.database import SECRET, Database
from tests.end_to_end.test_database import RUN, compiled, connected, database, edit, results
from tests.end_to_end.test_postgresql import kept

Cli = Callable[..., Said]
__all__ = ["compiled", "connected", "database", "kept"]

BATCHED = "table: kept.contact\n    batch: {by: day, column: CreatedDate}\n   "
AS_COLUMN = {
    "timestamptz": '"CreatedDate"',
    "timestamp": "\"CreatedDate\" AT TIME ZONE 'UTC'",
    "date": "(\"CreatedDate\" AT TIME ZONE 'UTC')::date",
    "text": "to_char(\"CreatedDate\" AT TIME ZONE 'Asia/Tokyo', 'YYYY-MM-DD\"T\"HH24:MI:SS') || '+0900'",
}
"""The moment of a contact as a column of each kind, from one with zone."""


@pytest.fixture
def from_new_york(kept: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """The database of a user whose sessions are five hours behind."""
    kept.execute("ALTER ROLE app SET timezone = 'America/New_York'")
    monkeypatch.setenv("CRM_DATABASE", kept.url_of("app", SECRET))
    yield kept
    kept.execute("ALTER ROLE app RESET timezone")


def late_day(database: Database) -> tuple[date, int]:
    """A day of UTC that in New York is another one for some contacts, and how many it has."""
    moments = [each["CreatedDate"].astimezone(UTC) for each in database.contacts.select(["CreatedDate"]).to_pylist()]
    day = min(each for each in moments if each.hour < 4).date()
    return day, sum(each.date() == day for each in moments)


def keep(database: Database, kind: str = "timestamptz") -> None:
    columns = ", ".join(f'"{name}"' for name in database.contacts.schema.names if name != "CreatedDate")
    database.execute(
        f'CREATE TABLE kept.contact AS SELECT {columns}, {AS_COLUMN[kind]} AS "CreatedDate" FROM public.contact',
        "GRANT SELECT ON kept.contact TO app",
    )


def keep_in_partitions(database: Database, day: date) -> None:
    """Three of them, by a range: before a day, that day, and after."""
    bounds = ["MINVALUE", f"'{day} 00:00:00+00'", f"'{day + timedelta(days=1)} 00:00:00+00'", "MAXVALUE"]
    parts = zip(("before", "that_day", "after"), bounds, bounds[1:], strict=False)
    database.execute(
        'CREATE TABLE kept.contact (LIKE public.contact) PARTITION BY RANGE ("CreatedDate")',
        *(
            f"CREATE TABLE kept.{name} PARTITION OF kept.contact FOR VALUES FROM ({start}) TO ({end})"
            for name, start, end in parts
        ),
        "INSERT INTO kept.contact SELECT * FROM public.contact",
        "GRANT SELECT ON kept.contact TO app",
    )


@contextmanager
def statements() -> Iterator[list[tuple[str, Any]]]:
    """What is sent, with its parameters."""
    sent: list[tuple[str, Any]] = []

    def note(_: Any, __: Any, statement: str, parameters: Any, *___: Any) -> None:
        sent.append((statement, parameters))

    sa.event.listen(sa.Engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", note)


def partitions(database: Database, statement: str, parameters: Any) -> set[str]:
    """The partitions that a statement reads."""
    with database.engine.connect() as connection:
        [[plan]] = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", parameters).fetchall()
    return set(re.findall(r'"Relation Name": "(\w+)"', json.dumps(plan)))


def judged(said: Said, suite: str = "contact") -> dict[str, Any]:
    found: dict[str, Any] = next(each for each in said.json()["tables"] if each["suite"] == suite)
    return found


@pytest.mark.parametrize("kind", AS_COLUMN)
def test_a_day_whatever_its_column_is(from_new_york: Database, cli: Cli, kind: str) -> None:
    keep(from_new_york, kind)
    edit("table: public.contact", BATCHED)
    assert cli("compile").code == 0
    day, count = late_day(from_new_york)
    said = cli(*RUN, "--batch", day.isoformat(), "--output", "json")
    assert judged(said)["records"]["all"] == count
    assert judged(said, "contact__all_rows")["records"]["all"] == 520


def test_only_the_partition_of_the_day_is_read(from_new_york: Database, cli: Cli) -> None:
    day, count = late_day(from_new_york)
    keep_in_partitions(from_new_york, day)
    edit("table: public.contact", BATCHED)
    assert cli("compile").code == 0
    with statements() as sent:
        said = cli(*RUN, "--batch", day.isoformat(), "--output", "json")
    assert judged(said)["records"]["all"] == count
    reading = [each for each in sent if "FROM kept.contact" in each[0] and "1 = 0" not in each[0]]
    assert not [sql for sql, _ in sent if "EXTRACT" in sql]  # Great Expectations' way
    # the query that counts the rows of the day, of others and of none names the last day that there is
    of_day = [each for each in reading if f"{day} 00:00:00Z" in each[0] and "9999-12-31" not in each[0]]
    assert len(of_day) + 3 == judged(said)["queries"]
    row_rules = [each for each in of_day if "synth_records" not in each[0]]
    assert [partitions(from_new_york, *each) for each in row_rules] == [{"that_day"}]
    # real people, in whom those of the day are looked for, lie in the whole table
    [lookup] = [each for each in of_day if each not in row_rules]
    assert partitions(from_new_york, *lookup) == {"before", "that_day", "after"}
    # the rows by day, those that `where` leaves out and national telephone numbers of real people are counted in all of
    # them, and retention judges all
    of_table = [each for each in reading if each not in of_day]
    assert len(of_table) == 4
    assert [partitions(from_new_york, *each) for each in of_table] == [{"before", "that_day", "after"}] * 4


def test_a_day_that_only_utc_has(from_new_york: Database, cli: Cli) -> None:
    keep(from_new_york)
    from_new_york.execute(
        "INSERT INTO kept.contact SELECT * FROM kept.contact LIMIT 1",
        "UPDATE kept.contact SET \"CreatedDate\" = '2031-01-01 02:00:00Z'"
        " WHERE ctid = (SELECT max(ctid) FROM kept.contact)",
    )
    edit("table: public.contact", BATCHED)
    assert cli("compile").code == 0
    assert judged(cli(*RUN, "--batch", "2031-01-01", "--output", "json"))["records"]["all"] == 1


def test_expectations_of_great_expectations_see_the_same_day(from_new_york: Database, cli: Cli) -> None:
    keep(from_new_york)
    day, count = late_day(from_new_york)
    edit(
        "table: public.contact",
        BATCHED.rstrip() + f"\n    expectations:\n      expect_table_row_count_to_equal: {{value: {count}}}\n   ",
    )
    assert cli("compile").code == 0
    said = cli(*RUN, "--batch", day.isoformat(), "--output", "json")
    assert results(said)["contact", "expect_table_row_count_to_equal"]["verdict"] == "passed"


def test_a_month(from_new_york: Database, cli: Cli) -> None:
    keep(from_new_york)
    edit("table: public.contact", BATCHED.replace("by: day", "by: month"))
    assert cli("compile").code == 0
    moments = [each["CreatedDate"].astimezone(UTC) for each in from_new_york.contacts.to_pylist()]
    month = min(moments).strftime("%Y-%m")
    said = cli(*RUN, "--batch", month, "--output", "json")
    assert judged(said)["records"]["all"] == sum(f"{each:%Y-%m}" == month for each in moments)


def test_a_column_that_is_no_time(from_new_york: Database, cli: Cli) -> None:
    keep(from_new_york)
    edit("table: public.contact", BATCHED.replace("column: CreatedDate", "column: IsDeleted"))
    assert cli("compile").code == 0
    said = cli(*RUN, "--batch", "2026-01-01")
    assert said.code == 2
    assert "Column IsDeleted of contact is true or false, where a time is needed" in " ".join(said.out.split())
