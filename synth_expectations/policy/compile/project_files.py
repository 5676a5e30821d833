"""A Great Expectations project on disk: where its stores lie, and how files get there."""

from __future__ import annotations

import hashlib
import io
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

from synth_expectations.engine.atomic_file import replaced_file
from synth_expectations.policy.errors import PolicyError
from synth_expectations.policy.load.bounded_yaml import parse, parse_plainly, read_text

CONFIG = "great_expectations.yml"
GITIGNORE = "/uncommitted/\n"
STORE_MODULE = "synth_expectations.gx"


@dataclass(frozen=True)
class ProjectFiles:
    """A project.

    Attributes:
        root: the directory of great_expectations.yml.
        text: of great_expectations.yml, or of the one to be written.
        config: the same, read.
    """

    root: Path
    text: str
    config: dict[str, Any]

    @property
    def suites(self) -> Path:
        """Where suites lie."""
        return self._store("expectations_store_name", "expectations_store")

    @property
    def checkpoints(self) -> Path:
        """Where checkpoints lie."""
        return self._store("checkpoint_store_name", "checkpoint_store")

    @property
    def definitions(self) -> Path:
        """Where validation definitions lie."""
        return self._store("validation_definition_store_name", "validation_definition_store")

    def _store(self, name_key: str, default: str) -> Path:
        name = self.config.get(name_key, default)
        file = str(self.root / CONFIG)
        try:
            directory = self.config["stores"][name]["store_backend"]["base_directory"]
        except (KeyError, TypeError):
            message = f"The store {name} is not a directory of files."
            raise PolicyError(
                message, "Compiled files are written to directories: give it a base_directory.", file
            ) from None
        if "$" in str(directory):
            message = f"The directory {directory} of the store {name} is named by a variable."
            raise PolicyError(message, "Compiled files belong to the project: name it itself.", file)
        return Path(os.path.normpath(self.root / str(directory)))

    def with_data_sources(self, sources: dict[str, dict[str, Any]], before: set[str]) -> str:
        """Return the text of great_expectations.yml with these data sources.

        Args:
            sources: by name.
            before: names that `compile` wrote earlier; those that are gone are removed, others are left alone.
        """
        known = data_sources_of(self)
        wanted = {name: source for name, source in known.items() if name not in before or name in sources} | sources
        if known == wanted:
            return self.text
        if "fluent_datasources" not in self.config and (text := self._append_data_sources(wanted)):
            return text
        config = _read(self.text, str(self.root / CONFIG))
        if not isinstance(config.get("fluent_datasources"), CommentedMap):
            config["fluent_datasources"] = CommentedMap()
        block = config["fluent_datasources"]
        for name in [name for name in block if name not in wanted]:
            del block[name]
        for name, source in wanted.items():
            if plain(block.get(name)) != source:
                block[name] = source
        return _written(config)

    def _append_data_sources(self, sources: dict[str, dict[str, Any]]) -> str | None:
        """Return the text with its first data sources behind it; None if it would not be read so.

        The rest keeps its bytes. To read and write it anew, with its comments, takes most of the time of a small policy.
        """
        out = io.StringIO()
        _yaml().dump({"fluent_datasources": sources}, out)
        text = self.text + out.getvalue()
        try:
            config = parse_plainly(text, str(self.root / CONFIG))
        except PolicyError:
            return None
        return text if config == {**self.config, "fluent_datasources": sources} else None


def open_project(root: Path) -> ProjectFiles:
    """Return the project in a directory, or the one that `compile` will make there.

    Raises:
        PolicyError: its great_expectations.yml cannot be read, or lets runs pass that evaluated nothing.
    """
    file = root / CONFIG
    if file.exists():
        text = read_text(file)
    else:
        text = resources.files("synth_expectations.policy").joinpath("template.yml").read_text(encoding="utf-8")
    config = parse_plainly(text, str(file))
    if not isinstance(config, dict):
        raise _build_other_file_error(str(file))
    project = ProjectFiles(root, text, config)
    stores = config.get("stores")
    name = config.get("expectations_store_name", "expectations_store")
    store = stores.get(name) if isinstance(stores, dict) else None
    if not isinstance(store, dict) or store.get("module_name") != STORE_MODULE:
        raise PolicyError(
            "Its expectations store is Great Expectations' own, which drops expectations that it does not know.",
            f"Under stores, write beside its class_name: module_name: {STORE_MODULE}",
            str(file),
        )
    return project


def joined(text: str, file: str) -> str:
    """Return the text of a great_expectations.yml with the expectations store of this package, otherwise unchanged.

    Raises:
        PolicyError: it has no expectations store to change.
    """
    config = _read(text, file)
    store = (config.get("stores") or {}).get(config.get("expectations_store_name", "expectations_store"))
    if not isinstance(store, CommentedMap) or store.get("class_name") != "ExpectationsStore":
        hint = f"Name our class in it: class_name: ExpectationsStore, module_name: {STORE_MODULE}"
        raise PolicyError("Its expectations store is not Great Expectations' own.", hint, file)
    if store.get("module_name") == STORE_MODULE:
        return text
    store.insert(list(store).index("class_name") + 1, "module_name", STORE_MODULE)
    return _written(config)


def data_sources_of(project: ProjectFiles) -> dict[str, dict[str, Any]]:
    """Return the data sources of a project, by name."""
    known = plain(project.config.get("fluent_datasources"))
    if not isinstance(known, dict):
        return {}
    return {name: source for name, source in known.items() if isinstance(source, dict)}


def data_source_digests(project: ProjectFiles, assets: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Return a digest of each data source in the project, with the given assets only."""
    known = data_sources_of(project)
    return {name: digest_of(known[name], assets[name]) for name in sorted(assets) if name in known}


def digest_of(source: Mapping[str, Any], assets: Iterable[str]) -> str:
    """Return a digest of a data source, with the given assets only."""
    chosen = set(assets)
    kept = {name: asset for name, asset in (source.get("assets") or {}).items() if name in chosen}
    return sha256(json.dumps({**source, "assets": kept}, sort_keys=True))


def sha256(text: str) -> str:
    """Return the digest of a text, the same for any line ends."""
    return hashlib.sha256(text.replace("\r\n", "\n").encode()).hexdigest()


def write(path: Path, text: str) -> None:
    """Write a file, wholly or not at all.

    Raises:
        PolicyError: it cannot be written.
    """
    try:
        with replaced_file(path) as temporary:
            temporary.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise PolicyError(
            f"It cannot be written: {error.strerror}.", "Check who owns the directory.", str(path)
        ) from None


def remove(path: Path) -> None:
    """Remove a file, if it is there.

    Raises:
        PolicyError: it cannot be removed.
    """
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise PolicyError(
            f"It cannot be removed: {error.strerror}.", "Check who owns the directory.", str(path)
        ) from None


def _read(text: str, file: str) -> CommentedMap:
    config = parse(text, file, _yaml())
    if not isinstance(config, CommentedMap):
        raise _build_other_file_error(file)
    return config


def _build_other_file_error(file: str) -> PolicyError:
    return PolicyError("It is not a Great Expectations configuration.", "Remove it, and compile again.", file)


def _written(config: CommentedMap) -> str:
    out = io.StringIO()
    _yaml().dump(config, out)
    return out.getvalue()


def _yaml() -> YAML:
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 4096
    return yaml


def plain(value: Any) -> Any:
    """Return what ruamel.yaml read as plain mappings, lists and values."""
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, str):
        return str(value)
    return value
