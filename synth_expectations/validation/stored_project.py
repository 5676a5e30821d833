"""A project as it lies on disk: its checkpoints, validation definitions, suites, results and data sources."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from synth_expectations.expectations.base import SyntheticDataExpectation
from synth_expectations.expectations.catalogue import all_expectations
from synth_expectations.validation.arguments import is_labelled_plainly, read_plain
from synth_expectations.validation.project_settings import ProjectSettings
from synth_expectations.validation.result_detail import DEFAULT_LEVEL, LEVELS
from synth_expectations.validation.sources.data_sources import DatabaseSource, FileSource, read_data_source
from synth_expectations.validation.sources.tables import BatchDefinition, SourceTable
from synth_expectations.validation.stored_checkpoint import StoredCheckpoint
from synth_expectations.validation.unusual_project import UnusualProjectError
from synth_expectations.validation.variables import substitute

_NAME = re.compile(r"[\w -]+")
"""A name that is that of its file, as it is; Great Expectations changes others on the way."""

_CHECKPOINT = {"actions", "id", "name", "result_format", "validation_definitions"}
_ACTIONS = {"synth_docs": {"name", "type", "site_names"}, "synth_guard": {"name", "type", "fail_on"}}
"""The actions of this package, and what may be said of each."""


_ReadSuite = tuple[Mapping[str, Any], Mapping[str, Any], Sequence[SyntheticDataExpectation]]
"""A validation definition, its suite, and the suite's expectations."""


@dataclass(frozen=True)
class _ReadDocument:
    """What a file held when it was read last, and the digest of its text."""

    digest: bytes
    document: Mapping[str, Any]


class StoredProject:
    """A project whose files are read without Great Expectations.

    Data sources are made when they are asked for, and kept: they have connections, so each worker has a project.

    Args:
        settings: of the project.
    """

    def __init__(self, settings: ProjectSettings) -> None:
        self.settings = settings
        self._documents: dict[Path, _ReadDocument] = {}
        self._expectations: dict[str, _ReadSuite] = {}
        self._sources: dict[str, FileSource | DatabaseSource] = {}

    def close(self) -> None:
        """Close the connections of its data sources."""
        for source in self._sources.values():
            source.close()

    @property
    def root(self) -> Path:
        """The directory of great_expectations.yml."""
        return self.settings.root

    @cached_property
    def results_directory(self) -> Path:
        """The directory of results."""
        return self.settings.directory_of("validation_results_store")

    def resolve(self, text: str) -> str:
        """Return a text with its variables substituted.

        Raises:
            UnusualProjectError: a variable is not set, or the value lies in a store of secrets.
        """
        return str(substitute(text, self.settings.variables))

    def read_checkpoint(self, name: str) -> StoredCheckpoint:
        """Return a checkpoint.

        Raises:
            UnusualProjectError: there is none, or it is not as compile writes it.
        """
        stored = self._read_json("checkpoint_store", name)
        definitions = stored.get("validation_definitions")
        if not stored.keys() <= _CHECKPOINT or stored.get("name") != name or not isinstance(definitions, list):
            raise UnusualProjectError(f"the checkpoint {name} is of another form")
        result_format = stored.get("result_format", DEFAULT_LEVEL)
        if not isinstance(result_format, dict) and result_format not in LEVELS:
            raise UnusualProjectError(f"the checkpoint {name} has another result_format")
        actions = stored.get("actions") or []
        if not isinstance(actions, list):
            raise UnusualProjectError(f"the checkpoint {name} is of another form")
        for action in actions:
            _refuse_action(action)
        for entry in definitions:
            if not isinstance(entry, dict) or entry.keys() != {"id", "name"} or not isinstance(entry["name"], str):
                raise UnusualProjectError(f"the checkpoint {name} is of another form")
            self._refuse_mismatch(entry)
        return StoredCheckpoint(name, stored, tuple(str(entry["name"]) for entry in definitions))

    def read_definition(self, name: str) -> Mapping[str, Any]:
        """Return a validation definition.

        Raises:
            UnusualProjectError: there is none, or it cannot be read.
        """
        return self._read_json("validation_definition_store", name)

    def has_definition(self, name: str) -> bool:
        """Return whether there is a validation definition of that name."""
        return self._has_file("validation_definition_store", name)

    def read_suite(self, name: str) -> Mapping[str, Any]:
        """Return a suite.

        Raises:
            UnusualProjectError: there is none, or it cannot be read.
        """
        return self._read_json("expectations_store", name)

    def has_suite(self, name: str) -> bool:
        """Return whether there is a suite of that name."""
        return self._has_file("expectations_store", name)

    def read_suite_text(self, name: str) -> bytes | None:
        """Return a suite as its file has it; None if it cannot be read."""
        try:
            return self._file("expectations_store", name).read_bytes()
        except OSError:
            return None

    def read_expectations(self, name: str) -> _ReadSuite:
        """Return a validation definition, its suite, and the suite's expectations.

        Raises:
            UnusualProjectError: not all of them are plain ones of this package.
        """
        definition = self.read_definition(name)
        try:
            suite = self.read_suite(definition["suite"]["name"])
            known = self._expectations.get(name)
            if known and known[0] is definition and known[1] is suite:  # a file that has changed is another object
                return known
            expectations = []
            for entry in suite["expectations"]:
                if (expectation := read_plain(entry)) is None:
                    raise UnusualProjectError(_explain_other(entry))
                expectations.append(expectation)
        except (LookupError, TypeError, AttributeError):
            raise UnusualProjectError("its suite is of another form") from None
        if not expectations:
            raise UnusualProjectError("its suite has no expectations")
        if suite.get("name") != definition["suite"]["name"]:
            raise UnusualProjectError("its suite has another name than its file")
        self._expectations[name] = definition, suite, expectations
        return self._expectations[name]

    def open_source(self, name: str) -> FileSource | DatabaseSource:
        """Return a data source.

        Raises:
            UnusualProjectError: there is none, or Great Expectations must read it.
        """
        if name not in self._sources:
            config = self.settings.sources.get(name)
            if config is None:
                raise UnusualProjectError(f"there is no data source {name}")
            self._sources[name] = read_data_source(name, config, self.root, self.resolve)
        return self._sources[name]

    def open_table(self, definition: Mapping[str, Any]) -> tuple[SourceTable, BatchDefinition]:
        """Return the table of a validation definition, and how it is divided.

        Raises:
            UnusualProjectError: there is none, or Great Expectations must read it.
        """
        try:
            data = definition["data"]
            _refuse_path(data["datasource"]["name"], data["asset"]["name"])
            source = self.open_source(data["datasource"]["name"])
            table = source.get_asset(data["asset"]["name"])
            return table, table.batch_definitions[data["batch_definition"]["name"]]
        except (LookupError, TypeError):
            raise UnusualProjectError("its validation definition is of another form") from None

    def _refuse_mismatch(self, entry: Mapping[str, Any]) -> None:
        """Refuse a validation definition whose parts have other ids than it says, as Great Expectations does."""
        name = str(entry["name"])
        definition = self.read_definition(name)
        suite = definition.get("suite")
        if not isinstance(suite, dict) or not isinstance(suite.get("name"), str):
            raise UnusualProjectError(f"the validation definition {name} is of another form")
        stored = self.read_suite(suite["name"])
        if (definition.get("id"), suite.get("id")) != (entry["id"], stored.get("id")):
            raise UnusualProjectError(f"the ids of the validation definition {name} do not fit")
        data, sources = definition.get("data"), self.settings.sources
        try:
            source = sources[data["datasource"]["name"]]  # type: ignore[index]
            table = source["assets"][data["asset"]["name"]]  # type: ignore[index]
            batch = table["batch_definitions"][data["batch_definition"]["name"]]  # type: ignore[index]
            parts = {"datasource": source, "asset": table, "batch_definition": batch}
            ids = [(data[part]["id"], config.get("id")) for part, config in parts.items()]  # type: ignore[index]
        except (LookupError, TypeError, AttributeError):
            raise UnusualProjectError(f"the validation definition {name} is of another form") from None
        if any(given != known for given, known in ids):
            raise UnusualProjectError(f"the ids of the validation definition {name} do not fit")

    def _read_json(self, store: str, name: str) -> Mapping[str, Any]:
        """Return what a file holds now: the same object as long as its text is the same."""
        file = self._file(store, name)
        try:
            content = file.read_bytes()
            digest = hashlib.sha256(content).digest()
            known = self._documents.get(file)
            if known and known.digest == digest:
                return known.document
            stored = json.loads(content.decode("utf-8"))
        except (OSError, ValueError, RecursionError):
            raise UnusualProjectError(f"{name}.json cannot be read") from None
        if not isinstance(stored, dict):
            raise UnusualProjectError(f"{name}.json is not a mapping")
        self._documents[file] = _ReadDocument(digest, stored)
        return stored

    def _has_file(self, store: str, name: str) -> bool:
        """Return whether a store may have something of that name; Great Expectations takes dots for directories."""
        directory = self.settings.directory_of(store)
        return any((directory / f"{path}.json").exists() for path in (name, name.replace(".", "/")))

    def _file(self, store: str, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise UnusualProjectError(f"the name {name} has other characters than letters and digits")
        return self.settings.directory_of(store) / f"{name}.json"


def _refuse_path(*names: str) -> None:
    """Refuse names of a data source and a table that would lead out of the directory of a result."""
    for name in names:
        if "/" in name or "\\" in name:
            raise UnusualProjectError(f"the name {name} has a slash")


def _refuse_action(action: object) -> None:
    kind = action.get("type") if isinstance(action, dict) else None
    if not isinstance(action, dict) or kind not in _ACTIONS:
        raise UnusualProjectError(f"the checkpoint has the action {kind}")
    if not action.keys() <= _ACTIONS[str(kind)] or not isinstance(action.get("name", ""), str):
        raise UnusualProjectError(f"the action {kind} is of another form")
    sites, fail_on = action.get("site_names", []), action.get("fail_on", "warning")
    if not isinstance(sites, list) or fail_on not in {"critical", "warning", "info"}:
        raise UnusualProjectError(f"the action {kind} is of another form")


def _explain_other(stored: Mapping[str, Any]) -> str:
    """Return why an expectation is not a plain one of this package."""
    type_name = stored["type"]
    if type_name not in all_expectations():
        return f"its suite has {type_name}"
    if not is_labelled_plainly(stored):
        return f"its suite has {type_name} with an id, a severity, a description or a meta of another form"
    return f"its suite has {type_name} with a row_condition, a parameter or an argument that does not fit"
