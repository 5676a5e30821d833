"""Compiles a policy to the native files of a Great Expectations project."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import synth_expectations
from synth_expectations.policy.compile import project_files as projects
from synth_expectations.policy.compile.datasources import data_sources
from synth_expectations.policy.compile.disk_comparison import DiskComparison, below, own_assets, read_text
from synth_expectations.policy.compile.gx_files import as_text, checkpoint_file, definition_file, suite_file
from synth_expectations.policy.compile.lockfile import NAME, Lock, read_lock
from synth_expectations.policy.compile.notifications import check_owners, check_teams, store_notifications
from synth_expectations.policy.compile.ownership import check_ownership
from synth_expectations.policy.compile.project_files import CONFIG, GITIGNORE, ProjectFiles, open_project, sha256
from synth_expectations.policy.compile.suites import PlannedSuites, Suite, omissions, plan_suites
from synth_expectations.policy.compile.table_checks import gx_source_of
from synth_expectations.policy.errors import PolicyError, combine_errors
from synth_expectations.policy.json_schema import SCHEMA, build_policy_schema
from synth_expectations.policy.load.loader import Policy, load_policy
from synth_expectations.policy.types import format_unknown
from synth_expectations.policy.uncovered_expectation import UncoveredExpectation


@dataclass(frozen=True)
class CompiledPolicy:
    """What a policy compiles to, compared with the files on disk.

    Attributes:
        policy: the policy.
        project: the project that it is compiled into.
        files: every file by its path from the project, with its text.
        gone: files that an earlier `compile` wrote and that are not needed any more.
        comparison: with the files on disk.
        suites: all suites.
        uncovered: what roles ask for and the policy does not say enough for.
        sources: the data sources, as Great Expectations configures them.
    """

    policy: Policy
    project: ProjectFiles
    files: dict[str, str]
    gone: tuple[str, ...]
    comparison: DiskComparison
    suites: tuple[Suite, ...]
    uncovered: tuple[UncoveredExpectation, ...]
    sources: dict[str, dict[str, Any]]

    @property
    def counted(self) -> str:
        """Return how many suites and checkpoints there are."""
        return f"{numbered(len(self.suites), 'suite')}, {numbered(len(self.policy.words.checkpoints), 'checkpoint')}"

    @property
    def edited(self) -> tuple[str, ...]:
        """Return files that were edited by hand since, or that `compile` did not write."""
        return self.comparison.edited

    @property
    def changes(self) -> tuple[str, ...]:
        """Return what compiling changes, in words."""
        return self.comparison.changes

    @property
    def stale(self) -> tuple[str, ...]:
        """Return the files that differ from what they should be."""
        differ = [path for path, text in self.files.items() if read_text(self.project.root / path) != text]
        return (*differ, *self.gone)

    def write(self, *, force: bool = False) -> None:
        """Write the files that differ, each wholly or not at all.

        Args:
            force: whether to overwrite files that were edited by hand.

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
        if read_text(self.project.root / NAME) != self.files[NAME]:
            projects.write(self.project.root / NAME, self.files[NAME])  # last, so that an interrupted compile shows


def compile_policy(path: Path) -> CompiledPolicy:
    """Compile a policy without writing anything, reading data or importing Great Expectations.

    Args:
        path: the path of policy.yml; its directory is the project.

    Raises:
        PolicyError: everything that is wrong with it.
    """
    return compile_loaded(load_policy(path))


def compile_loaded(policy: Policy, *, has_schema: bool = True) -> CompiledPolicy:
    """Compile a policy that was read already; see `compile_policy`.

    Args:
        policy: the policy.
        has_schema: whether the files include the JSON Schema for editors, which no run depends on. pydantic takes longer to
            make it than most policies take to compile.
    """
    project = open_project(policy.directory)
    errors: list[PolicyError] = []
    planned = plan_suites(policy, errors)
    suites = list(planned.suites)
    sources = data_sources(policy, suites, errors)
    documents = {**_suites(policy, project, suites, sources), **_checkpoints(policy, project, suites, errors)}
    errors += [*check_owners(policy), *check_teams(policy), *check_ownership(policy)]
    if error := combine_errors(errors):
        raise error
    lock = read_lock(project.root)
    files = {path: as_text(document) for path, document in documents.items()}
    if has_schema:
        files[SCHEMA] = _format_schema()
    config = project.with_data_sources(sources, set(lock.data_sources))
    files_and_config = {**files, CONFIG: config}
    if not (project.root / CONFIG).is_file() and not (project.root / ".gitignore").exists():
        files_and_config[".gitignore"] = GITIGNORE
    new_lock = _lock(policy, planned, files, sources)
    kept = {*files, SCHEMA}
    return CompiledPolicy(
        policy,
        project,
        {**files_and_config, NAME: as_text(new_lock.document())},
        gone=tuple(path for path in lock.files if path not in kept and (project.root / path).exists()),
        comparison=DiskComparison(project, lock, documents, files, sources),
        suites=planned.suites,
        uncovered=planned.uncovered,
        sources=sources,
    )


@cache
def _format_schema() -> str:
    """Return the text of the policy's JSON Schema, made once a process: pydantic takes longer for it than most policies do."""
    return as_text(build_policy_schema())


def _suites(
    policy: Policy, project: ProjectFiles, suites: list[Suite], sources: dict[str, dict[str, Any]]
) -> dict[str, dict[str, Any]]:
    files = {}
    for suite in suites:
        source = sources.get(gx_source_of(policy.tables[suite.table]))
        if source is None:
            continue  # `data_sources` reported an error
        files[below(project, project.suites / f"{suite.name}.json")] = suite_file(policy, suite)
        files[below(project, project.definitions / f"{suite.name}.json")] = definition_file(policy, suite, source["id"])
    return files


def _checkpoints(
    policy: Policy, project: ProjectFiles, suites: list[Suite], errors: list[PolicyError]
) -> dict[str, dict[str, Any]]:
    files = {}
    for name, entry in policy.words.checkpoints.items():
        at = ("checkpoints", name, "tables")
        chosen = suites if entry.tables == "all" else [suite for suite in suites if suite.table in entry.tables]
        for table in () if entry.tables == "all" else entry.tables:
            if table not in policy.tables:
                errors.append(policy.error(at, f"{name}: {format_unknown('table', table, policy.tables)}"))
            elif not errors and not any(suite.table == table for suite in chosen):
                errors.append(policy.error(at, f"{name}: there is nothing to check in {table}.", "Leave it out."))
        if not chosen and not errors:
            errors.append(policy.error(at, f"{name}: its tables have nothing to check.", "Give one a role that has."))
        files[below(project, project.checkpoints / f"{name}.json")] = checkpoint_file(policy, name, entry, chosen)
    return files


def _lock(policy: Policy, planned: PlannedSuites, files: dict[str, str], sources: dict[str, dict[str, Any]]) -> Lock:
    document = policy.words
    assets = own_assets(sources)
    return Lock(
        compiled_by=synth_expectations.__version__,
        policy={
            "path": policy.path.name,
            "sha256": policy.sha256,
            "description": document.description,
            "owner": document.owner,
            "runbook": document.runbook,
            **store_notifications(policy),
        },
        files={path: sha256(text) for path, text in sorted(files.items())},
        data_sources={name: projects.digest_of(source, assets[name]) for name, source in sorted(sources.items())},
        assets=assets,
        left_out=[vars(omission) for table in policy.tables for omission in omissions(policy, table)],
        not_covered=[uncovered.document() for uncovered in planned.uncovered],
    )


def numbered(count: int, what: str) -> str:
    """Return a count with its noun, such as `1 suite`, `2 suites`."""
    return f"{count} {what}{'' if count == 1 else 's'}"
