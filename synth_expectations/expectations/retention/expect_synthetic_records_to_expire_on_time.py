"""No synthetic record is kept longer than its class allows."""

import re
from collections.abc import Iterator
from typing import Self

from pydantic import Field, field_validator, model_validator

from synth_expectations.expectations.argument_types import Column, Duration, Reference
from synth_expectations.expectations.base import NEWER, TimedExpectation, join_names
from synth_expectations.rules.expressions import (
    any_of,
    as_of,
    field,
    is_before,
    is_blank,
    is_one_of,
    is_readable,
    look_up,
    make_key,
    normalize_key,
    to_timestamp,
)
from synth_expectations.rules.model import Lookup, Rule
from synth_expectations.rules.nodes import Condition

_MODIFICATION = re.compile(r"modif|modstamp|updated|changed|touched", re.IGNORECASE)


class ExpectSyntheticRecordsToExpireOnTime(TimedExpectation):
    """Expect synthetic records to expire on time.

    Each class of synthetic data has a maximum age, counted from its generation. Older records must be deleted, unless an
    active legal hold freezes them. A record whose age or class is unknown would never expire, so it is a violation too.
    Records that are only marked as deleted still exist.

    Does not show: copies outside this table, and whether expired records were really destroyed.
    """

    anchor: Column = Field(description="The column from which the age is counted: the generation time.")
    retention_class: Column | None = Field(None, description="The column that names the class of the record.")
    max_ages: dict[str, Duration] = Field({}, description="The maximum age of each class.")
    max_age: Duration | None = Field(None, description="Without classes: the maximum age of all records.")
    holds: Reference | None = Field(None, description="The table of legal holds.")
    hold_key: Column | None = Field(
        None, description="The column that is looked up in holds: the record's hold id, or its key."
    )
    holds_key: Column | None = Field(None, description="In holds: the column in which hold_key is looked up.")
    placed_at: Column | None = Field(None, description="In holds: the time at which the hold began.")
    released_at: Column | None = Field(None, description="In holds: the time at which it ended; empty while active.")

    roles = {"mixed": None, "synthetic": None}
    column_words = {"anchor": "generated_at", "hold_key": "hold"}
    reference_columns = {"holds": ("placed_at", "released_at")}
    required_words = {"holds": "hold"}
    replaced_by = {"max_ages": "max_age", "retention_class": "max_age"}
    sees_all_rows = True
    scope = "table"

    @field_validator("anchor")
    @classmethod
    def _not_a_modification(cls, name: str) -> str:
        if _MODIFICATION.search(name):
            raise ValueError(f"{name} looks like a modification stamp: every edit would reset the clock")
        return name

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if bool(self.retention_class) != bool(self.max_ages):
            raise ValueError("retention_class and max_ages need each other")
        if bool(self.max_age) == bool(self.max_ages):
            raise ValueError("give either max_ages (by class) or max_age (for all)")
        holds = (self.holds, self.hold_key, self.holds_key, self.placed_at, self.released_at)
        if any(holds) and not all(holds):
            raise ValueError(
                "a hold needs holds, hold_key, holds_key, placed_at and released_at: a bare yes in a column is not a hold"
            )
        return self

    def population(self) -> Condition:
        """Return synthetic and partial records."""
        return self.influenced

    def lookups(self) -> Iterator[Lookup]:
        """Yield the lookup of the hold, if there are holds."""
        if self.holds and self.hold_key and self.holds_key:
            yield Lookup(
                name="hold",
                reference=self.holds,
                key=make_key(normalize_key(field(self.hold_key))),
                reference_key=make_key(normalize_key(field(self.holds_key))),
                attributes={"active": self._active()},
                spares=True,
            )

    def rules(self) -> Iterator[Rule]:
        """Yield a rule for each class, and rules for an unknown age or class."""
        anchor = to_timestamp(field(self.anchor))
        yield Rule(f"age is unknown: {self.anchor} is missing or not a time", ~is_readable(field(self.anchor)))
        expired = []
        if self.max_age:
            expired.append(is_before(anchor, as_of(f"-{self.max_age}")))
            yield Rule(f"older than {self.max_age}", self._unheld(expired[0]))
        if self.retention_class:
            kind = field(self.retention_class)
            for name, longest in sorted(self.max_ages.items()):
                expired.append(is_one_of(kind, [name]) & is_before(anchor, as_of(f"-{longest}")))
                yield Rule(f"older than {longest} ({name})", self._unheld(expired[-1]))
            known = join_names(sorted(self.max_ages))
            yield Rule(f"class without a rule: not one of {known}", ~is_one_of(kind, self.max_ages))
        if self.holds:
            held = any_of(expired) & look_up("hold", "active")
            yield Rule("past its limit, under an active hold", held, judged=False)

    def census(self) -> Iterator[tuple[str, Condition]]:
        """Yield also the records that were made after as_of: these are evaluated by an old clock."""
        yield from super().census()
        yield NEWER, is_before(as_of(), to_timestamp(field(self.anchor)))

    def _unheld(self, expired: Condition) -> Condition:
        return expired & ~look_up("hold", "active") if self.holds else expired

    def _active(self) -> Condition:
        """Return that a hold began by as_of and was not released by then."""
        assert self.placed_at and self.released_at
        placed, released = field(self.placed_at), field(self.released_at)
        still = is_blank(released) | is_before(as_of(), to_timestamp(released))
        return is_readable(placed) & ~is_before(as_of(), to_timestamp(placed)) & still
