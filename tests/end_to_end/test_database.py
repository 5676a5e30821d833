"""The whole job on PostgreSQL: as a policy's own data source, borrowed from a project, and inside that project."""

from __future__ import annotations

import json
import os
import re
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.project import Said, starting
from tests.end_to_end.database import AS_OF, SECRET, Database, day_with_untagged, existing_project, fill, serving
from tests.end_to_end.test_real_data import POLICY, answer, keys, results
from tests.paths import ROOT

Cli = Callable[..., Said]
WRONG = "hunter2-4711"
RUN = ("run", "nightly", "--as-of", AS_OF)


@pytest.fixture(scope="module")
def database() -> Iterator[Database]:
    with serving() as served:
        yield served


@pytest.fixture
def connected(database: Database, here: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    """The database, its address in a variable, and an empty directory to work in."""
    monkeypatch.setenv("CRM_DATABASE", database.url)
    return database


@pytest.fixture
def compiled(connected: Database, cli: Cli) -> Database:
    propose(cli)
    assert cli("compile").code == 0
    return connected


def propose(cli: Cli) -> None:
    said = cli("init", "--table", "crm:public.contact", "--connection", "${CRM_DATABASE}")
    assert said.code == 0, said.err
    answer(owner="crm-data@retailer.example", **{"testing: {max": "P90D"})


def edit(old: str, new: str) -> None:
    text = POLICY.read_text()
    assert old in text
    POLICY.write_text(text.replace(old, new))


def files(root: Path) -> dict[str, bytes]:
    return {str(file.relative_to(root)): file.read_bytes() for file in root.rglob("*") if file.is_file()}


def written(root: Path) -> str:
    return "\n".join(text.decode(errors="replace") for text in files(root).values())


def found_untagged(said: Said) -> set[str]:
    assert said.code == 1, said.out + said.err
    return keys(results(said)["contact", "expect_records_to_be_tagged"])


def test_untagged_contacts_are_found_in_a_database(connected: Database, cli: Cli) -> None:
    propose(cli)
    checked = cli("check")
    assert (checked.code, checked.out) == (0, ""), checked
    assert cli("compile").code == 0
    said = cli(*RUN, "--output", "json")
    assert found_untagged(said) == connected.untagged
    assert said.json()["tables"][0]["records"] == {"all": 520, "synthetic": 111, "real": 400, "untagged": 9}
    assert {each["engine"] for each in said.json()["tables"]} == {"sql"}
    assert said.err == ""


def test_the_first_of_two_columns_that_is_not_null(compiled: Database, cli: Cli) -> None:
    fields = "expect_synthetic_records_to_have_provenance"
    old, new = (
        f'CASE WHEN right("Id", 1) {half} THEN "SyntheticSource__c" END AS {name}'
        for half, name in ((">= '5'", '"Old One"'), ("< '5'", "new"))
    )
    compiled.execute(f"CREATE TABLE public.two_sources AS SELECT *, {old}, {new} FROM public.contact")
    edit("table: public.contact", "table: public.two_sources")
    edit("source: SyntheticSource__c", "source: [new, Old One]")
    assert cli("compile").code == 0
    assert results(cli(*RUN, "--output", "json"))["contact", fields]["verdict"] == "passed"
    compiled.execute('UPDATE public.two_sources SET "Old One" = NULL')
    failed = results(cli(*RUN, "--output", "json"))["contact", fields]
    assert failed["verdict"] == "failed"
    assert [each["name"] for each in failed["rules"] if each["count"]] == ["new or Old One is missing or a placeholder"]


def test_beside_an_existing_project_which_is_only_read(connected: Database, cli: Cli, here: Path) -> None:
    theirs = existing_project(here / "theirs")
    before = files(theirs)
    said = cli("init", "--table", "warehouse:public.contact", "--use", "theirs/gx")
    assert said.code == 0, said.err
    assert 'warehouse: {use: "../theirs/gx"}' in POLICY.read_text()
    answer(owner="crm-data@retailer.example", **{"testing: {max": "P90D"})
    assert cli("check").code == 0
    assert cli("compile").code == 0
    assert found_untagged(cli(*RUN, "--output", "json")) == connected.untagged
    assert files(theirs) == before


def test_inside_an_existing_project(connected: Database, cli: Cli, here: Path) -> None:
    theirs = existing_project(here)
    before = files(theirs)
    said = cli("init", "--join", "gx", "--table", "warehouse:public.contact")
    assert said.code == 0, said.err
    assert "then: synth-expectations check --project gx" in said.err
    policy = theirs / "policy.yml"
    policy.write_text(policy.read_text().replace("owner: TODO", "owner: me").replace("max: TODO", "max: P90D"))
    assert cli("check").code == 0
    assert cli("compile").code == 0
    assert found_untagged(cli(*RUN, "--output", "json")) == connected.untagged
    after = files(theirs)
    kept = {name: text for name, text in before.items() if name != "great_expectations.yml"}
    assert {name: after[name] for name in kept} == kept
    lines = after["great_expectations.yml"].decode().splitlines()
    lost = [line for line in before["great_expectations.yml"].decode().splitlines() if line not in lines]
    assert lost == []
    own = cli("run", "their_nightly", "--output", "json")
    assert [each["verdict"] for each in own.json()["tables"][0]["expectations"]] == ["passed", "failed", "passed"]


def test_init_refuses_a_password(connected: Database, cli: Cli, here: Path) -> None:
    for connection in (
        connected.url_of("app", WRONG),
        f"postgresql+psycopg://app@/postgres?host={connected.folder}&password={WRONG}",
    ):
        said = cli("init", "--table", "crm:public.contact", "--connection", connection)
        assert (said.code, said.out) == (2, "")
        assert said.err == (
            "ERROR  The connection holds a password.\n"
            "       Set a variable to it, and write --connection '${VARIABLE}'\n"
        )
    assert files(here) == {}


def test_a_password_with_a_dollar(compiled: Database, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRM_DATABASE", compiled.url_of("app", SECRET))
    assert found_untagged(cli(*RUN, "--output", "json")) == compiled.untagged
    assert SECRET not in written(Path())


def test_a_database_that_refuses_the_password(compiled: Database, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRM_DATABASE", compiled.url_of("app", WRONG))
    ran, checked = cli(*RUN), cli("check")
    assert (ran.code, ran.err, checked.code) == (2, "", 2)
    sentence = 'FATAL: password authentication failed for user "app". Check that it runs, and the address, user and'
    assert ran.flat.count(sentence) == 2, "once for what all expectations of a table share"
    assert checked.flat.count(sentence) == 2
    assert re.match("ERRORED  [0-9]+ errored; ", ran.out.splitlines()[-2])
    proposed = cli("init", "--table", "crm:public.contact", "--connection", "${CRM_DATABASE}", "--project", "other")
    assert proposed.code == 2
    assert "did not answer" in proposed.err
    said = [said.out + said.err for said in (ran, checked, proposed)]
    assert not [text for text in [*said, written(Path())] if WRONG in text]


def test_a_user_who_may_not_read_the_table(compiled: Database, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRM_DATABASE", compiled.url_of("nobody", SECRET))
    ran = cli(*RUN)
    assert ran.code == 2
    assert "The query on contact failed: permission denied for table contact." in ran.flat
    assert "did not answer" not in ran.out


def test_a_variable_that_is_not_set(compiled: Database, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CRM_DATABASE")
    ran, checked = cli(*RUN), cli("check")
    assert (ran.code, checked.code) == (2, 2)
    assert "The variable CRM_DATABASE is not set." in ran.flat
    assert "The variable CRM_DATABASE is not set." in checked.flat


def test_a_column_that_was_renamed(compiled: Database, cli: Cli) -> None:
    renamed = compiled.contacts.rename_columns(
        ["SyntheticSrc__c" if name == "SyntheticSource__c" else name for name in compiled.contacts.schema.names]
    )
    fill(compiled, "renamed", renamed)
    edit("table: public.contact", "table: public.renamed")
    cli("compile")
    ran = cli(*RUN)
    assert ran.code == 2
    line = next(i for i, text in enumerate(POLICY.read_text().splitlines(), 1) if "source: SyntheticSource__c" in text)
    assert "Column SyntheticSource__c is not in contact. Nearest: SyntheticSrc__c." in ran.flat
    assert f"Next edit policy.yml:{line} (columns.source)" in ran.flat
    document = cli(*RUN, "--output", "json")
    errored = {kind for (_, kind), each in results(document).items() if each["verdict"] == "errored"}
    suite = json.loads(Path("suites/contact.json").read_text())["expectations"]
    asking = {each["type"] for each in suite if "SyntheticSource__c" in json.dumps(each["kwargs"])}
    columns = "expect_table_to_have_provenance_columns"  # to which a missing column is a violation, and no error
    assert errored == asking - {columns}
    assert results(document)["contact", columns]["verdict"] == "failed"
    assert "expect_synthetic_records_to_have_provenance" in errored
    assert document.json()["next"] == [next(each["next"] for each in results(document).values() if each["next"])]


def test_a_table_that_is_gone(compiled: Database, cli: Cli) -> None:
    edit("table: public.contact", "table: public.contacts")
    cli("compile")
    ran, checked = cli(*RUN), cli("check")
    assert (ran.code, checked.code) == (2, 2)
    assert "public.contacts" in ran.flat
    assert "public.contacts" in checked.flat
    assert "Not in the policy: crm:public.contact" in checked.err


def test_a_day_of_a_table(compiled: Database, cli: Cli) -> None:
    day, untagged = day_with_untagged(compiled)
    edit("table: public.contact", "table: public.contact\n    batch: {by: day, column: CreatedDate}\n   ")
    assert cli("compile").code == 0
    said = cli(*RUN, "--batch", day.isoformat(), "--output", "json")
    assert found_untagged(said) == untagged
    judged = {table["suite"]: table for table in said.json()["tables"]}
    assert judged["contact"]["scope"] == {"kind": "batch", "batch": day.isoformat()}
    assert judged["contact__all_rows"]["scope"] == {"kind": "all_records", "batch": None}
    assert judged["contact__all_rows"]["records"]["all"] == 520
    for batch, sentence in (
        ("2019-01-01", "The batch 2019-01-01 has no records: nothing was checked."),
        ("2026-10", "It is checked by day"),
        (None, "It is checked by day, but no batch was given."),
    ):
        absent = cli(*RUN, *(("--batch", batch) if batch else ()))
        assert absent.code == 2
        assert sentence in absent.flat


def test_a_day_is_a_day_in_utc(compiled: Database, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    late = "(\"CreatedDate\" AT TIME ZONE 'UTC')::date"
    [(day, count)] = compiled.execute(
        f"SELECT {late} AS day, count(*) FROM public.contact GROUP BY 1"
        " HAVING count(*) <> count(*) FILTER (WHERE (\"CreatedDate\" AT TIME ZONE 'America/New_York')::date ="
        f" {late}) ORDER BY 1 LIMIT 1"
    )
    compiled.execute("ALTER ROLE app SET timezone = 'America/New_York'")
    monkeypatch.setenv("CRM_DATABASE", compiled.url_of("app", SECRET))
    edit("table: public.contact", "table: public.contact\n    batch: {by: day, column: CreatedDate}\n   ")
    assert cli("compile").code == 0
    try:
        said = cli(*RUN, "--batch", day.isoformat(), "--output", "json")
    finally:
        compiled.execute("ALTER ROLE app RESET timezone")
    judged = {table["suite"]: table for table in said.json()["tables"]}
    assert judged["contact"]["records"].get("all") == count


@pytest.mark.full
@pytest.mark.parametrize("workers", [1, 2])
def test_ctrl_c_ends_every_query_in_the_server(compiled: Database, cli: Cli, workers: int) -> None:
    edit('where: "IsDeleted = false"', 'where: "Id <> CAST(pg_sleep(60) AS VARCHAR)"')
    assert cli("compile").code == 0
    variables = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = starting(*RUN, "--workers", str(workers), env=variables)
    sleeping = "SELECT pid FROM pg_stat_activity WHERE wait_event = 'PgSleep'"
    wait_for(lambda: compiled.execute(sleeping))
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (130, "", "Interrupted. Results of finished tables are kept.\n")
    assert compiled.execute(sleeping) == []


def wait_for(condition: Callable[[], Any]) -> None:
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.1)
