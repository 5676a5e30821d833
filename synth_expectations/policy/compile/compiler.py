"""Compiles a policy to the native files of a Great Expectations project."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import synth_expectations
from synth_expectations.policy.compile import diff as words
from synth_expectations.policy.compile import project_files as projects
from synth_expectations.policy.compile.datasources import data_sources
from synth_expectations.policy.compile.gx_files import as_text, checkpoint_file, definition_file, suite_file
from synth_expectations.policy.compile.ids import stable_id
from synth_expectations.policy.compile.lockfile import NAME, Lock, read_lock
from synth_expectations.policy.compile.project_files import CONFIG, GITIGNORE, Project, open_project, sha256
from synth_expectations.policy.compile.suites import Suite, left_out, suites_of
from synth_expectations.policy.compile.table_checks import gx_source_of
from synth_expectations.policy.errors import PolicyError, combine_errors
from synth_expectations.policy.json_schema import SCHEMA, build_policy_schema
from synth_expectations.policy.load.loader import Policy, load_policy
from synth_expectations.policy.types import format_unknown


@dataclass(frozen=True)
class Compiled:
    """What a policy compiles to, held against what lies on disk.

    Attributes:
        policy: what was compiled.
        project: where to.
        files: every file by its path from the project, with its text.
        gone: files of an earlier compiling that have no place any more.
        edited: files that were changed by hand since, or that compile did not write.
        changes: in words.
        suites: all of them.
        sources: the data sources, as Great Expectations configures them.
    """

    policy: Policy
    project: Project
    files: dict[str, str]
    gone: tuple[str, ...]
    edited: tuple[str, ...]
    changes: tuple[str, ...]
    suites: tuple[Suite, ...]
    sources: dict[str, dict[str, Any]]

    @property
    def counted(self) -> str:
        """How much there is."""
        return f"{numbered(len(self.suites), 'suite')}, {numbered(len(self.policy.words.checkpoints), 'checkpoint')}"

    @property
    def stale(self) -> tuple[str, ...]:
        """Files that are not as they should be."""
        differ = [path for path, text in self.files.items() if _text(self.project.root / path) != text]
        return (*differ, *self.gone)

    def write(self, *, force: bool = False) -> None:
        """Write what differs, each file wholly or not at all.

        Args:
            force: overwrite what was edited by hand.

        Raises:
            PolicyError: a file was edited by hand, or cannot be written.
        """
        if self.edited and not force:
            shown = ", ".join(self.edited[:5]) + (f" and {len(self.edited) - 5} more" if len(self.edited) > 5 else "")
            raise PolicyError(
                f"Edited by hand since compiling, or written by someone else: {shown}.",
                "Move what you need into policy.yml, then: synth-expectations compile --force",
            )
        for path in self.stale:
            if path in self.gone:
                projects.remove(self.project.root / path)
            elif path != NAME:
                projects.write(self.project.root / path, self.files[path])
        if _text(self.project.root / NAME) != self.files[NAME]:
            projects.write(self.project.root / NAME, self.files[NAME])  # last: an interrupted compile is seen


def compile_policy(path: Path) -> Compiled:
    """Compile a policy; nothing is written, no data is read, and Great Expectations is not imported.

    Args:
        path: of policy.yml; its directory is the project's.

    Raises:
        PolicyError: all that is wrong with it.
    """
    policy = load_policy(path)
    project = open_project(policy.directory)
    errors: list[PolicyError] = []
    suites = suites_of(policy, errors)
    sources = data_sources(policy, suites, errors)
    documents = {**_suites(policy, project, suites, sources), **_checkpoints(policy, project, suites, errors)}
    if found := combine_errors(errors):
        raise found
    lock = read_lock(project.root)
    files = {path: as_text(document) for path, document in documents.items()}
    files[SCHEMA] = as_text(build_policy_schema())
    config = project.with_data_sources(sources, set(lock.data_sources))
    files_and_config = {**files, CONFIG: config}
    if not (project.root / CONFIG).is_file() and not (project.root / ".gitignore").exists():
        files_and_config[".gitignore"] = GITIGNORE
    new_lock = _lock(policy, lock, files, sources)
    return Compiled(
        policy,
        project,
        {**files_and_config, NAME: as_text(new_lock.document())},
        gone=tuple(path for path in lock.files if path not in files and (project.root / path).exists()),
        edited=tuple(_edited(project, lock, files, sources)),
        changes=tuple(words.changes(_on_disk(project, lock), _now(project, documents, sources))),
        suites=tuple(suites),
        sources=sources,
    )


def _suites(
    policy: Policy, project: Project, suites: list[Suite], sources: dict[str, dict[str, Any]]
) -> dict[str, dict[str, Any]]:
    found = {}
    for suite in suites:
        source = sources.get(gx_source_of(policy.tables[suite.table]))
        if source is None:
            continue  # an error was said
        found[_below(project, project.suites / f"{suite.name}.json")] = suite_file(policy, suite)
        found[_below(project, project.definitions / f"{suite.name}.json")] = definition_file(
            policy, suite, source["id"]
        )
    return found


def _checkpoints(
    policy: Policy, project: Project, suites: list[Suite], errors: list[PolicyError]
) -> dict[str, dict[str, Any]]:
    found = {}
    for name, entry in policy.words.checkpoints.items():
        at = ("checkpoints", name, "tables")
        chosen = suites if entry.tables == "all" else [each for each in suites if each.table in entry.tables]
        for table in () if entry.tables == "all" else entry.tables:
            if table not in policy.tables:
                errors.append(policy.error(at, f"{name}: {format_unknown('table', table, policy.tables)}"))
            elif not errors and not any(each.table == table for each in chosen):
                errors.append(policy.error(at, f"{name}: there is nothing to check in {table}.", "Leave it out."))
        if not chosen and not errors:
            errors.append(policy.error(at, f"{name}: its tables have nothing to check.", "Give one a role that has."))
        found[_below(project, project.checkpoints / f"{name}.json")] = checkpoint_file(policy, name, entry, chosen)
    return found


def _lock(policy: Policy, before: Lock, files: dict[str, str], sources: dict[str, dict[str, Any]]) -> Lock:
    said = policy.words
    approved = said.approved.model_dump(mode="json") if said.approved else None
    assets = _own_assets(sources)
    same = approved == before.policy.get("approved")
    approved_sha256 = before.policy.get("approved_sha256") if same and approved else policy.sha256 if approved else None
    return Lock(
        compiled_by=synth_expectations.__version__,
        policy={
            "path": policy.path.name,
            "sha256": policy.sha256,
            "description": said.description,
            "owner": said.owner,
            "runbook": said.runbook,
            "approved": approved,
            "approved_sha256": approved_sha256,
        },
        files={path: sha256(text) for path, text in sorted(files.items())},
        data_sources={name: projects.digest_of(each, assets[name]) for name, each in sorted(sources.items())},
        assets=assets,
        left_out=[vars(each) for table in policy.tables for each in left_out(policy, table)],
    )


def _edited(project: Project, lock: Lock, files: dict[str, str], sources: dict[str, dict[str, Any]]) -> Iterator[str]:
    for path in sorted({*files, *lock.files}):
        text = _text(project.root / path)
        if text is not None and sha256(text) != lock.files.get(path) and text != files.get(path):
            yield path
    ours = _own_assets(sources)
    assets = {name: {*lock.assets.get(name, ()), *ours.get(name, ())} for name in {**lock.assets, **ours}}
    for name, digest in projects.data_source_digests(project, assets).items():
        known = {lock.data_sources.get(name)}
        if name in sources:
            known.add(projects.digest_of(sources[name], ours[name]))
        joins = name not in lock.data_sources and name in sources and _uses_itself(project, sources[name], name)
        if digest not in known and not joins:
            yield f"{CONFIG} (data source {name})"


def _uses_itself(project: Project, source: dict[str, Any], name: str) -> bool:
    """Whether a data source was there before the policy, which adds its assets to it."""
    known = projects.data_sources_of(project).get(name, {})
    return bool(known) and known.get("id") == source["id"] != stable_id("data_source", name)


def _own_assets(sources: dict[str, dict[str, Any]]) -> dict[str, list[str]]:
    """The assets that the policy makes, by data source."""
    return {
        name: sorted(
            each for each, asset in source["assets"].items() if asset.get("id") == stable_id("asset", name, each)
        )
        for name, source in sources.items()
    }


def _on_disk(project: Project, lock: Lock) -> words.State:
    """What was compiled before, as it is now."""
    documents = {}
    for path in lock.files:
        text = _text(project.root / path)
        try:
            document = json.loads(text) if text else None
        except ValueError:
            continue  # it is reported as edited
        if isinstance(document, dict):
            documents[path] = document
    known = projects.data_sources_of(project)
    state = _now(project, documents, {name: known[name] for name in lock.data_sources if name in known})
    return replace(state, suites={name: each for name, each in state.suites.items() if _is_suite(each)})


def _is_suite(document: Mapping[str, Any]) -> bool:
    """Whether a file still has the shape of a suite: it may have been edited by hand."""
    expectations = document.get("expectations")
    return isinstance(expectations, list) and all(
        isinstance(each, dict) and isinstance(each.get("type"), str) and isinstance(each.get("kwargs"), dict)
        for each in expectations
    )


def _now(project: Project, documents: dict[str, dict[str, Any]], sources: words.Named) -> words.State:
    def lying_in(directory: Path) -> dict[str, dict[str, Any]]:
        folder = _below(project, directory)
        return {Path(path).stem: each for path, each in documents.items() if os.path.dirname(path) == folder}

    suites, checkpoints = lying_in(project.suites), lying_in(project.checkpoints)
    return words.State(suites, checkpoints, sources, lying_in(project.definitions))


def _below(project: Project, path: Path) -> str:
    return Path(os.path.relpath(path, project.root)).as_posix()


def _text(path: Path) -> str | None:
    """Of a file, line ends as LF; None if there is none."""
    try:
        return path.read_bytes().decode("utf-8").replace("\r\n", "\n")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError):
        return ""


def numbered(count: int, what: str) -> str:
    """Such as `1 suite`, `2 suites`."""
    return f"{count} {what}{'' if count == 1 else 's'}"
