"""What a legal hold freezes is still there."""

from collections.abc import Iterator

from pydantic import Field

from synth_expectations.expectations.argument_types import Column, Reference, Values
from synth_expectations.expectations.base import TimedExpectation
from synth_expectations.rules.expressions import (
    as_of,
    field,
    is_before,
    is_blank,
    is_given,
    is_one_of,
    is_readable,
    look_up,
    make_key,
    normalize_key,
    to_timestamp,
)
from synth_expectations.rules.model import Lookup, Rule
from synth_expectations.rules.nodes import Condition


class ExpectLegalHoldsToBeHonored(TimedExpectation):
    """Expect legal holds to be honored.

    Each active hold must name a record or dataset that still exists in the held table. A record that is only marked as
    deleted is a violation too: the hold forbids that as well.

    Does not show: that the record is unchanged, and whether it was there when the hold was placed.
    """

    frozen_record: Column = Field(
        description="The column of the record or dataset under hold: a key of the held table."
    )
    held: Reference = Field(description="The table of the records or datasets under hold.")
    held_key: Column = Field(description="In the held table: the key that a hold refers to.")
    held_deleted: Column | None = Field(None, description="In the held table: whether the record is marked as deleted.")
    deleted_values: Values = Field((True,), description="Its values for yes.")
    placed_at: Column = Field(description="The column of the time at which the hold began.")
    released_at: Column = Field(description="The column of the time at which it ended; empty while it is active.")

    roles = {"holds": "held"}
    sees_all_rows = True
    scope = "table"
    needs_marker = False

    def population(self) -> Condition:
        """Return holds that are active, and those that began at an unknown time."""
        placed, released = field(self.placed_at), field(self.released_at)
        still = is_blank(released) | ~is_readable(released) | is_before(as_of(), to_timestamp(released))
        return still & ~is_before(as_of(), to_timestamp(placed))

    def lookups(self) -> Iterator[Lookup]:
        """Yield the lookup of what is held."""
        attributes = {}
        if self.held_deleted:
            attributes["deleted"] = is_one_of(field(self.held_deleted), self.deleted_values)
        here, there = (make_key(normalize_key(field(name))) for name in (self.frozen_record, self.held_key))
        yield Lookup("held", self.held, here, there, attributes=attributes)

    def rules(self) -> Iterator[Rule]:
        """Yield rules about what is held, and about the times."""
        record, found = field(self.frozen_record), look_up("held")
        yield Rule(f"{self.frozen_record} is missing", is_blank(record))
        yield Rule("what is held is gone", is_given(record) & ~found)
        if self.held_deleted:
            yield Rule("what is held is marked as deleted", look_up("held", "deleted"))
        yield Rule(f"{self.placed_at} is missing or not a time", ~is_readable(field(self.placed_at)))
        unreadable = is_given(field(self.released_at)) & ~is_readable(field(self.released_at))
        yield Rule(f"{self.released_at} is not a time", unreadable)
