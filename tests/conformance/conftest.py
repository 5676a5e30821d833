"""The engines of a session, each started at first use, and the parameter `engine` that takes a test through them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from synth_expectations.testing import ENGINES, Engine
from tests.conftest import HOSTILE_ZONE

_started: dict[str, Engine] = {}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "engine" in metafunc.fixturenames:
        chosen = metafunc.config.getoption("--engines").split(",")
        unknown = set(chosen) - set(ENGINES)
        if unknown:
            raise pytest.UsageError(f"--engines: unknown {', '.join(sorted(unknown))}; known: {', '.join(ENGINES)}")
        if about := metafunc.definition.get_closest_marker("only_on"):
            chosen = [name for name in chosen if name in about.args]
        # One group an engine: under `--dist loadgroup` each is started in one process only.
        names = [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in chosen]
        metafunc.parametrize("engine", names, indirect=True, scope="session")


@pytest.fixture(scope="session")
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """An engine; the session of PostgreSQL, DuckDB and Spark stands in New York."""
    made = ENGINES[request.param]()
    _hostile(made)
    yield made
    made.close()


def _hostile(engine: Engine) -> None:
    match engine.name:
        case "duckdb" | "postgresql":
            with engine.start().connect() as connection:  # type: ignore[attr-defined]
                connection.exec_driver_sql(f"SET TimeZone = '{HOSTILE_ZONE}'")
                connection.commit()
        case "spark":
            engine.start().conf.set("spark.sql.session.timeZone", HOSTILE_ZONE)  # type: ignore[attr-defined]
