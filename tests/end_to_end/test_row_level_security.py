"""Rows that PostgreSQL hides from the user of the run: the table is errored, unless the policy accepts it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa

from tests.cli.project import Said
from tests.end_to_end.database import SECRET, Database
from tests.end_to_end.test_database import RUN, compiled, connected, database, edit
from tests.end_to_end.test_postgresql import kept

Cli = Callable[..., Said]
__all__ = ["compiled", "connected", "database", "kept"]

HIDDEN = (
    "CREATE TABLE kept.contact AS SELECT * FROM public.contact",
    "GRANT SELECT ON kept.contact TO app",
    "ALTER TABLE kept.contact ENABLE ROW LEVEL SECURITY",
    "CREATE POLICY part ON kept.contact TO app USING (right(\"Id\", 1) < '5')",
)
ACCEPTED = (
    "table: kept.contact\n    row_level_security:\n      accepted:\n        reason: Other regions have runs of their own."
    '\n        approved_by: dpo@retailer.example\n        until: "{until}"\n   '
)


@pytest.fixture
def hidden(kept: Database, monkeypatch: pytest.MonkeyPatch) -> Database:
    """Contacts of which the user of the run sees some."""
    kept.execute(*[sql.replace('"IsSynthetic__c" IS NOT TRUE', "\"Id\" < '5'") for sql in HIDDEN])
    monkeypatch.setenv("CRM_DATABASE", kept.url_of("app", SECRET))
    return kept


@pytest.mark.parametrize("view", [None, "security_invoker = true", "security_barrier = true"])
def test_hidden_rows_are_no_pass(hidden: Database, cli: Cli, view: str | None) -> None:
    name = "contact"
    if view:
        name = "seen"
        hidden.execute(
            f"CREATE VIEW kept.seen WITH ({view}) AS SELECT * FROM kept.contact", "GRANT SELECT ON kept.seen TO app"
        )
    edit("table: public.contact", f"table: kept.{name}")
    said = cli("check")
    if view == "security_barrier = true":  # it reads as its owner, who sees all rows
        assert said.code == 0, said
        return
    sentence = "Row-level security may hide rows of contact from the user of the run."
    assert (said.code, sentence in " ".join(said.out.split())) == (2, True), said
    assert cli("compile").code == 0
    ran = cli(*RUN)
    assert ran.code == 2
    assert sentence in " ".join(ran.out.split())


@pytest.mark.parametrize(("until", "code"), [("2099-03-31", 1), ("2020-03-31", 2)])
def test_the_policy_may_accept_it_until_a_day(hidden: Database, cli: Cli, until: str, code: int) -> None:
    edit("table: public.contact", ACCEPTED.format(until=until))
    assert cli("compile").code == 0
    said = cli(*RUN, "--output", "json")
    assert said.code in ({0, 1} if code == 1 else {2}), said
    [accepted] = [each for each in said.json()["excluded"] if each["type"] == "row_level_security"]
    assert accepted["approved_by"] == "dpo@retailer.example"
    assert accepted["expired"] is (code == 2)
    if code == 1:
        assert said.json()["tables"][0]["records"]["all"] < 520


def test_a_user_who_sees_all_rows_is_not_disturbed(hidden: Database, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRM_DATABASE", hidden.url)
    edit("table: public.contact", "table: kept.contact")
    assert cli("check").code == 0


def test_the_session_stays_as_it_was(hidden: Database) -> None:
    from synth_expectations.engine.adapters.sqlalchemy import SqlAdapter
    from synth_expectations.errors import ConditionError

    for isolation in ("READ COMMITTED", "AUTOCOMMIT"):
        engine = sa.create_engine(hidden.url_of("app", SECRET), isolation_level=isolation)
        with engine.connect() as connection:
            from contextlib import nullcontext

            table = sa.table("contact", schema="kept")
            adapter = SqlAdapter(lambda at=connection: nullcontext(at), table, sa.table, "contact")
            with pytest.raises(ConditionError, match="Row-level security may hide rows of contact"):
                adapter.columns()
            assert connection.exec_driver_sql("SHOW row_security").scalar() == "on"
            allowed = sa.table("contact", schema="public")
            assert SqlAdapter(lambda at=connection: nullcontext(at), allowed, sa.table, "contact").columns().names
            assert connection.exec_driver_sql("SHOW row_security").scalar() == "on"
        engine.dispose()
