"""Data Docs are built once a run, whatever the number of tables, and their index reads little of the results before."""

from __future__ import annotations

import re
import secrets

import pytest
from great_expectations.data_context.store import ValidationResultsStore
from great_expectations.render.renderer.site_builder import SiteBuilder

from tests.cli.conftest import cli, compiled, project  # noqa: F401 - fixtures
from tests.cli.project import Project


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

    docs = compiled.root / "great_expectations" / "uncommitted" / "docs"
    pages = list(docs.rglob("validations/**/*.html"))
    assert len(pages) == 6
    index = next(docs.rglob("index.html")).read_text()
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
