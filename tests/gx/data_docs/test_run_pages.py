"""Data Docs are built if a run is asked for them: once, whatever the number of tables, and their index reads little."""

from __future__ import annotations

import json
import re
import secrets
import shutil
import sys
from pathlib import Path
from typing import Any

import great_expectations as gx
import pytest
from great_expectations.data_context.store import ValidationResultsStore
from great_expectations.render.renderer.site_builder import SiteBuilder
from jinja2 import Environment

from synth_expectations.gx.data_docs import action
from tests.cli.project import GOOD, Project
from tests.gx.projects import without_run

WAYS = pytest.mark.parametrize("way", [(), ("--through-great-expectations",)], ids=["direct", "slow"])


@WAYS
def test_a_run_builds_no_page_until_it_is_asked(compiled: Project, way: tuple[str, ...]) -> None:
    """The command `docs` then builds, from the stored results, what `run --docs` builds."""
    said = compiled.run(*way)
    assert "Docs     synth-expectations docs" in said.out.splitlines()
    assert _pages(compiled) == {}
    built = compiled.cli("docs")
    assert built.out.strip().endswith("/docs/index.html")
    from_results = _pages(compiled)
    assert sum(name.startswith("validations/") for name in from_results) == 3
    shutil.rmtree(compiled.root / "great_expectations" / "uncommitted")
    said = compiled.run("--docs", *way)
    assert f"Docs     {built.out.strip()}" in said.out.splitlines()
    assert _pages(compiled) == from_results


def test_neither_does_an_action_of_great_expectations(compiled: Project) -> None:
    checkpoint = compiled.root / "checkpoints/nightly.json"
    checkpoint.write_text(checkpoint.read_text().replace('"synth_docs"', '"update_data_docs"'))
    document = compiled.run("--output", "json").json()
    assert document["docs"] is None
    assert len(document["results"]) == 3
    assert _pages(compiled) == {}
    assert Path(compiled.run("--docs", "--output", "json").json()["docs"]["path"]).is_file()


@WAYS
@pytest.mark.parametrize("part", ["the site", "the action"])
def test_docs_that_cannot_be_built_are_refused(compiled: Project, part: str, way: tuple[str, ...]) -> None:
    settings = compiled.root / "great_expectations/great_expectations.yml"
    checkpoint = compiled.root / "checkpoints/nightly.json"
    if part == "the site":
        text = settings.read_text()
        settings.write_text(text[: text.index("data_docs_sites:")] + text[text.index("analytics_enabled:") :])
    else:
        stored = json.loads(checkpoint.read_text())
        stored["actions"] = [action for action in stored["actions"] if action["type"] != "synth_docs"]
        checkpoint.write_text(json.dumps(stored))
    said = compiled.run("--docs", *way)
    assert (said.code, said.out) == (2, "")
    assert "The checkpoint nightly builds no Data Docs." in " ".join(said.err.split())
    assert "Docs " not in compiled.run(*way).out


@WAYS
@pytest.mark.parametrize("more", [(), ("--docs",)], ids=["without", "with docs"])
def test_an_evidence_site_among_them_is_written(compiled: Project, more: tuple[str, ...], way: tuple[str, ...]) -> None:
    settings = compiled.root / "great_expectations/great_expectations.yml"
    site = "  own: {class_name: EvidenceSiteBuilder, module_name: synth_expectations.gx, site_directory: uncommitted/own}\n"
    settings.write_text(settings.read_text().replace("data_docs_sites:\n", f"data_docs_sites:\n{site}"))
    assert compiled.run(*more, *way).code == 0
    assert (settings.parent / "uncommitted/own/index.html").is_file()
    assert bool(_pages(compiled)) is bool(more)


@WAYS
def test_one_build_a_run(compiled: Project, monkeypatch: pytest.MonkeyPatch, way: tuple[str, ...]) -> None:
    assert compiled.run("--docs", *way).code == 0
    builds, read = [], []
    build, get = SiteBuilder.build, ValidationResultsStore.get
    monkeypatch.setattr(
        SiteBuilder, "build", lambda self, *args, **named: builds.append(1) or build(self, *args, **named)
    )
    monkeypatch.setattr(ValidationResultsStore, "get", lambda self, key: read.append(key) or get(self, key))
    assert compiled.run("--docs", *way).code == 0
    # what Great Expectations found is at hand; what this package stored is read once a table
    assert (len(builds), len(read)) == (1, 0 if way else 3)

    folder = compiled.root / "great_expectations" / "uncommitted" / "docs"
    pages = list(folder.rglob("validations/**/*.html"))
    assert len(pages) == 6
    index = next(folder.rglob("index.html")).read_text()
    for page in pages:
        assert page.name in index
    assert {"contact", "customer", "send"} <= set(re.findall(r"\w+", index))


def test_a_second_run_compiles_no_template(
    compiled: Project, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Each view of Great Expectations would compile its own."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path_factory.mktemp("bytecode")))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    compile_template, names = Environment.compile, []

    def count(environment: Environment, source: Any, name: str | None = None, *others: Any, **options: Any) -> Any:
        names.append(name)
        return compile_template(environment, source, name, *others, **options)

    monkeypatch.setattr(Environment, "compile", count)
    assert compiled.run("--docs").code == 0
    assert {"page.j2", "index_page.j2"} <= set(names)
    assert len(names) == len(set(names))
    pages = _pages(compiled)
    names.clear()
    shutil.rmtree(compiled.root / "great_expectations" / "uncommitted")
    assert compiled.run("--docs").code == 0
    assert names == []
    assert _pages(compiled) == pages


def test_a_page_that_is_not_written_is_told(compiled: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Great Expectations takes such a name of a run for a time with a zone of 82 hours, and logs that it cannot."""
    monkeypatch.setattr(secrets, "choice", lambda letters: "8")
    done = compiled.run("--docs")
    assert done.code == 2
    assert "Data Docs have no page for lake-contact, lake-customer, lake-send; the log says why." in " ".join(
        done.out.split()
    )


def test_the_name_of_a_run_has_no_digit_that_reads_as_a_time_zone(compiled: Project) -> None:
    assert re.fullmatch(r"\d{8}T\d{6}Z-[b-z]{4}", compiled.run("--output", "json").json()["run"]["id"])


def test_pages_are_those_of_great_expectations(compiled: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of suites of ours alone, which pass and fail; and of one with an expectation of Great Expectations' own."""
    compiled.edit("  send:\n", "  send:\n    expectations: {expect_column_values_to_not_be_null: {column: SendId}}\n")
    compiled.table("contact", [GOOD, {**GOOD, "Id": "s2", "IsSynthetic": None}])
    compiled.compile()
    compiled.run("--docs")
    ours = _pages(compiled)
    shutil.rmtree(compiled.root / "great_expectations" / "uncommitted")
    monkeypatch.setattr(action, "with_fast_sections", dict)
    compiled.run("--docs")
    theirs = _pages(compiled)
    assert len(ours) == 7
    assert ours == theirs


def _pages(project: Project) -> dict[str, str]:
    """The pages of a run, without what differs between two runs of anything; of the index, its words in any order."""
    folder = project.root / "great_expectations" / "uncommitted" / "docs"
    found = {
        without_run(str(each.relative_to(folder))): without_run(each.read_text()) for each in folder.rglob("*.html")
    }
    # the brackets around its list of pages stand at whichever comes first and last
    return {
        name: " ".join(sorted(re.split(r"[\s<>,\[\]]+", page))) if name == "index.html" else page
        for name, page in found.items()
    }


def test_a_run_without_a_name_has_pages(compiled: Project) -> None:
    """That of Great Expectations alone has none."""
    context = gx.get_context(mode="file", context_root_dir=compiled.root / "great_expectations")
    found = context.checkpoints.get("nightly").run()
    assert {key.run_id.run_name for key in found.run_results} == {None}
    folder = compiled.root / "great_expectations" / "uncommitted"
    pages = sorted(each.parts[each.parts.index("validations") + 1] for each in folder.rglob("validations/**/*.html"))
    assert pages == sorted(key.expectation_suite_identifier.name for key in found.run_results)
