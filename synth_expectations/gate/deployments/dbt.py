"""Seeds of dbt: CSV files that `dbt seed` and `dbt build` load into a target, which may be production."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from synth_expectations.gate.deployments.scripts import ScriptCommand, is_for_production, list_commands, read_scripts
from synth_expectations.gate.formats.yaml_document import read_yaml_file
from synth_expectations.gate.model import GateNote, UnreadFileError
from synth_expectations.gate.production import Bound, ProductionScope
from synth_expectations.gate.repository import FileTree, SourceFile, resolve

_WORDS = re.compile(r"\bdbt\b")
_COMMAND = re.compile(r"\bdbt\b[^\n|;&#]*?\b(?:seed|build)\b(?P<options>[^\n|;&]*)")
_EXCLUDED = re.compile(r"--exclude(?:-resource-types?[ =]+[\"']?|[ =]+[\"']?resource_type:)seed\b")
"""All seeds are left out. Of an exclusion by name, some are loaded still."""
_TARGET = re.compile(r"(?:--target|(?<!\S)-t)[ =]+[\"']?([\w.-]+)")
_FOLDER = re.compile(r"--project-dir[ =]+[\"']?([^\s\"']+)")
_OF_TESTS = re.compile(r"(?:^|/)(?:dbt_packages|dbt_modules|integration[_-]tests?)/")


def bind_seeds(tree: FileTree, scope: ProductionScope) -> None:
    """Take the seeds of each dbt project that are loaded into production, or may be."""
    projects = [
        file
        for path, file in tree.files.items()
        if file.name in {"dbt_project.yml", "dbt_project.yaml"} and not _OF_TESTS.search(path)
    ]
    if not projects:
        return
    commands = [
        command
        for command in list_commands(read_scripts(tree, _WORDS), _COMMAND)
        if not _EXCLUDED.search(command.match[0])
    ]
    for project in projects:
        settings = _read(project, scope)
        if seeds := list(_list_seeds(tree, project, settings)):
            bound = _find_bound(tree, scope, project, settings, commands)
            if bound is None:
                text = "Nothing tells into which target dbt loads its seeds. If it is production, name them with --production."
                scope.notes.append(GateNote(project.path, text))
                continue
            for path in seeds:
                scope.add_file(path, bound)


def _read(file: SourceFile, scope: ProductionScope) -> dict[str, Any]:
    """Return the settings of a file of dbt; of one that cannot be read there are none, which is noted."""
    try:
        data = read_yaml_file(file)
    except UnreadFileError as error:
        note = GateNote(file.path, f"It cannot be read, so nothing tells where dbt loads seeds: {error}.")
        scope.notes += [note] if note not in scope.notes else []
        return {}
    return data if isinstance(data, dict) else {}


def _list_seeds(tree: FileTree, project: SourceFile, settings: dict[str, Any]) -> Iterator[str]:
    folders = settings.get("seed-paths") or settings.get("data-paths") or ["seeds"]
    for folder in folders if isinstance(folders, list) else [folders]:
        path = resolve(project.folder, str(folder))
        if path:
            yield from (name for name in tree.files if name.startswith(f"{path}/") and name.casefold().endswith(".csv"))


def _find_bound(
    tree: FileTree,
    scope: ProductionScope,
    project: SourceFile,
    settings: dict[str, Any],
    commands: list[ScriptCommand],
) -> Bound | None:
    """Return why the seeds of a project go to production, or None: a certain reason goes before a possible one."""
    if _are_disabled(settings):
        return None
    conditions = str(settings.get("seeds") or "")
    hidden = ", and its setting +enabled decides by the target" if "target" in conditions else ""
    bounds = [
        *_list_of_commands(project, commands, hidden),
        *_list_of_profiles(tree, scope, project, settings, hidden),
    ]
    return min(bounds, key=lambda bound: not bound.is_certain, default=None)


def _are_disabled(settings: dict[str, Any]) -> bool:
    """Return whether the settings switch off all seeds of a project, and not only those of a folder."""
    seeds = settings.get("seeds")
    own = seeds.get(settings.get("name")) if isinstance(seeds, dict) else None
    levels = [level for level in (seeds, own) if isinstance(level, dict)]
    return any(level.get(key) is False for level in levels for key in ("+enabled", "enabled"))


def _list_of_commands(project: SourceFile, commands: list[ScriptCommand], hidden: str) -> Iterator[Bound]:
    for command in commands:
        folder = _FOLDER.search(command.match[0])
        if folder and "$" not in folder[1] and resolve("", folder[1]) != project.folder:
            continue
        target = _TARGET.search(command.match[0])
        answer = is_for_production(target[1]) if target else command.is_for_production
        if answer is False:
            continue
        where = f" into the target {target[1]}" if target else ""
        doubt = "" if answer else ", and nothing tells whether that is in production"
        yield Bound(f"{command.path} loads seeds of dbt{where}{doubt or hidden}", bool(answer) and not hidden)


def _list_of_profiles(
    tree: FileTree, scope: ProductionScope, project: SourceFile, settings: dict[str, Any], hidden: str
) -> Iterator[Bound]:
    """Yield what the profile of a project says of its targets."""
    for file in (tree.find(project.folder, "profiles.yml"), tree.files.get("profiles.yml")):
        if file is None:
            continue
        profile = _read(file, scope).get(str(settings.get("profile") or ""))
        if not isinstance(profile, dict):
            continue
        target = str(profile.get("target") or "")
        outputs = profile.get("outputs")
        if is_for_production(target):
            yield Bound(f"{file.path} names {target} as the target of dbt{hidden}", not hidden)
        elif isinstance(outputs, dict):
            for name in outputs:
                if is_for_production(str(name)):
                    text = (
                        f"{file.path} has the target {name} of dbt, and nothing tells whether seeds are loaded into it"
                    )
                    yield Bound(text, is_certain=False)
