"""What a run was to do: what was selected of the checkpoint, and each check that the policy has, also where it is not run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from synth_expectations.controls.statuses import EvidenceStatus


@dataclass(frozen=True)
class RunSelection:
    """What of its checkpoint a run was about; all of it, if everything is empty.

    Attributes:
        tables: the pattern of `--table`.
        owner: of `--owner`.
        tag: of `--tag`.
        batch: of `--batch`.
        parameters: the names of the expectations' parameters that were given; their values are not part of a report.
    """

    tables: str | None = None
    owner: str | None = None
    tag: str | None = None
    batch: str | None = None
    parameters: tuple[str, ...] = ()

    def format_tables(self) -> str:
        """Return the options that select tables, as they are written; empty if none is given."""
        options = {"--table": self.tables, "--owner": self.owner, "--tag": self.tag}
        return " ".join(f"{option} {value}" for option, value in options.items() if value is not None)


@dataclass(frozen=True)
class ExpectationPlan:
    """A check that the policy, or the checkpoint, has for a table.

    Attributes:
        table: its name in the policy; of a project without one, of the validation definition.
        type: the snake-case type.
        scope: whether a batch of the table is checked, or all of it; None for a check that is in no suite.
        suite: that it is in; empty if it is in none.
        expectation_id: the id in the suite; empty if it is in none.
        in_checkpoint: whether the checkpoint of the run holds it.
        status: what it may be counted as, if the run leaves it out: not run, or excluded; None if it is part of the run.
        why: the run leaves it out.
    """

    table: str
    type: str
    scope: Literal["batch", "table"] | None = None
    suite: str = ""
    expectation_id: str = ""
    in_checkpoint: bool = True
    status: EvidenceStatus | None = None
    why: str = ""
