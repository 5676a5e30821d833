"""Hold tables against their sources, which no expectation can: whether all rows arrived, and whether they still do."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from synth_expectations.policy.load.loader import Policy
from synth_expectations.report.model import TableReport
from synth_expectations.runner.completeness import CompletenessCheck
from synth_expectations.runner.fingerprint_files import FingerprintCheck
from synth_expectations.runner.freshness import FreshnessCheck

if TYPE_CHECKING:
    from synth_expectations.runner.project import Project


def check_sources(
    project: Project, policy: Policy | None, as_of: datetime, tables: Iterable[TableReport]
) -> list[TableReport]:
    """Return the reports of tables with what the policy asks of their sources: `complete`, `fresh` and fingerprints."""
    completeness, freshness = CompletenessCheck(project, policy, as_of), FreshnessCheck(project, policy, as_of)
    fingerprints = FingerprintCheck(policy, as_of)
    return [fingerprints.verify(freshness.date(completeness.reconcile(table))) for table in tables]
