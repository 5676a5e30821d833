"""A run of the gate: read a tree, judge it, and hold the results against waivers and a baseline."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from synth_expectations.gate.acceptance import accept_findings, know_findings
from synth_expectations.gate.model import GateFinding, GateNote, GateRun
from synth_expectations.gate.reader import inspect
from synth_expectations.gate.repository import FileTree, read_tree
from synth_expectations.gate.rules.base import all_rules
from synth_expectations.gate.settings import POLICIES, GateSettings, read_settings
from synth_expectations.rules.as_of import current_as_of


def run_gate(
    paths: Sequence[Path],
    policy: Path | None = None,
    production: tuple[str, ...] = (),
    baseline: Path | None = None,
    root: Path | None = None,
    as_of: date | None = None,
) -> GateRun:
    """Run the gate.

    Args:
        paths: files and directories that results are about.
        policy: policy.yml; None for that of the repository, if it has one.
        production: globs of files that are bound for production.
        baseline: a file of results that are known.
        root: the directory that paths are relative to; None to find it.
        as_of: the day that approvals and waivers are held against; None for today, in UTC.

    Raises:
        SynthError: a path, the policy or the baseline cannot be read.
    """
    tree = read_tree(list(paths), root)
    settings = find_settings(tree, policy)
    day = as_of or current_as_of().date()
    inspection = inspect(tree, settings, production, day)
    run = GateRun(
        as_of=day,
        unread=[file for file in inspection.unread if tree.is_wanted(file.path) or file.is_needed or file.is_context],
        notes=[note for note in inspection.notes if tree.is_wanted(note.path) or note in inspection.scope.notes],
        files=len(inspection.read),
        records=sum(load.total for load in inspection.loads),
    )
    if tree.doubt:
        run.notes.insert(0, GateNote(".", tree.doubt))
    for rule in all_rules():
        for part in rule.judge(inspection):
            if isinstance(part, GateFinding):
                run.findings.append(part)
            else:
                run.notes.append(part)
    run.findings.sort(key=lambda finding: (finding.path, finding.rule))
    accept_findings(run, settings, day, is_whole=not tree.wanted)
    if baseline is not None:
        know_findings(run, baseline, is_whole=not tree.wanted)
    return run


def find_settings(tree: FileTree, policy: Path | None) -> GateSettings:
    """Return what the policy says: of the file given, else of the repository's own."""
    if policy is not None:
        return read_settings(policy)
    for name in POLICIES:
        if os.path.lexists(tree.root / name):
            return read_settings(tree.root / name)
    return GateSettings()
