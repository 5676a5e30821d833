"""The tables of a checkpoint that a run is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from synth_expectations.errors import SynthError, nearest
from synth_expectations.report.plan import RunSelection


@dataclass(frozen=True)
class Selection:
    """The conditions that a table must meet to be run; None is not a condition.

    Attributes:
        tables: a pattern of the name, such as `crm_*`.
        owner: of the table, as the policy names it.
        tag: one of the tags of the table.
    """

    tables: str | None = None
    owner: str | None = None
    tag: str | None = None

    def is_met_by(self, about: Mapping[str, Any]) -> bool:
        """Return whether a table meets all conditions.

        Args:
            about: what compile wrote into its suite about it.
        """
        return (
            (self.tables is None or fnmatchcase(about["table"], self.tables))
            and (self.owner is None or about.get("owner") == self.owner)
            and (self.tag is None or self.tag in about.get("tags", ()))
        )

    def report(self, batch: str | None, parameters: Mapping[str, Any]) -> RunSelection:
        """Return what a report says of it.

        Args:
            batch: that was asked for.
            parameters: that were given, whose values are not reported.
        """
        return RunSelection(self.tables, self.owner, self.tag, batch, tuple(sorted(parameters)))

    def make_error(self, checkpoint: str, tables: Sequence[Mapping[str, Any]]) -> SynthError:
        """Return the error that no table meets the conditions, with what was probably meant.

        Args:
            checkpoint: the name of the checkpoint.
            tables: what compile wrote about each of its tables.
        """
        owners = {table.get("owner", "") for table in tables} - {""}
        tags = {tag for table in tables for tag in table.get("tags", ())}
        conditions = [
            (f"that is called like {self.tables}", self.tables, sorted(table["table"] for table in tables)),
            (f"of the owner {self.owner}", self.owner, sorted(owners)),
            (f"with the tag {self.tag}", self.tag, sorted(tags)),
        ]
        given = [(words, value, known) for words, value, known in conditions if value is not None]
        hints = [
            f"Did you mean {guess}?"
            for _, value, known in given
            if value not in known and (guess := nearest(value, known))
        ]
        which = "".join(f" {words}" for words, *_ in given)
        return SynthError(f"The checkpoint {checkpoint} has no table{which}.", " ".join([*hints, "Nothing was run."]))
