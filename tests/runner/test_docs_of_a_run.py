"""Data Docs are built once a run, whatever the number of tables, and their index reads little of the results before."""

from __future__ import annotations

import re

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
    assert (len(builds), len(read)) == (1, 3)  # a page for each table of this run

    docs = compiled.root / "great_expectations" / "uncommitted" / "docs"
    pages = list(docs.rglob("validations/**/*.html"))
    assert len(pages) == 6
    index = next(docs.rglob("index.html")).read_text()
    for page in pages:
        assert page.name in index
    assert {"contact", "customer", "send"} <= set(re.findall(r"\w+", index))
