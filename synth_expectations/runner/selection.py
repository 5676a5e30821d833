"""Which tables of a checkpoint a run is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from synth_expectations.errors import SynthError, nearest


@dataclass(frozen=True)
class Selection:
    """What tables must be to be run; all of what is said.

    Attributes:
        tables: a pattern of their names, such as `crm_*`.
        owner: who owns them, as the policy says it.
        tag: one of their tags.
    """

    tables: str | None = None
    owner: str | None = None
    tag: str | None = None

    def holds(self, about: Mapping[str, Any]) -> bool:
        """Whether a table is meant.

        Args:
            about: what its suite says of it.
        """
        return (
            (self.tables is None or fnmatchcase(about["table"], self.tables))
            and (self.owner is None or about.get("owner") == self.owner)
            and (self.tag is None or self.tag in about.get("tags", ()))
        )

    def nothing(self, checkpoint: str, every: Sequence[Mapping[str, Any]]) -> SynthError:
        """Why no table was found, and what was probably meant.

        Args:
            checkpoint: its name.
            every: what the suites say of its tables.
        """
        said = [
            (f"that is called like {self.tables}", self.tables, sorted(each["table"] for each in every)),
            (f"of the owner {self.owner}", self.owner, sorted({each.get("owner", "") for each in every} - {""})),
            (f"with the tag {self.tag}", self.tag, sorted({tag for each in every for tag in each.get("tags", ())})),
        ]
        asked = [(words, value, known) for words, value, known in said if value is not None]
        hints = [
            f"Did you mean {guess}?"
            for _, value, known in asked
            if value not in known and (guess := nearest(value, known))
        ]
        which = "".join(f" {words}" for words, *_ in asked)
        return SynthError(f"The checkpoint {checkpoint} has no table{which}.", " ".join([*hints, "Nothing was run."]))
