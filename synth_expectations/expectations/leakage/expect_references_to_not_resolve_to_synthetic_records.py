"""No production record that points at a synthetic one."""

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from sqlglot import exp

from synth_expectations.expectations.argument_types import Column, Columns, Reference, Values
from synth_expectations.expectations.base import SyntheticDataExpectation, join_names
from synth_expectations.expectations.declarations import POINTERS
from synth_expectations.rules.expressions import any_of, field, is_given, is_one_of, look_up, make_key, normalize_key
from synth_expectations.rules.model import Lookup, Rule
from synth_expectations.rules.nodes import Condition


class Target(BaseModel):
    """A table that columns point into, and which of its records are synthetic."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    columns: Columns = Field(min_length=1, description="Here: the columns that hold its keys.")
    reference: Reference = Field(description="The table that they point into.")
    key: Column = Field(description="In it: the key.")
    marker_column: Column | None = Field(None, description="Its marker.")
    synthetic_values: Values = Field((True,), description="Its values for synthetic records.")
    partial_values: Values = Field((), description="Its values for real people with imputed fields.")
    real_values: Values = Field((False,), description="Its values for records that are real or masked.")
    all_records: Literal["synthetic", "real"] | None = Field(
        None, description="For a table without a marker: what all its records are."
    )

    @model_validator(mode="after")
    def _knows_what_records_are(self) -> Self:
        if bool(self.marker_column) == bool(self.all_records):
            raise ValueError("give either marker_column, or all_records for a table without a marker")
        return self

    def holds(self, kind: Literal["synthetic", "real"]) -> Condition:
        """Return the condition that a record of the table is of a kind: `synthetic` includes partial."""
        if self.all_records:
            return exp.true() if self.all_records == kind else exp.false()
        assert self.marker_column is not None
        influenced = (*self.synthetic_values, *self.partial_values)
        return is_one_of(field(self.marker_column), influenced if kind == "synthetic" else self.real_values)


class ExpectReferencesToNotResolveToSyntheticRecords(SyntheticDataExpectation):
    """Expect references to not resolve to synthetic records.

    An order, a case or a consent in production belongs to a person. Each key that refers to another table must exist there,
    and must not be the key of a synthetic or partial record: otherwise, totals would count people who do not exist. A key
    that can refer to several tables, such as a Salesforce WhoId for leads and contacts, is looked up in all of them, and
    keys must be unique across them. Records that are themselves tagged as synthetic or partial may refer to others. Records
    without a reference are not checked.

    Does not show: that a record refers to the right person, columns that are not named, and aggregates that were already
    computed.
    """

    targets: Annotated[tuple[Target, ...], Field(min_length=1)] = Field(
        description="The tables that columns point into; a column may be named by several. Each: columns here, "
        "reference and key there, marker_column with its values there, or all_records."
    )

    roles = {"production": POINTERS}
    needs_marker = False

    def population(self) -> Condition:
        """Return records that point at something, and are not synthetic or partial themselves."""
        return any_of(is_given(field(column)) for column in self._columns()) & ~self.influenced

    def lookups(self) -> Iterator[Lookup]:
        """Yield a lookup for each column in each table that it may point into."""
        for name, column, target in self._pointing():
            here, there = (make_key(normalize_key(field(side))) for side in (column, target.key))
            attributes = {"influenced": target.holds("synthetic"), "real": target.holds("real")}
            yield Lookup(name, target.reference, here, there, attributes)

    def rules(self) -> Iterator[Rule]:
        """Yield three rules for each column."""
        for column in self._columns():
            names = [name for name, pointing, _ in self._pointing() if pointing == column]
            influenced = any_of(look_up(name, "influenced") for name in names)
            found = any_of(look_up(name) for name in names)
            untagged = any_of(look_up(name) & ~look_up(name, "influenced") & ~look_up(name, "real") for name in names)
            yield Rule(f"{column} points at a synthetic record", influenced)
            yield Rule(f"{column} points at an untagged record", untagged)
            yield Rule(f"{column} points at a record that is not there", is_given(field(column)) & ~found)

    def sentence(self) -> str:
        """Return its summary with the names of the columns."""
        return f"{self.summary()}: {join_names(self._columns())}"

    def _columns(self) -> list[str]:
        """Return each column once."""
        return list(dict.fromkeys(column for target in self.targets for column in target.columns))

    def _pointing(self) -> Iterator[tuple[str, str, Target]]:
        """Yield each column with each of its tables: name of the lookup, column, table."""
        pairs = [(column, target) for target in self.targets for column in target.columns]
        for number, (column, target) in enumerate(pairs):
            yield f"target{number}", column, target
