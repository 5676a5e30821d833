"""The state beside the site is of one version of the code that made it."""

from __future__ import annotations

import shutil
from importlib.resources import files
from pathlib import Path

import pytest

from synth_expectations.evidence import kept_state
from synth_expectations.evidence.site.builder import write_site
from tests.evidence.site.records import SampleProject


@pytest.mark.parametrize("file", ["findings/follower.py", "records/results.py", "sight.py", "site/templates/site.css"])
def test_another_version_makes_the_site_anew(file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = SampleProject(tmp_path / "evidence")
    project.add_run()
    write_site(project.ledger, tmp_path / "evidence" / "site")
    assert not write_site(project.ledger, tmp_path / "evidence" / "site").rebuilt
    package = tmp_path / "package"
    shutil.copytree(files("synth_expectations").joinpath("evidence"), package / "evidence")  # type: ignore[arg-type]
    shutil.copytree(files("synth_expectations").joinpath("controls"), package / "controls")  # type: ignore[arg-type]
    with (package / "evidence" / file).open("a") as code:
        code.write("\n")
    monkeypatch.setattr(kept_state, "files", lambda name: package)
    kept_state.compute_software_digest.cache_clear()
    try:
        assert write_site(project.ledger, tmp_path / "evidence" / "site").rebuilt
    finally:
        kept_state.compute_software_digest.cache_clear()
