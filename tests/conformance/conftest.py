"""The parameter `engine`, which takes a test through the engines."""

from __future__ import annotations

import pytest

from synth_expectations.testing import ENGINES, Engine
from synth_expectations.testing.engines import CsvEngine
from tests.engines import started


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "engine" in metafunc.fixturenames:
        chosen = metafunc.config.getoption("--engines").split(",")
        unknown = set(chosen) - set(ENGINES)
        if unknown:
            raise pytest.UsageError(f"--engines: unknown {', '.join(sorted(unknown))}; known: {', '.join(ENGINES)}")
        about = metafunc.definition.get_closest_marker("only_on")
        # once it is read, CSV is a table of DuckDB: beside the cases, only tests that name it run on it
        chosen = [name for name in chosen if (name in about.args if about else name != CsvEngine.name)]
        rare = metafunc.definition.get_closest_marker("full_on")
        # One group an engine: under `--dist loadgroup` each is started in one process only.
        names = [
            pytest.param(
                name,
                marks=[
                    pytest.mark.xdist_group(name),
                    *([pytest.mark.full] if rare and name in rare.args else []),
                ],
            )
            for name in chosen
        ]
        metafunc.parametrize("engine", names, indirect=True, scope="session")


@pytest.fixture(scope="session")
def engine(request: pytest.FixtureRequest) -> Engine:
    """Return an engine, started."""
    return started(request.param)
