"""Data Docs are built once a run, whatever the number of tables, and their index reads little of the results before."""

from __future__ import annotations

import re
import secrets
import shutil

import great_expectations as gx
import pytest
from great_expectations.data_context.store import ValidationResultsStore
from great_expectations.render.renderer.site_builder import SiteBuilder

from synth_expectations.gx.data_docs import action
from tests.cli.conftest import cli, compiled, project  # noqa: F401 - fixtures
from tests.cli.project import GOOD, Project
from tests.gx.projects import without_run


def test_one_build_a_run(compiled: Project, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    assert compiled.run().code == 0
    builds, read = [], []
    build, get = SiteBuilder.build, ValidationResultsStore.get
    monkeypatch.setattr(
        SiteBuilder, "build", lambda self, *args, **named: builds.append(1) or build(self, *args, **named)
    )
    monkeypatch.setattr(ValidationResultsStore, "get", lambda self, key: read.append(key) or get(self, key))
    assert compiled.run().code == 0
    assert (len(builds), len(read)) == (1, 0)  # what this run found is at hand

    folder = compiled.root / "great_expectations" / "uncommitted" / "docs"
    pages = list(folder.rglob("validations/**/*.html"))
    assert len(pages) == 6
    index = next(folder.rglob("index.html")).read_text()
    for page in pages:
        assert page.name in index
    assert {"contact", "customer", "send"} <= set(re.findall(r"\w+", index))


def test_a_page_that_is_not_written_is_told(compiled: Project, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    """Great Expectations takes such a name of a run for a time with a zone of 82 hours, and logs that it cannot."""
    monkeypatch.setattr(secrets, "choice", lambda letters: "8")
    done = compiled.run()
    assert done.code == 2
    assert "Data Docs have no page for lake-contact, lake-customer, lake-send; the log says why." in " ".join(
        done.out.split()
    )


def test_the_name_of_a_run_has_no_digit_that_reads_as_a_time_zone(compiled: Project) -> None:  # noqa: F811
    assert re.fullmatch(r"\d{8}T\d{6}Z-[b-z]{4}", compiled.run("--output", "json").json()["run"]["id"])


def test_pages_are_those_of_great_expectations(compiled: Project, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    """Of suites of ours alone, which pass and fail; and of one with an expectation of Great Expectations' own."""
    compiled.edit("  send:\n", "  send:\n    expectations: {expect_column_values_to_not_be_null: {column: SendId}}\n")
    compiled.table("contact", [GOOD, {**GOOD, "Id": "s2", "IsSynthetic": None}])
    compiled.compile()
    compiled.run()
    ours = _pages(compiled)
    shutil.rmtree(compiled.root / "great_expectations" / "uncommitted")
    monkeypatch.setattr(action, "with_fast_sections", dict)
    compiled.run()
    theirs = _pages(compiled)
    assert len(ours) == 7
    assert ours == theirs


def _pages(project: Project) -> dict[str, str]:  # noqa: F811
    """The pages of a run, without what differs between two runs of anything; of the index, its words in any order."""
    folder = project.root / "great_expectations" / "uncommitted" / "docs"
    found = {
        without_run(str(each.relative_to(folder))): without_run(each.read_text()) for each in folder.rglob("*.html")
    }
    return {name: " ".join(sorted(page.split())) if name == "index.html" else page for name, page in found.items()}


def test_a_run_without_a_name_has_pages(compiled: Project) -> None:  # noqa: F811
    """That of Great Expectations alone has none."""
    context = gx.get_context(mode="file", context_root_dir=compiled.root / "great_expectations")
    found = context.checkpoints.get("nightly").run()
    assert {key.run_id.run_name for key in found.run_results} == {None}
    folder = compiled.root / "great_expectations" / "uncommitted"
    pages = sorted(each.parts[each.parts.index("validations") + 1] for each in folder.rglob("validations/**/*.html"))
    assert pages == sorted(key.expectation_suite_identifier.name for key in found.run_results)
