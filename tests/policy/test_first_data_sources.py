"""The first data sources of a project stand behind the rest of great_expectations.yml, which keeps its bytes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from synth_expectations.policy.compile.project_files import ProjectFiles, data_sources_of, open_project

SOURCES = {"lake": {"type": "pandas", "id": "0b0c58a6-7f0c-4a50-a3f5-8ea4a3d1ab01", "assets": {"a": {"type": "csv"}}}}


def open_text(root: Path, text: str) -> ProjectFiles:
    (root / "great_expectations.yml").write_text(text)
    return open_project(root)


@pytest.fixture
def template(tmp_path: Path) -> str:
    return open_project(tmp_path).text


def test_nothing_else_is_written_anew(tmp_path: Path, template: str) -> None:
    text = template + "notebooks:   {a:   'x'}   # as we write it\n\n"
    made = open_text(tmp_path, text).with_data_sources(SOURCES, set())
    assert made.startswith(text)
    assert data_sources_of(open_text(tmp_path, made)) == SOURCES


def test_the_template_is_written_as_ruamel_yaml_would(tmp_path: Path, template: str) -> None:
    """So that a later change of a data source, for which all is read and written anew, changes no other line."""
    first = open_text(tmp_path, template).with_data_sources(SOURCES, set())
    changed = {"lake": {**SOURCES["lake"], "type": "spark"}}
    assert open_text(tmp_path, first).with_data_sources(changed, {"lake"}) == first.replace("pandas", "spark")


@pytest.mark.parametrize(
    "kind", ["no last line end", "a comment without one", "an end of the document", "in brackets", "none of them"]
)
def test_where_they_cannot_stand_behind_it_they_are_put_into_it(tmp_path: Path, template: str, kind: str) -> None:
    texts = {
        "no last line end": template.rstrip("\n"),
        "a comment without one": f"{template}# its last word",
        "an end of the document": f"{template}...\n",
        "in brackets": json.dumps(open_project(tmp_path).config),
        "none of them": f"{template}fluent_datasources:\n",
    }
    project = open_text(tmp_path, texts[kind])
    read = open_text(tmp_path, project.with_data_sources(SOURCES, set()))
    assert read.config == {**project.config, "fluent_datasources": SOURCES}
