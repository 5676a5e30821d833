"""Which engines there are, and what each says of itself."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from synth_expectations.engine import dialects
from synth_expectations.engine.dialects import registry
from synth_expectations.engine.dialects.base import ANY_SQL, Status
from synth_expectations.engine.dialects.registry import (
    ENTRY_POINT_GROUP,
    all_dialects,
    built_in_dialects,
    by_name,
    data_source_types,
    find_data_source_type,
    find_dialect,
    find_engine_of_type,
)
from synth_expectations.engine.dialects.unsupported import UNSUPPORTED
from synth_expectations.errors import ConditionError, SynthError
from synth_expectations.testing import ENGINES
from tests.paths import ROOT

MADE_UP = Path(__file__).parents[1] / "made_up" / "harbour.py"
NO_ENGINES = {"__init__", "base", "registry", "translations", "unsupported"}


def test_each_file_is_an_engine() -> None:
    files = {path.stem for path in Path(dialects.__path__[0]).glob("*.py")}
    assert set(built_in_dialects()) == files - NO_ENGINES


@pytest.mark.parametrize("name", built_in_dialects())
def test_what_an_engine_says_of_itself(name: str) -> None:
    dialect = by_name(name)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    required = project["dependencies"] if dialect.extra is None else project["optional-dependencies"][dialect.extra]
    assert any(requirement.startswith(dialect.package) for requirement in required)
    if dialect.status is Status.RENDERED:
        assert dialect.sample_address
        assert dialect.extra == name  # the Makefile installs it by this name
    if dialect.gaps:
        assert dialect.emulator or dialect.status is Status.PROVEN  # it was run somewhere


def test_cases_run_on_every_proven_engine() -> None:
    proven = {name for name, dialect in built_in_dialects().items() if dialect.status is Status.PROVEN}
    assert proven == set(ENGINES) - {"pandas", "csv"}  # DuckDB reads the frames and the files


def test_one_engine_imports_no_other() -> None:
    code = (
        "import sys; from synth_expectations.engine.dialects.registry import by_name; by_name('duckdb');"
        "print([name for name in sys.modules if name.startswith('synth_expectations.engine.dialects.')])"
    )
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "dialects.duckdb" in printed
    assert "dialects.postgresql" not in printed


@pytest.mark.parametrize("name", ["registry", "base", "unsupported", "db2", "../duckdb", ""])
def test_what_is_no_engine(name: str) -> None:
    assert find_dialect(name) is None
    with pytest.raises(ConditionError, match="Supported are bigquery, databricks, duckdb, "):
        by_name(name)


@pytest.mark.parametrize("name", UNSUPPORTED)
def test_an_engine_that_is_not_supported_says_why(name: str) -> None:
    with pytest.raises(ConditionError) as refused:
        by_name(name)
    assert str(refused.value).startswith(
        f"No rules can be run on {UNSUPPORTED[name].title}: {UNSUPPORTED[name].reason}."
    )


def test_types_of_data_sources() -> None:
    assert data_source_types() == (
        "bigquery",
        "databricks_sql",
        "postgres",
        "redshift",
        "snowflake",
        "sql",
        "sql_server",
        "sqlite",
    )
    assert {name: find_data_source_type(name) for name in ("postgresql", "mssql", "trino", "db2")} == {
        "postgresql": "postgres",
        "mssql": "sql_server",
        "trino": ANY_SQL,
        "db2": ANY_SQL,
    }
    assert {kind: find_engine_of_type(kind) for kind in ("postgres", "sql_server", "duckdb")} == {
        "postgres": "postgresql",
        "sql_server": "mssql",
        "duckdb": "duckdb",
    }


@pytest.fixture
def plugins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A directory of installed packages, with the module `haven_dialect`."""
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "haven_dialect.py").write_text(MADE_UP.read_text().replace("harbour", "haven"))
    registry.plugin_dialects.cache_clear()
    yield tmp_path
    registry.plugin_dialects.cache_clear()
    sys.modules.pop("haven_dialect", None)


def install(directory: Path, *plugins: str) -> None:
    metadata = directory / "plugin-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: plugin\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text("\n".join((f"[{ENTRY_POINT_GROUP}]", *plugins)))


def test_a_plug_in_adds_an_engine(plugins: Path) -> None:
    assert find_dialect("haven") is None
    registry.plugin_dialects.cache_clear()
    install(plugins, "haven = haven_dialect:DIALECT")
    assert by_name("haven").package == "haven-sqlalchemy"
    assert list(all_dialects()) == [*built_in_dialects(), "haven"]


@pytest.mark.parametrize(
    ("plugin", "message"),
    [
        ("haven = haven_gone:DIALECT", "cannot be imported: No module named 'haven_gone'"),
        ("haven = haven_dialect:GONE", "cannot be imported"),
        ("haven = haven_dialect:Dialect", "is type, where a Dialect is needed"),
        ("other = haven_dialect:DIALECT", "holds the dialect 'haven', where 'other' is needed"),
        ("duckdb = haven_dialect:DIALECT", "Two dialects are called duckdb. Remove the plug-in haven_dialect"),
    ],
)
def test_a_plug_in_that_is_no_dialect(plugins: Path, plugin: str, message: str) -> None:
    install(plugins, plugin)
    with pytest.raises(SynthError) as refused:
        by_name("haven")
    assert message in str(refused.value)
