"""The parameter `engine`, which takes a test through the engines."""

from __future__ import annotations

import pytest

from synth_expectations.testing import ENGINES, Engine
from tests.engines import started


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "engine" in metafunc.fixturenames:
        chosen = metafunc.config.getoption("--engines").split(",")
        unknown = set(chosen) - set(ENGINES)
        if unknown:
            raise pytest.UsageError(f"--engines: unknown {', '.join(sorted(unknown))}; known: {', '.join(ENGINES)}")
        if about := metafunc.definition.get_closest_marker("only_on"):
            chosen = [name for name in chosen if name in about.args]
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
