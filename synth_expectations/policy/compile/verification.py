"""Hold a compiled project against its lock, and the lock against what the policy compiles to."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import synth_expectations
from synth_expectations.policy.compile.compiler import CompiledPolicy, compile_loaded
from synth_expectations.policy.compile.lockfile import NAME, Lock, read_lock
from synth_expectations.policy.compile.project_files import (
    CONFIG,
    data_source_digests,
    open_project,
    sha256,
)
from synth_expectations.policy.errors import PolicyError
from synth_expectations.policy.json_schema import SCHEMA
from synth_expectations.policy.load.loader import Policy, load_policy

_REVIEW = "compile, then review the diff."
_SHOWN = 5


@dataclass(frozen=True)
class Verification:
    """A compiled project, and what about it is no longer as it was compiled.

    Attributes:
        lock: what compile wrote last; empty for a project without a policy.
        policy: None if there is none, or if it is no longer valid.
        changes: what differs from what was compiled, a sentence each.
        paths: the compiled files, by their path from the project: those of the lock and those of the policy.
    """

    lock: Lock
    policy: Policy | None
    changes: tuple[str, ...]
    paths: frozenset[str]

    def find_changes(self, checkpoint: str, names: Collection[str], compiled: Collection[str]) -> tuple[str, ...]:
        """Return what differs from what was compiled; nothing for a checkpoint that the policy has no part in.

        Args:
            checkpoint: its name.
            names: of its suites and validation definitions.
            compiled: the names of those suites that say that they were compiled.
        """
        own = {Path(path).stem for path in self.paths if Path(path).suffix == ".json"}
        if not compiled and own.isdisjoint({checkpoint, *names}):
            return ()
        if compiled and not self.lock.files:
            return (*self.changes, f"The suite {min(compiled)} was compiled, and {NAME} is gone: compile again.")
        return self.changes


def verify_project(root: Path) -> Verification:
    """Compare a project with its lock, and the lock with what the policy compiles to.

    A lock that was rehashed by hand is found, because the policy is compiled again in memory. Neither Great
    Expectations nor data is touched.

    Args:
        root: the directory of great_expectations.yml.

    Raises:
        PolicyError: policy.lock.json cannot be read.
    """
    lock = read_lock(root)
    changes = [*_changed_files(root, lock), *_changed_sources(root, lock)]
    file = root / str(lock.policy.get("path", "policy.yml"))
    policy, compiled = None, None
    if file.is_file():
        try:
            policy = load_policy(file)
        except PolicyError as error:
            changes.append(f"{file.name} is not valid: {error.errors[0].format_located()}")
    elif lock.policy:
        changes.append(f"{file.name} is gone, so its compiled files cannot be verified: restore it.")
    if policy and not lock.policy:
        changes.append(f"{file.name} was never compiled: {_REVIEW}")
    elif policy and policy.sha256 != lock.policy.get("sha256"):
        changes.append(f"{file.name} was changed since it was compiled: {_REVIEW}")
    if policy and lock.policy:
        try:
            compiled = compile_loaded(policy, has_schema=False)
        except PolicyError as error:
            changes.append(f"{file.name} no longer compiles: {error.errors[0].format_located()}")
    if compiled and policy and policy.sha256 == lock.policy.get("sha256"):
        changes.extend(_forged(lock, compiled))
    if compiled and changes:
        changes.extend(_name_differences(compiled))
    return Verification(lock, policy, tuple(changes), frozenset({*lock.files, *(compiled.files if compiled else ())}))


def _changed_files(root: Path, lock: Lock) -> Iterator[str]:
    for path, digest in lock.files.items():
        file = root / path
        if not file.is_file():
            yield f"{path} is gone: compile again."
        elif sha256(file.read_text(encoding="utf-8", errors="replace")) != digest:
            yield f"{path} was changed since it was compiled: move the change into policy.yml, then compile --force."


def _changed_sources(root: Path, lock: Lock) -> Iterator[str]:
    """Yield the data sources of great_expectations.yml that are gone, or read otherwise than they were compiled."""
    if not lock.data_sources:
        return
    try:
        now = data_source_digests(open_project(root), lock.assets)
    except PolicyError as error:
        yield error.errors[0].format_located()
        return
    for name, digest in lock.data_sources.items():
        if name not in now:
            yield f"The data source {name} is gone from {CONFIG}: compile again."
        elif now[name] != digest:
            yield f"The data source {name} in {CONFIG} was changed since it was compiled: {_REVIEW}"


def _forged(lock: Lock, compiled: CompiledPolicy) -> Iterator[str]:
    """Yield what the lock holds, and the policy does not compile to."""
    expected: dict[str, Any] = json.loads(compiled.files[NAME])
    digests = {path: _digest(compiled.files[path], lock) for path in expected["files"] if path != SCHEMA}
    held = {path: digest for path, digest in lock.files.items() if path != SCHEMA}
    differing = sorted(path for path in digests.keys() | held.keys() if digests.get(path) != held.get(path))
    parts = ("data_sources", "assets", "left_out", "not_covered", "policy")
    differing += [part for part in parts if expected[part] != lock.document()[part]]
    if differing:
        more = f" and {len(differing) - _SHOWN} more" if len(differing) > _SHOWN else ""
        shown = ", ".join(differing[:_SHOWN]) + more
        yield f"{NAME} differs from what {compiled.policy.path.name} compiles to ({shown}): {_REVIEW}"


def _digest(text: str, lock: Lock) -> str:
    """Return the digest that a file had if the version of the lock wrote it."""
    revision = json.dumps(synth_expectations.__version__)
    return sha256(text.replace(f'"revision": {revision}', f'"revision": {json.dumps(lock.compiled_by)}'))


def _name_differences(compiled: CompiledPolicy) -> Iterator[str]:
    if compiled.changes:
        more = f"; and {len(compiled.changes) - _SHOWN} more" if len(compiled.changes) > _SHOWN else ""
        yield f"Compiling would change: {'; '.join(compiled.changes[:_SHOWN])}{more}."
