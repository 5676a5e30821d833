"""Two of the twenty checks as expectations of a plug-in, in the language of this package.

Great Expectations has both, and the package evaluates its expectations too. But a suite that has one of them imports Great
Expectations, which takes longer than all the queries of a small table. The comparison measures such a suite apart.
"""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field
from sqlglot import exp

from synth_expectations.expectations.argument_types import Column
from synth_expectations.expectations.base import SyntheticDataExpectation
from synth_expectations.rules.expressions import field, is_given, look_up, matches, only_where
from synth_expectations.rules.model import BATCH, Lookup, Rule


class ExpectValuesToMatchPattern(SyntheticDataExpectation):
    """Expect each value of a column to match a pattern as a whole.

    Does not show: that an address can be reached.
    """

    column: Column = Field(description="The column.")
    pattern: str = Field(description="The pattern.")

    needs_marker = False

    def rules(self) -> Iterator[Rule]:
        """Yield a rule for values of another form."""
        value = field(self.column)
        yield Rule(f"{self.column} has another form", is_given(value) & ~matches(value, self.pattern))


class ExpectKeysToBeUnique(SyntheticDataExpectation):
    """Expect each key to name one record.

    Does not show: that each record has a key.
    """

    column: Column = Field(description="The column of the key.")

    needs_marker = False

    def lookups(self) -> Iterator[Lookup]:
        """Yield the records that have the same key."""
        key = field(self.column)
        yield Lookup("same", BATCH, key, key, more_than={"repeated": 1}, record=only_where(exp.false(), key))

    def rules(self) -> Iterator[Rule]:
        """Yield a rule for keys that several records have."""
        yield Rule(f"{self.column} is not unique", look_up("same", "repeated"))
