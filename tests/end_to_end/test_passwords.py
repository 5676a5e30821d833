"""A password stays out of all that the commands say and write, whatever its characters and whatever goes wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.cli.project import Said
from tests.end_to_end.database import AS_OF, Database, serving
from tests.end_to_end.test_real_data import POLICY, answer

Cli = Callable[..., Said]
RUN = ("run", "nightly", "--as-of", AS_OF)
PASSWORDS = {
    "at, slash, colon": "hunter2@corner/47110815:left",
    "quotes": "hunter2'corner\"47110815\\left",
    "percent": "hunter2%40corner%47110815",
    "other letters": "hünter2-Пароль 47110815",
}
PARTS = ("hunter2", "hünter2", "corner", "47110815", "Пароль")
"""None of these may be shown. Fewer digits than eight are found by chance, in the microseconds of a time."""

_DIGEST = re.compile(r"\b[0-9a-f]{12,}\b|\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-")
"""Digests and UUIDs, which hold any digits now and then."""


@pytest.fixture(scope="module")
def database() -> Iterator[Database]:
    with serving() as served:
        yield served


@pytest.fixture
def compiled(database: Database, here: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> Database:
    monkeypatch.setenv("CRM_DATABASE", database.url)
    said = cli("init", "--table", "crm:public.contact", "--connection", "${CRM_DATABASE}")
    assert said.code == 0, said.err
    answer(owner="crm-data@retailer.example", **{"testing: {max": "P90D"})
    assert cli("compile").code == 0
    return database


ADDRESSES = {
    "the server refuses the login": "postgresql+psycopg://app:{encoded}@/postgres?host={folder}",
    "as it is, not encoded": "postgresql+psycopg://app:{password}@/postgres?host={folder}",
    "as a parameter": "postgresql+psycopg://app@/postgres?host={folder}&password={encoded}",
    "a host that does not resolve": "postgresql+psycopg://app:{encoded}@nowhere.invalid/postgres",
    "a port that is none": "postgresql+psycopg://app:{encoded}@localhost:{encoded}/postgres",
    "no such driver": "postgresql+nodriver://app:{encoded}@localhost/postgres",
    "no such dialect": "nonsense://app:{encoded}@localhost/postgres",
    "no scheme": "app:{encoded}@localhost/postgres",
    "no host": "postgresql+psycopg://app:{encoded}",
    "the user has a slash": "postgresql+psycopg://a/pp:{encoded}@localhost/postgres",
}


FAST = ("the server refuses the login", "a host that does not resolve", "as it is, not encoded")


@pytest.mark.parametrize(
    ("name", "addresses"),
    [
        pytest.param("at, slash, colon", FAST, id="a sample"),
        *(pytest.param(name, tuple(ADDRESSES), id=name, marks=pytest.mark.full) for name in PASSWORDS),
    ],
)
def test_nothing_shows_it(
    compiled: Database,
    cli: Cli,
    here: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    name: str,
    addresses: tuple[str, ...],
) -> None:
    password = PASSWORDS[name]
    shown: list[str] = []
    for why in addresses:
        given = ADDRESSES[why].format(password=password, encoded=quote(password, safe=""), folder=compiled.folder)
        monkeypatch.setenv("CRM_DATABASE", given)
        commands = [
            (*RUN, "--output", "junit"),
            ("check",),
            ("init", "--table", "crm:public.contact", "--connection", "${CRM_DATABASE}", "--project", "other"),
            ("init", "--table", "crm:public.contact", "--connection", given, "--project", "other"),
        ]
        for command in commands if why != "the server refuses the login" else [*commands, (*RUN, "--output", "json")]:
            said = cli(*command)
            assert said.code == 2, (why, command, said)
            text = said.out + said.err
            assert "Traceback" not in text
            assert "unforeseen" not in text, text
            shown += [f"{why}, {command[0]}: {part} in {text}" for part in PARTS if part in text]
    shown += [f"{record.name} logs {record.getMessage()}" for record in caplog.records if _holds(record.getMessage())]
    files = [file for file in here.rglob("*") if file.is_file()]
    shown += [str(file) for file in files if _holds(file.read_bytes().decode(errors="replace"))]
    assert shown == []


def test_a_password_in_the_policy_is_refused(compiled: Database, cli: Cli) -> None:
    text = POLICY.read_text()
    address = f"postgresql+psycopg://app:hunter2%40corner@/postgres?host={compiled.folder}"
    POLICY.write_text(text.replace("${CRM_DATABASE}", address))
    for command in (("check",), ("compile",)):
        said = cli(*command)
        assert said.code == 2, said
        assert not _holds(said.out + said.err)


def _holds(text: str) -> bool:
    rest = _DIGEST.sub("", text)
    return any(part in rest for part in PARTS)
