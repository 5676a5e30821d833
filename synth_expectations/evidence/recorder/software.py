"""The software that evaluates a run: versions, the installed files, and the commit of the project."""

from __future__ import annotations

import json
import platform
import subprocess
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import Distribution, PackageNotFoundError
from pathlib import Path

import synth_expectations
from synth_expectations.engine.package_versions import read_version
from synth_expectations.evidence.canonical import compute_digest
from synth_expectations.evidence.records.run import CommitRecord, SoftwareRecord

_PACKAGES = ("great-expectations", "sqlalchemy", "duckdb", "pandas", "pyarrow", "sqlglot", "pydantic", "pyspark")
_SECONDS = 5.0
"""How long git may take; a run does not wait for a repository on a slow share."""


def read_software(project: Iterable[Path]) -> SoftwareRecord:
    """Return what evaluates the run.

    Args:
        project: the directories of the project's files.
    """
    return SoftwareRecord(
        package=synth_expectations.__version__,
        wheel_sha256=_digest_installation(),
        python=platform.python_version(),
        dependencies=dict(_list_versions()),
        git=_read_commit([directory for directory in project if directory.is_dir()]),
    )


def _list_versions() -> Iterator[tuple[str, str]]:
    """Yield packages with their versions; Spark's own start of a job brings pyspark along without being installed."""
    for package in _PACKAGES:
        if version := read_version(package):
            yield package, version


@cache
def _digest_installation() -> str | None:
    """Return the digest of the list of installed files; None where they are those of a checkout."""
    try:
        installed = Distribution.from_name("synth-expectations")
    except PackageNotFoundError:
        return None
    origin = json.loads(installed.read_text("direct_url.json") or "{}")
    listing = installed.read_text("RECORD")
    is_editable = bool((origin.get("dir_info") or {}).get("editable"))
    return None if is_editable or not listing else compute_digest(listing.encode())


def _read_commit(directories: list[Path]) -> CommitRecord | None:
    """Return the commit of the repository, and whether files in the directories differ from it."""
    if not directories:
        return None
    command = ["git", "--no-optional-locks", "status", "--porcelain=v2", "--branch", "--", *map(str, directories)]
    try:
        done = subprocess.run(  # noqa: S603 - the arguments are directories of the project
            command, cwd=directories[0], capture_output=True, timeout=_SECONDS, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    lines = done.stdout.decode("utf-8", "replace").splitlines()
    commit = next((line.split()[-1] for line in lines if line.startswith("# branch.oid ")), "")
    if not commit or commit == "(initial)":
        return None
    return CommitRecord(commit=commit, dirty=any(not line.startswith("#") for line in lines))
