"""The policy of one table: where its records are, what marks them, and what its columns mean."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag

from synth_expectations.expectations.argument_types import CallingCode, Values
from synth_expectations.policy.completeness import Complete, Fresh
from synth_expectations.policy.ownership import TableOwnership
from synth_expectations.policy.schedule import Schedule
from synth_expectations.policy.tuning import Reasoned, Tunings
from synth_expectations.policy.types import (
    ClosedModel,
    ColumnName,
    ColumnOrKey,
    KeyColumn,
    Roles,
    Text,
    Texts,
    Timeout,
    reject_number,
    require_one,
)
from synth_expectations.rules.key_kinds import KeyKind


class Marker(ClosedModel):
    """The column that says what a record is, and its values."""

    column: ColumnName | None = None
    synthetic: Values | None = None
    real: Values | None = None
    partial: Values | None = None
    masked: Values | None = None
    can_be_empty: bool | None = Field(
        None, description="false for a column that is never empty, such as a Salesforce checkbox."
    )


class Identifiers(ClosedModel):
    """The columns that name a person."""

    email: ColumnName | None = None
    phone: ColumnName | None = None
    name: Texts | None = Field(None, description="First and last name, or one column.")
    birth_date: ColumnName | None = None
    postcode: ColumnName | None = None
    calling_code: Annotated[CallingCode, BeforeValidator(reject_number)] | None = None

    def columns(self) -> set[str]:
        """Return the names of all columns."""
        single = (self.email, self.phone, self.birth_date, self.postcode)
        return {name for name in (*single, *(self.name or ())) if name}

    def has_column_in(self, values: Iterable[object]) -> bool:
        """Return whether any value, or item of a list, is one of the columns, ignoring case as engines do."""
        known = {column.casefold() for column in self.columns()}
        flat = (item for value in values for item in (value if isinstance(value, list | tuple) else (value,)))
        return any(isinstance(item, str) and item.casefold() in known for item in flat)


class ReferenceTo(ClosedModel):
    """A table of the policy, and the key in its `columns` that records are looked up by."""

    table: Text
    field: Text = "key"


class NoDay(ClosedModel):
    """Rows that belong to no batch."""

    allowed: Reasoned


class RowLevelSecurity(ClosedModel):
    """A filter of the database on what its user sees."""

    accepted: Reasoned


class Batch(ClosedModel):
    """The batch of a run: a day or a month of a column."""

    by: Literal["day", "month"]
    column: ColumnName
    no_day: NoDay | None = Field(
        None, description="Why rows may belong to no day, because their column is empty or not a valid date."
    )


def _tag_marker(value: Any) -> str:
    return "none" if isinstance(value, str) else "marker"


References = Annotated[
    tuple[ReferenceTo, ...],
    BeforeValidator(require_one, json_schema_input_type=ReferenceTo | list[ReferenceTo]),
]
MarkerOrNone = Annotated[
    Annotated[Marker, Tag("marker")] | Annotated[Literal["none"], Tag("none")], Discriminator(_tag_marker)
]


class FileFormat(ClosedModel):
    """How CSV and JSON Lines are written, where it is not as RFC 4180 and jsonlines.org say, in UTF-8."""

    delimiter: Text | None = Field(None, description="One character between fields, or tab.")
    quote: Text | None = Field(None, description="One character around fields, or none if quotes are text.")
    escape: Text | None = Field(
        None,
        description="One character before a quote that is text, such as a backslash; without it, a quote is doubled.",
    )
    encoding: Text | None = Field(None, description="Such as utf-8, utf-16, cp1252 or latin-1.")
    header: Texts | None = Field(None, description="The names of the columns, for files without a header.")

    @property
    def words(self) -> dict[str, Any]:
        """The options that are given, with the characters that words stand for."""
        given = {name: value for name, value in self if value is not None}
        spelled = {("delimiter", "tab"): "\t", ("quote", "none"): None}
        return {
            name: spelled.get((name, value), value) if isinstance(value, str) else list(value)
            for name, value in given.items()
        }


class TableEntry(ClosedModel):
    """The policy of one table; `defaults` and profiles use the same keys for many tables."""

    description: Text | None = None
    role: Roles | None = None
    profile: Text | None = None
    owner: Text | None = None
    ownership: TableOwnership | None = Field(
        None, description="Who answers for the table: accountable, operator, approver and reviewer."
    )
    tags: Texts | None = Field(None, description="Your own labels, by which a run selects tables.")
    data_source: Text | None = None
    table: Text | None = Field(None, description="The table in its data source, with its schema.")
    parquet: Texts | None = Field(None, description="The data source, then a glob: lake/contact/*.parquet")
    csv: Texts | None = Field(None, description="The data source, then a glob of CSV files: crm/contact/*.csv")
    json_lines: Texts | None = Field(
        None, alias="json", description="The data source, then a glob of JSON Lines files: crm/contact/*.jsonl"
    )
    sha256: Texts | None = Field(
        None,
        description="For the role fingerprints: the digests of its files, as `fingerprint` printed them. A run refuses others.",
    )
    format: FileFormat | None = Field(None, description="For csv and json: the format of the files.")
    types: dict[str, Text] | None = Field(
        None,
        description="For csv and json: columns that are not text, such as {Amount: number, CreatedDate: timestamp}.",
    )
    engine: Literal["duckdb", "spark"] | None = Field(
        None, description="The engine that reads parquet: duckdb (in process, the default) or spark."
    )
    where: Text | None = Field(None, description="A filter on the table, in DuckDB SQL.")
    batch: Batch | None = None
    row_level_security: RowLevelSecurity | None = Field(
        None, description="Why the database may hide rows from the user of the run."
    )
    timeout: Timeout | None = Field(
        None,
        description="How long one query may take, such as PT5M. A longer query is cancelled, and its checks are errored.",
    )
    empty_batch: Literal["errored", "nothing_to_check"] | None = None
    complete: Complete | None = Field(None, description="What says how many rows the table's source has.")
    fresh: Fresh | None = Field(
        None, description="How old the newest row may be, so that the table still gives evidence."
    )
    schedule: Schedule | None = Field(None, description="When a run must have checked the table.")
    marker: MarkerOrNone | None = None
    all: Literal["synthetic", "real"] | None = Field(None, description="With marker none: what kind all records are.")
    columns_as_written: dict[str, ColumnOrKey | None] | None = Field(
        None,
        alias="columns",
        description="The table's columns, by the policy's names for them; of a list, the first that is not NULL. "
        "A key column may declare its kind: {name: Id, kind: salesforce_id}.",
    )
    identifiers: Identifiers | None = None
    references: dict[str, References] | None = None
    expectations: dict[str, Tunings] | None = None
    exclude: dict[str, Reasoned] | None = None

    @property
    def holds_fingerprints(self) -> bool:
        """Whether it is a table of fingerprints, whose columns have names of their own."""
        return "fingerprints" in (self.role or ())

    @property
    def files_word(self) -> Literal["parquet", "csv", "json"] | None:
        """The word that names the table's files; None if it is a table of a database."""
        return "parquet" if self.parquet else "csv" if self.csv else "json" if self.json_lines else None

    @property
    def files(self) -> tuple[str, ...]:
        """The globs of the table's files, each after its data source; none if it is a table of a database."""
        return self.parquet or self.csv or self.json_lines or ()

    @cached_property
    def columns(self) -> dict[str, str | None] | None:
        """The table's columns by the policy's words; a list becomes one computed column, named after its parts."""
        if self.columns_as_written is None:
            return None
        return {
            word: _FIRST_OF.join(column) if isinstance(column, tuple) else column
            for word, column in self._named_columns().items()
        }

    @property
    def first_of(self) -> dict[str, tuple[str, ...]]:
        """The computed columns, each with the columns of which it takes the first that is not NULL.

        A name with a dot, such as `customer.email`, may be a field of a nested column: it is computed of itself.
        """
        named = self._named_columns().values()
        choices = {_FIRST_OF.join(columns): columns for columns in named if isinstance(columns, tuple)}
        marker = self.marker.column if isinstance(self.marker, Marker) else None
        single = [*(column for column in named if isinstance(column, str)), marker]
        single += sorted(self.identifiers.columns()) if self.identifiers else []
        return choices | {name: (name,) for name in single if name and "." in name}

    @property
    def key_kinds(self) -> dict[str, KeyKind]:
        """The declared kinds of keys, by column."""
        columns = self.columns or {}
        written = self.columns_as_written or {}
        return {
            name: column.kind
            for word, column in written.items()
            if isinstance(column, KeyColumn) and (name := columns[word])
        }

    def _named_columns(self) -> dict[str, str | tuple[str, ...] | None]:
        written = (self.columns_as_written or {}).items()
        return {word: column.name if isinstance(column, KeyColumn) else column for word, column in written}


_FIRST_OF = " or "
