from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.project import Said, calling, within


@pytest.fixture
def cli(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Said]:
    return calling(capfd, monkeypatch)


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Path]:
    """An empty directory, worked in."""
    with within(tmp_path):
        yield tmp_path
