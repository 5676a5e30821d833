"""What a great_expectations.yml says, as far as it is the one that compile starts with: anything else is refused.

Whoever edits it may name other stores, plug-ins, secrets or options. They belong to Great Expectations, which then opens
the project. Nothing is guessed here.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from synth_expectations.validation.unusual_project import UnusualProjectError
from synth_expectations.validation.variables import substitute, substitute_all

CONFIG = "great_expectations.yml"

_STORES = {
    "expectations_store": ("ExpectationsStore", "synth_expectations.gx"),
    "checkpoint_store": ("CheckpointStore", None),
    "validation_definition_store": ("ValidationDefinitionStore", None),
    "validation_results_store": ("ValidationResultsStore", "synth_expectations.gx"),
}
"""The stores of a project: class, and module where it is not Great Expectations' own."""

_NAMES = {f"{store}_name": store for store in _STORES}
_BACKEND = {
    "class_name": "TupleFilesystemStoreBackend",
    "module_name": "synth_expectations.gx.store_backend",
    "suppress_store_backend_id": True,
}
_KEYS = {
    *_NAMES, "config_version", "config_variables_file_path", "plugins_directory", "stores", "data_docs_sites",
    "analytics_enabled", "progress_bars", "fluent_datasources",
}  # fmt: skip


@dataclass(frozen=True)
class ProjectSettings:
    """The settings of a project.

    Attributes:
        root: the directory of great_expectations.yml.
        config: its content, without variables substituted.
        runtime: values of variables beside those of the environment and of config_variables.yml.
    """

    root: Path
    config: Mapping[str, Any]
    runtime: Mapping[str, Any]
    _directories: dict[str, Path] = field(default_factory=dict, init=False, repr=False, compare=False)

    @classmethod
    def read(cls, root: Path, runtime: Mapping[str, Any]) -> ProjectSettings:
        """Return the settings of a project.

        Args:
            root: the directory of great_expectations.yml.
            runtime: values of variables.

        Raises:
            UnusualProjectError: they are not those that compile starts with, or cannot be read.
        """
        settings = cls(root.resolve(), _read_mapping(root / CONFIG), dict(runtime))
        settings._refuse_unusual()
        return settings

    @cached_property
    def file_variables(self) -> Mapping[str, Any]:
        """The variables of config_variables.yml, with those of the environment substituted.

        Raises:
            UnusualProjectError: the file cannot be read, or a variable is not set.
        """
        given = self.config.get("config_variables_file_path")
        if not given:
            return {}
        file = self.root / str(substitute(str(given), os.environ))
        return substitute_all(_read_mapping(file), os.environ) if os.path.lexists(file) else {}

    @property
    def variables(self) -> Mapping[str, Any]:
        """All variables; the environment precedes the file, and what was given at run time precedes both."""
        return {**self.file_variables, **os.environ, **self.runtime}

    @property
    def configuration(self) -> Mapping[str, Any]:
        """The content with variables substituted, but for data sources, which substitute their own when they are used.

        Raises:
            UnusualProjectError: a variable is not set.
        """
        others = {key: value for key, value in self.config.items() if key != "fluent_datasources"}
        substituted: dict[str, Any] = substitute_all(others, self.variables)
        return {**substituted, "fluent_datasources": self.sources}

    @property
    def sources(self) -> Mapping[str, Mapping[str, Any]]:
        """The data sources, by name."""
        return self.config.get("fluent_datasources") or {}

    @property
    def sites(self) -> Mapping[str, Mapping[str, Any]]:
        """The sites of Data Docs, by name."""
        return self.config.get("data_docs_sites") or {}

    def directory_of(self, store: str) -> Path:
        """Return the directory of a store: `expectations_store`, `validation_results_store` and so on."""
        if store not in self._directories:  # asked for several times for each table
            configured = self.config["stores"][self.config.get(f"{store}_name", store)]
            base = substitute(configured["store_backend"]["base_directory"], self.variables)
            self._directories[store] = Path(os.path.normpath(self.root / str(base)))
        return self._directories[store]

    def _refuse_unusual(self) -> None:
        for key in self.config.keys() - _KEYS:
            raise UnusualProjectError(f"{CONFIG} has {key}")
        stores = self.config.get("stores")
        named = {self.config.get(key, store) for key, store in _NAMES.items()}
        if not isinstance(stores, dict) or named != stores.keys():
            raise UnusualProjectError(f"{CONFIG} has other stores than those that compile writes")
        for key, store in _NAMES.items():
            _refuse_store(self.config.get(key, store), stores[self.config.get(key, store)], *_STORES[store])
        for key in ("fluent_datasources", "data_docs_sites"):
            entries = self.config.get(key) or {}
            if not isinstance(entries, dict) or not all(isinstance(entry, dict) for entry in entries.values()):
                raise UnusualProjectError(f"{key} of {CONFIG} is not a mapping")
        if self.config.get("config_version") not in {3.0, 4.0}:
            raise UnusualProjectError(f"{CONFIG} has another config_version")
        if _has_files(self.root / str(self.config.get("plugins_directory") or "plugins")):
            raise UnusualProjectError("the project has plug-ins")
        for store in _STORES:
            self.directory_of(store)  # its variables are set


def _refuse_store(name: str, store: object, class_name: str, module: str | None) -> None:
    wanted = {"class_name": class_name} | ({"module_name": module} if module else {})
    backend = store.get("store_backend") if isinstance(store, dict) else None
    if not isinstance(store, dict) or not isinstance(backend, dict):
        raise UnusualProjectError(f"the store {name} of {CONFIG} has no directory")
    directory = backend.get("base_directory")
    is_usual = {key: value for key, value in store.items() if key != "store_backend"} == wanted
    if (
        not is_usual
        or not isinstance(directory, str)
        or {**backend, "base_directory": ""}
        != {
            **_BACKEND,
            "base_directory": "",
        }
    ):
        raise UnusualProjectError(f"the store {name} of {CONFIG} is another one than compile writes")


def _read_mapping(file: Path) -> dict[str, Any]:
    try:
        content = YAML(typ="safe").load(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, YAMLError, RecursionError):
        raise UnusualProjectError(f"{file.name} cannot be read") from None
    if content is None:
        return {}
    if not isinstance(content, dict) or not all(isinstance(key, str) for key in content):
        raise UnusualProjectError(f"{file.name} is not a mapping")
    return content


def _has_files(directory: Path) -> bool:
    return directory.is_dir() and any(directory.iterdir())
