"""Which files are bound for production, and why: untagged records are a problem only where they are."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from synth_expectations.gate.decoding import decode
from synth_expectations.gate.exclusions import find_likely_test, find_test_folder, is_called_test
from synth_expectations.gate.foreign import require_own_contents
from synth_expectations.gate.formats.cumulusci import CumulusProject, is_for_production
from synth_expectations.gate.formats.pipeline import list_loads
from synth_expectations.gate.formats.sfdmu import ExportScript
from synth_expectations.gate.formats.yaml_document import read_yaml_file
from synth_expectations.gate.globs import compile_glob
from synth_expectations.gate.model import GateNote, UnreadFile, UnreadFileError
from synth_expectations.gate.repository import FileTree, SourceFile, resolve


@dataclass(frozen=True)
class Bound:
    """Why a file is bound for production.

    Attributes:
        reason: a clause: "data/export.json says runnableInProduction".
        is_certain: whether that is said, and not only possible.
    """

    reason: str
    is_certain: bool = True


@dataclass(frozen=True)
class ProductionGlob:
    """A glob that someone names for production.

    Attributes:
        text: as written.
        pattern: for paths.
        bound: the reason.
    """

    text: str
    pattern: re.Pattern[str]
    bound: Bound

    @property
    def names_anything(self) -> bool:
        """Whether it has a word in it; `**` alone names nothing."""
        return bool(self.text.strip("*/?. "))

    def names_part(self, part: str) -> bool:
        """Return whether the glob has a folder or the ending of a name in it, and not only reaches it by a wildcard."""
        return part.casefold() in self.text.casefold()

    def find(self, path: str) -> Bound | None:
        """Return why a file is bound for production, or None.

        That is not certain for tests which the glob reaches by a wildcard: `**` says everything, and means what is loaded.
        """
        if not self.pattern.fullmatch(path):
            return None
        part = find_likely_test(path)
        if (part and not self.names_part(part)) or (not self.names_anything and is_called_test(path)):
            return Bound(f"{self.bound.reason}, but by its path it belongs to tests or examples", is_certain=False)
        return self.bound


@dataclass
class ProductionScope:
    """What is bound for production.

    Attributes:
        globs: what the policy or the caller names.
        folders: directories, with the reason.
        files: single files in lower case, as Salesforce names objects in any case, with the reason.
        notes: doubts.
    """

    globs: list[ProductionGlob] = field(default_factory=list)
    folders: dict[str, Bound] = field(default_factory=dict)
    files: dict[str, Bound] = field(default_factory=dict)
    notes: list[GateNote] = field(default_factory=list)

    def find(self, path: str) -> Bound | None:
        """Return why a file is bound for production, or None. A certain reason goes before a possible one."""
        reasons = [bound for glob in self.globs if (bound := glob.find(path))]
        if (bound := self.files.get(path.casefold())) is not None:
            reasons.append(bound)
        folder = path.rpartition("/")[0]
        while True:
            if folder in self.folders:
                reasons.append(self.folders[folder])
            if not folder:
                break
            folder = folder.rpartition("/")[0]
        return min(reasons, key=lambda bound: not bound.is_certain, default=None)

    def find_named(self, path: str) -> Bound | None:
        """Return why a file is bound for production by something that names it or its folder; `**` alone names nothing."""
        named = ProductionScope([glob for glob in self.globs if glob.names_anything], self.folders, self.files)
        return named.find(path)

    def is_named(self, path: str) -> bool:
        """Return whether something names a file for production, or the folder of tests that it lies in."""
        if path.casefold() in self.files:
            return True
        folder = find_test_folder(path)
        return bool(folder) and any(glob.pattern.fullmatch(path) and glob.names_part(folder) for glob in self.globs)

    def name_globs(self, patterns: tuple[str, ...], reason: str) -> None:
        """Take globs that someone names."""
        self.globs += [ProductionGlob(text, compile_glob(text), Bound(f"{reason} {text}")) for text in patterns]

    def add_script(self, script: ExportScript, bound: Bound) -> None:
        """Take an SFDMU project: its export.json, and the files of the objects that it writes."""
        self.add_file(script.path, bound)
        if not all(entry.name for entry in script.objects):  # what it writes cannot be told
            self.folders[script.folder] = bound
        for entry in script.objects:
            if entry.writes:
                parts = (script.folder, entry.folder, f"{entry.name}.csv")
                self.add_file("/".join(part for part in parts if part), bound)

    def add_file(self, path: str, bound: Bound) -> None:
        """Take a file; a certain reason replaces a possible one."""
        folded = path.casefold()
        known = self.files.get(folded)
        if known is None or (bound.is_certain and not known.is_certain):
            self.files[folded] = bound


def read_production(
    tree: FileTree,
    scripts: dict[str, ExportScript],
    projects: list[CumulusProject],
    unread: list[UnreadFile],
) -> ProductionScope:
    """Return what the configuration of the tree says is bound for production."""
    scope = ProductionScope()
    for script in scripts.values():
        if script.runs_in_production:
            scope.add_script(script, Bound(f"{script.path} says runnableInProduction"))
    for path, file in tree.files.items():
        if file.name in {".sfdx-hardis.yml", "sfdx-hardis.yml"} or (
            "sfdx-hardis" in path.casefold() and path.endswith(".yml")
        ):
            _read_hardis(file, scope, scripts, unread)
        elif _is_pipeline(path):
            _read_pipeline(file, scope, scripts, unread, tree)
    for project in projects:
        _read_flows(project, scope, tree)
    return scope


def _is_pipeline(path: str) -> bool:
    name = path.rpartition("/")[2].casefold()
    return (
        path.startswith((".github/workflows/", ".circleci/", ".azure", "ci/", ".gitlab/"))
        or "pipelines" in name
        or name in {".gitlab-ci.yml", "jenkinsfile", ".env", "package.json"}
    ) and name.endswith((".yml", ".yaml", "jenkinsfile", ".env", ".json"))


def _read_pipeline(
    file: SourceFile,
    scope: ProductionScope,
    scripts: dict[str, ExportScript],
    unread: list[UnreadFile],
    tree: FileTree,
) -> None:
    """Take what a pipeline loads into production, and whether it lets SFDMU change an org."""
    try:
        require_own_contents(file)
        text = decode(file.read_bytes(4_000_000))
    except UnreadFileError as error:
        unread.append(UnreadFile(file.path, str(error), is_context=True, decides=True))
        return
    if "SFDMU_CAN_MODIFY" in text:
        _allow_scripts(scope, scripts, f"{file.path} sets SFDMU_CAN_MODIFY")
    for load in list_loads(text):
        bound = Bound(f"{file.path} loads it into the org {load.org}")
        for name in load.paths:
            path = resolve("", name) or name
            script = scripts.get(f"{path}/export.json" if path else "export.json")
            if script is not None:
                scope.add_script(script, bound)
            elif path in tree.files:
                scope.add_file(path, bound)
            else:
                what = (
                    "names its files by a variable"
                    if "$" in name or "%" in name
                    else f"names {name}, which is not there"
                )
                text = f"A load into the org {load.org} {what}: name it with --production or in the policy."
                scope.notes.append(GateNote(file.path, text))


def _read_hardis(
    file: SourceFile, scope: ProductionScope, scripts: dict[str, ExportScript], unread: list[UnreadFile]
) -> None:
    """Take what sfdx-hardis runs before and after a deployment, and the org that SFDMU may change."""
    try:
        require_own_contents(file)
        data = read_yaml_file(file)
    except UnreadFileError as error:
        unread.append(UnreadFile(file.path, str(error), is_context=True, decides=True))
        return
    if not isinstance(data, dict):
        return
    target = str(data.get("sfdmuCanModify") or "")
    if target and not _is_sandbox(target):
        _allow_scripts(scope, scripts, f"{file.path} sets sfdmuCanModify to an org that is not a sandbox")
    for key in ("commandsPreDeploy", "commandsPostDeploy"):
        for command in data[key] if isinstance(data.get(key), list) else []:
            if isinstance(command, dict) and str(command.get("type")).casefold() == "data":
                _read_command(file, command, scope, scripts, key)


def _read_command(
    file: SourceFile, command: dict[str, Any], scope: ProductionScope, scripts: dict[str, ExportScript], key: str
) -> None:
    parameters = command.get("parameters")
    named = command.get("sfdmuProject") or (parameters.get("sfdmuProject") if isinstance(parameters, dict) else None)
    name = str(named or "").strip("/").rpartition("/")[2]
    context = str(command.get("context") or "all")
    if not name:
        scope.notes.append(GateNote(file.path, f"A command of {key} loads data and names no sfdmuProject."))
        return
    if context == "check-deployment-only":
        return
    meant = [script for path, script in scripts.items() if f"/{path}".endswith(f"/{name}/export.json")]
    for script in meant:
        known = context in {"all", "process-deployment-only"}
        reason = f"{file.path} loads {name} in {key} (context {context if known else 'unknown'})"
        scope.add_script(script, Bound(reason, is_certain=known))
    if not meant:
        scope.notes.append(
            GateNote(file.path, f"A command of {key} names an SFDMU project that is not in the repository.")
        )


def _allow_scripts(scope: ProductionScope, scripts: dict[str, ExportScript], reason: str) -> None:
    """Mark every SFDMU project: an org is named, but not which project is run there."""
    for script in scripts.values():
        scope.add_script(script, Bound(f"{reason}, but not for which project", is_certain=False))


def _is_sandbox(target: str) -> bool:
    folded = target.casefold()
    return any(
        mark in folded for mark in (".sandbox.my.", "--", "scratch", "test.salesforce", ".develop.my", "sandbox")
    )


def _read_flows(project: CumulusProject, scope: ProductionScope, tree: FileTree) -> None:
    folder = project.path.rpartition("/")[0]
    for task in project.tasks:
        answer = True if task.is_plan else is_for_production(task.flow)
        kind = "plan" if task.is_plan else "flow"
        for name in filter(None, (task.mapping, task.dataset)):
            path = resolve(folder, name) or name
            if answer is False:
                continue
            if path not in tree.files:
                scope.notes.append(GateNote(project.path, f"The {kind} {task.flow} loads {name}, which is not there."))
            if answer:
                scope.add_file(path, Bound(f"the {kind} {task.flow} of {project.path} runs {task.task} with it"))
            else:
                reason = (
                    f"the flow {task.flow} of {project.path} runs {task.task} with it, and its name tells of no scratch org "
                    "and of no production"
                )
                scope.add_file(path, Bound(reason, is_certain=False))
