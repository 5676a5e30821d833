"""A project on disk, as people have it: `great_expectations.yml` with our store, extracts, suites, a checkpoint."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import great_expectations as gx
import pytest
from great_expectations.checkpoint import CheckpointResult, UpdateDataDocsAction
from great_expectations.data_context import AbstractDataContext, FileDataContext
from great_expectations.expectations.expectation import Expectation
from ruamel.yaml import YAML

import synth_expectations
import synth_expectations as se
from synth_expectations.policy.compile.project_files import open_project
from synth_expectations.testing import Table
from tests.gx.places import DuckdbPlace, Place

PACKAGE = Path(synth_expectations.__file__).parents[1]


@dataclass
class Project:
    root: Path

    @classmethod
    def made(cls, folder: Path) -> Project:
        """An empty one, from the template that compile writes."""
        root = folder / "great_expectations"
        root.mkdir(parents=True)
        (root / "great_expectations.yml").write_text(open_project(root).text)
        return cls(root)

    @property
    def lake(self) -> Path:
        return self.root.parent / "lake"

    @property
    def docs(self) -> Path:
        return self.root / "uncommitted" / "docs"

    @property
    def results(self) -> list[Path]:
        return sorted((self.root / "uncommitted" / "validations").rglob("*.json"))

    def context(self) -> FileDataContext:
        context = gx.get_context(mode="file", context_root_dir=self.root)
        assert isinstance(context, FileDataContext)
        return context

    def place(self, **tables: Table) -> DuckdbPlace:
        place = DuckdbPlace(self.context(), self.lake)
        with written_once(place.context):
            for name, table in tables.items():
                place.fill(name, table)
        return place

    def checkpoint(self, place: Place, *expectations: Expectation, table: str = "contact", **options: Any) -> None:
        """Store a suite of a table, and a checkpoint `nightly` of it with Data Docs and the guard."""
        suite = place.context.suites.add_or_update(gx.ExpectationSuite(table, expectations=list(expectations)))
        definition = place.context.validation_definitions.add_or_update(
            gx.ValidationDefinition(name=table, data=place.definition(table), suite=suite)
        )
        place.context.checkpoints.add_or_update(
            gx.Checkpoint(
                name="nightly",
                validation_definitions=[definition],
                actions=[UpdateDataDocsAction(name="docs"), se.GuardAction(name="guard")],
                **options,
            )
        )

    def run(self, **options: Any) -> CheckpointResult:
        """Run the checkpoint as stored, in a context of its own."""
        return self.context().checkpoints.get("nightly").run(**options)

    def suite(self, table: str = "contact") -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self._suite_file(table).read_text())
        return found

    def write_suite(self, suite: dict[str, Any], table: str = "contact") -> None:
        self._suite_file(table).write_text(json.dumps(suite))

    def _suite_file(self, table: str) -> Path:
        [file] = [each for each in self.root.parent.rglob(f"{table}.json") if each.parent.name == "suites"]
        return file

    def without_our_store(self) -> None:
        """As Great Expectations itself writes the file."""
        yaml, file = YAML(), self.root / "great_expectations.yml"
        config = yaml.load(file.read_text())
        for store in config["stores"].values():
            store.pop("module_name", None)
            store["store_backend"].pop("module_name", None)
        for site in config["data_docs_sites"].values():
            site["store_backend"].pop("module_name", None)
        with file.open("w") as out:
            yaml.dump(config, out)


@contextmanager
def written_once(context: AbstractDataContext) -> Iterator[None]:
    """Write great_expectations.yml at the end, and not after each data source, asset and batch definition."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(context), "_save_project_config", lambda *_: None)
        yield
    context._save_project_config()


def python(script: str, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a script in a process that has imported nothing."""
    environment = os.environ | {"PYTHONPATH": str(PACKAGE)}
    return subprocess.run(
        [sys.executable, "-c", script, *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
        env=environment,
    )


def without_run(text: str) -> str:
    """Return a page without what differs between two runs of anything."""
    for differs in (
        r"\d{8}T\d{6}Z-[b-z]{4}",
        r"\d{8}T\d{6}\.\d+Z",
        r"\d{4}-\d\d-\d\d[T ][\d:.]+(Z|\+00:00)?",
        r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f-]{21}",
        r"(?<=_sort': )\d+\.\d+",
    ):
        text = re.sub(differs, "…", text)
    return text
