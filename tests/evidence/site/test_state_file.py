"""The state beside the site is of one version of the code that made it."""

from __future__ import annotations

import shutil
from importlib.resources import files
from pathlib import Path

import pytest

from synth_expectations.evidence.site import state_file
from synth_expectations.evidence.site.builder import write_site
from tests.evidence.site.records import SampleProject


def test_findings_that_are_followed_otherwise_make_the_site_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = SampleProject(tmp_path / "evidence")
    project.add_run()
    write_site(project.ledger, tmp_path / "evidence" / "site")
    assert not write_site(project.ledger, tmp_path / "evidence" / "site").rebuilt
    package = tmp_path / "package"
    shutil.copytree(files("synth_expectations").joinpath("evidence"), package / "evidence")  # type: ignore[arg-type]
    shutil.copytree(files("synth_expectations").joinpath("controls"), package / "controls")  # type: ignore[arg-type]
    with (package / "evidence" / "findings" / "follower.py").open("a") as code:
        code.write("# another version\n")
    monkeypatch.setattr(state_file, "files", lambda name: package)
    state_file.compute_software_digest.cache_clear()
    try:
        assert write_site(project.ledger, tmp_path / "evidence" / "site").rebuilt
    finally:
        state_file.compute_software_digest.cache_clear()
