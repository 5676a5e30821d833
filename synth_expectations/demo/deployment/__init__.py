"""The demo's repository: a retailer's Salesforce project with planted results, and with files that only look like them."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from synth_expectations.gate.run import run_gate


@dataclass(frozen=True)
class DeploymentAgreement:
    """What the gate found in the repository, compared with what was planted.

    Attributes:
        files: how many files the repository has.
        planted: results that must be found, by rule and path.
        negatives: files in which nothing may be found.
        disagreements: sentences about results that are missing, or that nobody planted.
    """

    files: int
    planted: int
    negatives: int
    disagreements: tuple[str, ...]


def read_repository() -> dict[str, Any]:
    """Return the files of the repository and what is planted in them."""
    text = resources.files(__package__).joinpath("repository.yml").read_text(encoding="utf-8")
    data: dict[str, Any] = YAML(typ="safe").load(text)
    return data


def write_repository(directory: Path) -> dict[str, Any]:
    """Write the repository, and return what is planted in it."""
    repository = read_repository()
    for path, text in repository["files"].items():
        file = directory / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
    return repository


def gate_repository(directory: Path) -> DeploymentAgreement:
    """Write the repository, run the gate on it, and compare by rule and file."""
    repository = write_repository(directory)
    run = run_gate([directory], root=directory)
    planted = {(str(entry["rule"]), str(entry["path"]), int(entry["count"])) for entry in repository["planted"]}
    seen = {(finding.rule, finding.path, finding.records.count) for finding in run.findings if finding.counts}
    accepted = {finding.path for finding in run.findings if finding.accepted}
    missing = [f"{path}: {rule} was not found in {count} records." for rule, path, count in sorted(planted - seen)]
    others = [
        f"{path}: {rule} was found in {count} records, and was not planted."
        for rule, path, count in sorted(seen - planted)
    ]
    unread = [f"{file.path}: it was not read: {file.reason}." for file in run.unread]
    unaccepted = [f"{path}: its waiver accepted nothing." for path in repository["accepted"] if path not in accepted]
    paths = {path for _, path, _ in planted}
    negatives = [path for path in repository["negatives"] if path not in paths]
    return DeploymentAgreement(
        len(repository["files"]), len(planted), len(negatives), (*missing, *others, *unread, *unaccepted, *run.problems)
    )
