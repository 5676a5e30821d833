"""Files of a project are parsed once as long as they are the same, and again when they are not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from synth_expectations.policy.compile.compiler import compile_policy
from synth_expectations.validation.project_settings import ProjectSettings
from synth_expectations.validation.sources.data_sources import FileSource
from synth_expectations.validation.stored_project import StoredProject
from synth_expectations.validation.unusual_project import UnusualProjectError
from tests.cli.project import POLICY


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A compiled project."""
    root = tmp_path / "great_expectations"
    root.mkdir()
    (root / "policy.yml").write_text(POLICY)
    compile_policy(root / "policy.yml").write()
    return root


def test_a_suite_is_parsed_again_only_if_its_text_has_changed(root: Path) -> None:
    project = StoredProject(ProjectSettings.read(root, {}))
    first = project.read_suite("contact")
    assert project.read_suite("contact") is first
    file = root.parent / "suites" / "contact.json"
    text = file.read_text()
    file.write_text(text.replace('"severity": "critical"', '"severity": "warning_"', 1).replace("warning_", "warning "))
    changed = project.read_suite("contact")
    assert changed != first
    assert "warning " in {expectation["severity"] for expectation in changed["expectations"]}
    file.write_text(text)
    assert project.read_suite("contact") == first
    file.unlink()
    with pytest.raises(UnusualProjectError, match="cannot be read"):
        project.read_suite("contact")


def test_expectations_are_made_again_only_if_their_suite_has_changed(root: Path) -> None:
    project = StoredProject(ProjectSettings.read(root, {}))
    *_, first = project.read_expectations("contact")
    assert project.read_expectations("contact")[2] is first
    file = root.parent / "suites" / "contact.json"
    suite = json.loads(file.read_text())
    suite["expectations"].pop()
    file.write_text(json.dumps(suite))
    assert len(project.read_expectations("contact")[2]) == len(first) - 1
    suite["expectations"][0]["kwargs"]["unheard_of"] = 1
    file.write_text(json.dumps(suite))
    with pytest.raises(UnusualProjectError, match="an argument that does not fit"):
        project.read_expectations("contact")


def test_two_projects_do_not_share_what_they_read(root: Path) -> None:
    one, other = (StoredProject(ProjectSettings.read(root, {})) for _ in range(2))
    assert one.read_suite("contact") == other.read_suite("contact")
    assert one.read_suite("contact") is not other.read_suite("contact")


def test_a_link_that_is_turned_during_a_run_divides_no_table(root: Path, tmp_path: Path) -> None:
    lake, monday, tuesday = root.parent / "lake", tmp_path / "monday", tmp_path / "tuesday"
    for directory in (monday, tuesday):
        directory.mkdir()
    lake.symlink_to(monday)
    source = open_lake(root)
    before = source.base()
    lake.unlink()
    lake.symlink_to(tuesday)
    assert source.base() == before == str(monday.resolve())
    assert open_lake(root).base() == str(tuesday.resolve())


def open_lake(root: Path) -> FileSource:
    """Return the data source of the files, as a run opens it."""
    source = StoredProject(ProjectSettings.read(root, {})).open_source("lake")
    assert isinstance(source, FileSource)
    return source
