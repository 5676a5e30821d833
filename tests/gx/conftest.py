"""The parameter `place`, which takes a test through the data sources, and contexts in memory and on disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import great_expectations as gx
import pytest
from great_expectations.data_context import AbstractDataContext

import synth_expectations.gx  # noqa: F401 - registers the data source and the expectations
from synth_expectations.testing import PostgresqlEngine
from tests.gx.places import DuckdbPlace, PandasPlace, Place, PostgresqlPlace

PLACES = ("duckdb", "pandas", "postgresql")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "place" in metafunc.fixturenames:
        chosen = [name for name in metafunc.config.getoption("--engines").split(",") if name in PLACES]
        if about := metafunc.definition.get_closest_marker("only_on"):
            chosen = [name for name in chosen if name in about.args]
        metafunc.parametrize(
            "place", [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in chosen], indirect=True
        )


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgresqlEngine]:
    server = PostgresqlEngine()
    yield server
    server.close()


@pytest.fixture
def context() -> AbstractDataContext:
    return gx.get_context(mode="ephemeral")


@pytest.fixture
def place(request: pytest.FixtureRequest, context: AbstractDataContext, tmp_path: Path) -> Iterator[Place]:
    """A data source of the test's `context`: in memory, unless a test's module says otherwise."""
    match request.param:
        case "duckdb":
            yield DuckdbPlace(context, tmp_path / "lake")
        case "pandas":
            yield PandasPlace(context)
        case _:
            server = request.getfixturevalue("postgresql")
            made = PostgresqlPlace(context, server)
            yield made
            context.data_sources.all()["crm"].get_engine().dispose()  # or a later DROP TABLE waits for it
