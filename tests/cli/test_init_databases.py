"""`init` refuses the databases that `compile` refuses, before it reads anything."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from synth_expectations.cli.database_tables import _find_type as find_type
from synth_expectations.engine.dialects.unsupported import UNSUPPORTED
from tests.cli.project import Said

Cli = Callable[..., Said]


@pytest.mark.parametrize("engine", UNSUPPORTED)
def test_an_engine_that_no_rules_can_be_run_on(
    engine: str, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = cli("init", "--table", "crm:contact", "--connection", f"{engine}+driver://127.0.0.1:1/crm")
    assert said.code == 2
    assert f"No rules can be run on {UNSUPPORTED[engine].title}: " in " ".join(said.err.split())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("driver", "hint"),
    [("psycopg2", "Write the address as postgresql+psycopg://"), ("psycopg", "Install the extra `postgres`")],
)
def test_a_driver_that_is_not_installed(
    driver: str, hint: str, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, driver, None)
    said = cli("init", "--table", "crm:contact", "--connection", f"postgresql+{driver}://127.0.0.1:1/crm")
    assert said.code == 2
    assert f"The driver {driver} is not installed. {hint}" in " ".join(said.err.split())


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("postgresql+psycopg://app:x@db.example:5432/crm", "postgres"),  # which a run reads without Great Expectations
        ("postgresql+psycopg://app@/crm?host=/var/run/postgresql", "sql"),
        ("snowflake://app@account/crm", "snowflake"),
        ("databricks://token:x@workspace.example", "sql"),
        ("cubrid://db/crm", "sql"),
    ],
)
def test_the_type_of_data_source_of_an_address(address: str, kind: str) -> None:
    assert find_type(address) == kind
