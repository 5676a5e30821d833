from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.project import Project, Said, calling, small_project, within


@pytest.fixture
def cli(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Said]:
    return calling(capfd, monkeypatch)


@pytest.fixture
def project(tmp_path: Path, cli: Callable[..., Said]) -> Iterator[Project]:
    with within(tmp_path):
        yield small_project(tmp_path, cli)


@pytest.fixture
def compiled(project: Project) -> Project:
    project.compile()
    return project
