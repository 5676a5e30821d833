"""Waivers of the policy, and the baseline: results that do not count, and say why."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from synth_expectations.errors import SynthError
from synth_expectations.gate.model import MAX_DIGESTS, GateFinding, GateNote, GateRun
from synth_expectations.gate.settings import GateSettings

_VERSION = 1


def accept_findings(run: GateRun, settings: GateSettings, as_of: date, *, is_whole: bool = True) -> None:
    """Mark the results that a waiver accepts; one that has expired makes the run errored.

    Args:
        run: its results are marked.
        settings: of the policy.
        as_of: the day that waivers are held against; their last day still counts.
        is_whole: whether the whole repository was looked at, so that a waiver without a result is of no use.
    """
    for waiver in settings.accept:
        if waiver.until < as_of:
            run.problems.append(
                f"{settings.file}: the waiver of {waiver.rule} for {waiver.path} expired on {waiver.until}. "
                "Renew it or remove it."
            )
            continue
        accepted = [finding for finding in run.findings if waiver.fits(finding.path, finding.rule)]
        if is_whole and not accepted:
            text = f"The waiver of {waiver.rule} for {waiver.path} accepts nothing: there is no such result. Remove it."
            run.notes.append(GateNote(".", text))
        for finding in accepted:
            finding.accepted = f"{waiver.reason} (approved by {waiver.approved_by}, until {waiver.until})"


def format_baseline(findings: Iterable[GateFinding]) -> str:
    """Return a baseline of results: fingerprints and counts, no values."""
    entries = [
        {
            "rule": finding.rule,
            "path": finding.path,
            "fingerprint": finding.fingerprint,
            "count": finding.records.count,
            "records": sorted(finding.record_fingerprints()) if finding.records.count < MAX_DIGESTS else [],
        }
        for finding in findings
    ]
    return json.dumps({"version": _VERSION, "results": entries}, indent=1, ensure_ascii=True) + "\n"


def know_findings(run: GateRun, baseline: Path, *, is_whole: bool = True) -> None:
    """Mark the results that a baseline has with all of their records.

    Args:
        run: its results are marked; of results that are gone there is a note.
        baseline: a file of results that are known.
        is_whole: whether the whole repository was looked at.

    Raises:
        SynthError: the baseline cannot be read.
    """
    try:
        data = json.loads(baseline.read_text(encoding="utf-8"))
        known = {
            (str(entry["rule"]), str(entry["path"])): (
                int(entry["count"]),
                set(map(str, entry["records"])),
                entry["fingerprint"],
            )
            for entry in data["results"]
        }
        version = data["version"]
    except OSError as error:
        raise SynthError(f"{baseline} cannot be read: {error.strerror}.", "Write one with --write-baseline.") from None
    except (ValueError, LookupError, TypeError, RecursionError, OverflowError):
        raise SynthError(f"{baseline} is not a baseline of the gate.", "Write one with --write-baseline.") from None
    if version != _VERSION:
        raise SynthError(f"{baseline} is of another version.", "Write it anew with --write-baseline.")
    gone = known.keys() - {(finding.rule, finding.path) for finding in run.findings}
    if gone and is_whole:
        plural = "result of the baseline is" if len(gone) == 1 else "results of the baseline are"
        text = f"{len(gone):,} {plural} gone, or at another path. Write it anew with --write-baseline."
        run.notes.append(GateNote(".", text))
    for finding in run.findings:
        count, records, fingerprint = known.get((finding.rule, finding.path), (0, set(), ""))
        if not fingerprint:
            continue
        if records or not finding.records.count:
            finding.is_known = finding.records.count < MAX_DIGESTS and set(finding.record_fingerprints()) <= records
        else:
            finding.is_known = finding.fingerprint == fingerprint and finding.records.count <= count
