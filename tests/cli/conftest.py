from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.project import GOOD, REAL, Project, Said, calling, small_project, within


@pytest.fixture
def cli(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Said]:
    return calling(capfd, monkeypatch)


@pytest.fixture
def project(tmp_path: Path, cli: Callable[..., Said]) -> Iterator[Project]:
    with within(tmp_path):
        yield small_project(tmp_path, cli)


@pytest.fixture
def compiled(project: Project) -> Project:
    project.compile_as_made()
    return project


@pytest.fixture
def crowded(compiled: Project) -> Project:
    """A project with enough contacts for a sample, two of them broken, one hostile."""
    people = [{**REAL, "Id": f"r{number:03}", "Email": f"p{number}@firm.example"} for number in range(80)]
    untagged = [{**REAL, "Id": key, "IsSynthetic": None} for key in ("u1", "=cmd()", "ev\u202eil", "u" * 10_000, " ")]
    compiled.table("contact", [GOOD, {**GOOD, "Id": "bad", "Method": "unknown"}, *people, *untagged])
    return compiled
