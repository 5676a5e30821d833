"""Great Expectations builds the evidence site as one of its Data Docs."""

from __future__ import annotations

from pathlib import Path

import pytest
from great_expectations.checkpoint import UpdateDataDocsAction
from great_expectations.data_context import FileDataContext

from synth_expectations.gx import DocsAction
from tests.evidence.sample_ledger import write_sample_ledger
from tests.gx.contacts import contacts, provenance
from tests.gx.projects import Project

SITE = {"class_name": "EvidenceSiteBuilder", "module_name": "synth_expectations.gx"}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project with a ledger, and the evidence site as its only Data Docs."""
    project = Project.made(tmp_path / "project")
    context = project.context()
    context.variables.data_docs_sites = {"evidence": dict(SITE)}
    context.variables.save()
    write_sample_ledger(Path(context.root_directory).parent / "evidence", 3)
    return project


def _find_site(context: FileDataContext) -> Path:
    found = [*Path(context.root_directory).parent.rglob("site/index.html")]
    assert len(found) == 1
    return found[0]


def test_a_project_builds_it_and_knows_its_address(project: Project) -> None:
    context = project.context()
    assert context.get_docs_sites_urls() == [{"site_name": "evidence", "site_url": None}]
    built = context.build_data_docs()
    index = _find_site(context)
    assert built == {"evidence": index.as_uri()}
    assert context.get_docs_sites_urls()[0]["site_url"] == index.as_uri()
    assert "Six questions" in index.read_text(encoding="utf-8")
    assert context.clean_data_docs("evidence")
    assert not index.parent.exists() and (index.parents[1] / "ledger").is_dir()


@pytest.mark.parametrize("action", [UpdateDataDocsAction, DocsAction])
def test_an_action_of_a_checkpoint_builds_it(project: Project, action: type[UpdateDataDocsAction]) -> None:
    place = project.place(contact=contacts())
    project.checkpoint(place, provenance())
    context = project.context()
    checkpoint = context.checkpoints.get("nightly")
    checkpoint.actions = [action(name="docs")]
    checkpoint.save()
    checkpoint.run()
    assert _find_site(context).is_file()
