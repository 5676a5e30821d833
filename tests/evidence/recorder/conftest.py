"""A small project, run in this process, and what its ledger has of the runs."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.project import Project, calling, small_project, within


@pytest.fixture
def project(tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Project]:
    """A project of three tables, compiled, in the working directory."""
    project = small_project(tmp_path / "shop", calling(capfd, monkeypatch))
    with within(project.root):
        project.compile_as_made()
        yield project
