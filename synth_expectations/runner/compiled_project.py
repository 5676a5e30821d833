"""The compiled files of a project: the policy they were made from, what it leaves out, and what changed since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from synth_expectations.errors import MissingColumnError, SynthError
from synth_expectations.policy.claims import judge_standing
from synth_expectations.policy.compile.lockfile import Lock
from synth_expectations.policy.compile.verification import Verification, verify_project
from synth_expectations.policy.load.loader import Policy
from synth_expectations.policy.load.locations import find_column_location
from synth_expectations.policy.standing import PolicyStanding
from synth_expectations.policy.uncovered_expectation import UncoveredExpectation
from synth_expectations.report.model import Exclusion


@dataclass(frozen=True)
class Compiled:
    """A project as it was compiled, and its policy as it is now.

    Attributes:
        root: the directory of the project.
        lock: what compile wrote last; empty for a project without a policy.
        policy: None if there is none, or if it is no longer valid.
        verified: what differs from what was compiled.
    """

    root: Path
    lock: Lock
    policy: Policy | None
    verified: Verification

    def standing(self, day: date) -> PolicyStanding:
        """Return where the policy stands on a day in UTC, before the ledger is asked; unapproved, if there is none."""
        if self.policy is None:
            return PolicyStanding()
        return judge_standing(self.policy, day)

    def exclusions(self, tables: set[str], today: date) -> tuple[Exclusion, ...]:
        """Return the checks of some tables that the policy leaves out or narrows."""
        return tuple(
            Exclusion(
                table=entry["table"],
                type=entry["type"],
                reason="; ".join(part for part in (entry["narrowed"], entry["reason"]) if part),
                approved_by=entry["approved_by"],
                until=entry["until"],
                expired=bool(entry["until"]) and date.fromisoformat(entry["until"]) < today,
                narrowed=entry["narrowed"],
            )
            for entry in self.lock.left_out
            if entry["table"] in tables
        )

    def not_covered(self, tables: set[str]) -> tuple[UncoveredExpectation, ...]:
        """Return what the roles of some tables ask for and the policy does not say enough for.

        Tables that have no suite at all are in no run, so theirs is always reported.
        """
        suites = {Path(path).stem for path in self.lock.files}
        compiled = {suite.removesuffix("__table").removesuffix("__all_rows") for suite in suites}
        expectations = (UncoveredExpectation.read(document) for document in self.lock.not_covered)
        return tuple(
            expectation
            for expectation in expectations
            if expectation.table in tables or expectation.table not in compiled
        )

    def next_step(self, error: SynthError) -> str:
        """Return what to edit so that an error goes away; empty if that is not in the policy."""
        if self.policy is None or not isinstance(error, MissingColumnError):
            return ""
        place = find_column_location(self.policy, error.table.removesuffix("__all_rows"), error.column)
        return f"edit {place}, then synth-expectations compile" if place else ""


def read_compiled(root: Path) -> Compiled:
    """Return the compiled state of a project.

    Raises:
        PolicyError: policy.lock.json cannot be read.
    """
    verified = verify_project(root)
    return Compiled(root, verified.lock, verified.policy, verified)
