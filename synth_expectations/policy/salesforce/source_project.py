"""A Salesforce project in source format: its package directories, and the objects and fields that they declare."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from synth_expectations.errors import SynthError
from synth_expectations.gate.formats.json_stream import read_json_file
from synth_expectations.gate.formats.metadata import is_metadata
from synth_expectations.gate.formats.salesforce_xml import XmlElement, read_xml_file
from synth_expectations.gate.model import UnreadFileError
from synth_expectations.gate.repository import SourceFile, read_tree

CONFIG = "sfdx-project.json"


@dataclass
class SourceProject:
    """A project.

    Attributes:
        root: the directory of its sfdx-project.json; without one, the working directory.
        target: where new metadata goes, such as `force-app/main/default`.
        directories: of packages.
        files: metadata of all packages, by path below the root.
    """

    root: Path
    target: Path
    directories: tuple[Path, ...]
    files: dict[str, SourceFile] = field(default_factory=dict)

    def find_folder(self, object_name: str) -> str | None:
        """Return the name of an object as a folder of the source spells it, or None."""
        for path in self.files:
            folder, _, rest = path.rpartition("objects/")[2].partition("/")
            if "objects/" in path and rest and folder.casefold() == object_name.casefold():
                return folder
        return None

    def find_file(self, ending: str) -> SourceFile | None:
        """Return the file whose path ends so, in any case; of several the one below the target.

        Raises:
            SynthError: several packages have it, and none is the target.
        """
        found = [file for path, file in self.files.items() if f"/{path}".casefold().endswith(f"/{ending}".casefold())]
        inside = [file for file in found if file.location.is_relative_to(self.target)]
        if len(found) > 1 and not inside:
            names = " and ".join(file.path for file in found[:2])
            raise SynthError(f"{names} are the same component.", "Name the package that is meant with --out.")
        return next(iter(inside or found), None)

    def read(self, file: SourceFile) -> XmlElement:
        """Return the root of a file.

        Raises:
            SynthError: it is not XML.
        """
        try:
            return read_xml_file(file)
        except UnreadFileError as error:
            raise SynthError(f"{file.path}: {error}.", "Fix it first.") from None


def open_source(out: Path | None) -> SourceProject:
    """Return the project that a package directory lies in.

    Args:
        out: the package directory; None for the default one of the sfdx-project.json of the working directory.

    Raises:
        SynthError: there is no project and no `out`, `out` is not a package directory, or the source is of the old format.
    """
    start = Path.cwd() if out is None else Path(os.path.abspath(out))
    root = next((folder for folder in (start, *start.parents) if (folder / CONFIG).is_file()), None)
    if root is None:
        if out is None:
            raise SynthError(f"There is no {CONFIG} here, or above.", "Name the package directory: --out force-app.")
        directories: tuple[Path, ...] = (start,)
        root = Path.cwd() if start.is_relative_to(Path.cwd()) else start
    else:
        directories, default = _read_directories(root / CONFIG)
        start = default if out is None else start
    package = next((directory for directory in directories if start.is_relative_to(directory)), None)
    if package is None:
        listed = ", ".join(directory.relative_to(root).as_posix() for directory in directories)
        raise SynthError(f"{out} is not a package directory of {CONFIG}: sf would not deploy it.", f"It has {listed}.")
    project = SourceProject(root.resolve(), _find_target(start).resolve(), tuple(map(Path.resolve, directories)))
    project.files = {file.path: file for file in _list_metadata(project)}
    for path in project.files:
        if path.endswith(".object"):
            raise SynthError(
                f"{path} is of the old metadata format.", "Convert it first: sf project convert mdapi --root-dir DIR."
            )
    return project


def _read_directories(config: Path) -> tuple[tuple[Path, ...], Path]:
    """Return the package directories of a project, and the default one."""
    try:
        data: Any = read_json_file(SourceFile(config.name, config, config.stat().st_size))
    except UnreadFileError as error:
        raise SynthError(f"{config.name}: {error}.", "Fix it first.") from None
    entries = data.get("packageDirectories") if isinstance(data, dict) else None
    listed = [
        (Path(os.path.abspath(config.parent / entry["path"])), entry.get("default") is True)
        for entry in (entries if isinstance(entries, list) else [])
        if isinstance(entry, dict) and isinstance(entry.get("path"), str)
    ]
    if not listed:
        raise SynthError(
            f"{config.name} lists no packageDirectories.", 'Add one: {"path": "force-app", "default": true}.'
        )
    outside = [path for path, _ in listed if not path.is_relative_to(config.parent)]
    if outside:
        raise SynthError(
            f"{config.name} lists a package directory outside of the project.", "Move it into the project."
        )
    default = next((path for path, is_default in listed if is_default), listed[0][0])
    return tuple(path for path, _ in listed), default


def _find_target(package: Path) -> Path:
    """Return where a package keeps its metadata: `main/default`, unless it has its objects itself."""
    if (package / "objects").is_dir() or (package / "permissionsets").is_dir() or package.name == "default":
        return package
    return package / "main" / "default"


def _list_metadata(project: SourceProject) -> Iterator[SourceFile]:
    for directory in project.directories:
        if not directory.is_dir():
            continue
        prefix = directory.relative_to(project.root).as_posix()
        for path, file in read_tree([directory], directory).files.items():
            whole = path if prefix == "." else f"{prefix}/{path}"
            if is_metadata(whole):
                yield SourceFile(whole, file.location, file.size)
