"""What a policy compiles to, beside what an earlier `compile` wrote."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from synth_expectations.policy.compile.diff import CompiledState, Documents, changes
from synth_expectations.policy.compile.ids import stable_id
from synth_expectations.policy.compile.lockfile import Lock
from synth_expectations.policy.compile.project_files import (
    CONFIG,
    ProjectFiles,
    data_source_digests,
    data_sources_of,
    digest_of,
    sha256,
)


@dataclass(frozen=True)
class DiskComparison:
    """A project as it is compiled, and as it is on disk when that is first asked: a run asks only if something differs.

    Attributes:
        project: that is compiled.
        lock: what compile wrote last.
        documents: every compiled document, by its path from the project.
        files: their texts, likewise.
        sources: the data sources, as Great Expectations configures them.
    """

    project: ProjectFiles
    lock: Lock
    documents: Mapping[str, Mapping[str, Any]]
    files: Mapping[str, str]
    sources: Mapping[str, dict[str, Any]]

    @cached_property
    def changes(self) -> tuple[str, ...]:
        """What compiling changes, in words."""
        return tuple(changes(self._read_state(), self._make_state(self.documents, self.sources)))

    @cached_property
    def edited(self) -> tuple[str, ...]:
        """The files that were edited by hand since the last `compile`, or that it did not write."""
        return (*self._find_edited_files(), *self._find_edited_sources())

    def _find_edited_files(self) -> Iterator[str]:
        for path in sorted({*self.files, *self.lock.files}):
            text = read_text(self.project.root / path)
            if text is not None and sha256(text) != self.lock.files.get(path) and text != self.files.get(path):
                yield path

    def _find_edited_sources(self) -> Iterator[str]:
        lock, sources, own = self.lock, self.sources, own_assets(self.sources)
        assets = {name: {*lock.assets.get(name, ()), *own.get(name, ())} for name in {**lock.assets, **own}}
        for name, digest in data_source_digests(self.project, assets).items():
            known = {lock.data_sources.get(name)}
            if name in sources:
                known.add(digest_of(sources[name], own[name]))
            joins = name not in lock.data_sources and name in sources and self._uses_itself(name)
            if digest not in known and not joins:
                yield f"{CONFIG} (data source {name})"

    def _uses_itself(self, name: str) -> bool:
        """Return whether the data source existed before the policy, which only adds assets to it."""
        known = data_sources_of(self.project).get(name, {})
        return bool(known) and known.get("id") == self.sources[name]["id"] != stable_id("data_source", name)

    def _read_state(self) -> CompiledState:
        """Return what was compiled before, as it is on disk now."""
        documents = {}
        for path in self.lock.files:
            text = read_text(self.project.root / path)
            try:
                document = json.loads(text) if text else None
            except ValueError:
                continue  # `edited` has it
            if isinstance(document, dict):
                documents[path] = document
        known = data_sources_of(self.project)
        state = self._make_state(documents, {name: known[name] for name in self.lock.data_sources if name in known})
        return replace(state, suites={name: suite for name, suite in state.suites.items() if _is_suite(suite)})

    def _make_state(self, documents: Documents, sources: Documents) -> CompiledState:
        def files_in(directory: Path) -> dict[str, Mapping[str, Any]]:
            folder = below(self.project, directory)
            return {
                Path(path).stem: document for path, document in documents.items() if os.path.dirname(path) == folder
            }

        suites, checkpoints = files_in(self.project.suites), files_in(self.project.checkpoints)
        return CompiledState(suites, checkpoints, sources, files_in(self.project.definitions))


def _is_suite(document: Mapping[str, Any]) -> bool:
    """Return whether a file still has the shape of a suite: it may have been edited by hand."""
    expectations = document.get("expectations")
    return isinstance(expectations, list) and all(
        isinstance(item, dict) and isinstance(item.get("type"), str) and isinstance(item.get("kwargs"), dict)
        for item in expectations
    )


def own_assets(sources: Mapping[str, Mapping[str, Any]]) -> dict[str, list[str]]:
    """Return the assets that the policy makes, by data source."""
    return {
        name: sorted(
            asset_name
            for asset_name, asset in source["assets"].items()
            if asset.get("id") == stable_id("asset", name, asset_name)
        )
        for name, source in sources.items()
    }


def below(project: ProjectFiles, path: Path) -> str:
    """Return the path of a file from the project."""
    return Path(os.path.relpath(path, project.root)).as_posix()


def read_text(path: Path) -> str | None:
    """Return the text of a file, with LF at line ends; None if there is no file."""
    try:
        return path.read_bytes().decode("utf-8").replace("\r\n", "\n")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError):
        return ""
