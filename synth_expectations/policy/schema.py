"""The policy as it is written: every key that it may have, and what may stand there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, Literal, Self

import isodate
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    field_validator,
    model_validator,
)

from synth_expectations.engine.dialects.registry import data_source_types
from synth_expectations.expectations.base import Duration, Values
from synth_expectations.policy.types import (
    ColumnName,
    ColumnOrFirst,
    Day,
    Name,
    Roles,
    Severity,
    Text,
    Texts,
    Words,
    at_least_one,
    no_number,
    several,
)

SQL_TYPES = data_source_types()
"""Data sources of Great Expectations that hold tables and take a connection string."""


class Approval(Words):
    """Who approved the policy."""

    by: Text
    on: Day
    ticket: Text | None = None


class Review(Words):
    """How often the policy is reviewed, and when it last was."""

    every: Duration
    last: Day | None = None


class Dpia(Words):
    """A data protection impact assessment."""

    reviewed: Day
    every: Duration


class NotCovered(Words):
    """What the policy knowingly leaves out."""

    what: Text
    because: Text
    until: Day | None = None


_PASSWORD = re.compile(
    r"://[^/@:]*:(?!\$\{)[^@]+@|[?&;](password|passwd|pwd|token|access_token|private_key)=(?!\$\{)[^&;]", re.IGNORECASE
)


class DataSource(Words):
    """Where tables are read: Parquet files, a database, or a data source of another Great Expectations project."""

    type: Literal[("parquet", *SQL_TYPES)] | None = None  # type: ignore[valid-type]
    path: Text | None = Field(None, description="For parquet: the directory, relative to the policy's.")
    connection: Text | None = Field(None, description="For a database: its URL, best as ${VAR}.")
    use: Text | None = Field(
        None, description="The directory of a Great Expectations project with a source of this name."
    )

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        given = {name for name in ("path", "connection", "use") if getattr(self, name)}
        wanted = {"use"} if self.type is None else {"path"} if self.type == "parquet" else {"connection"}
        if given != wanted:
            kind = f"type {self.type} takes" if self.type else "without a type it takes"
            raise ValueError(f"{kind} {', '.join(wanted)} and nothing else of path, connection, use")
        if self.connection and _PASSWORD.search(self.connection):
            raise ValueError("the connection holds a password: write it as ${VAR}, which is read at run time")
        if self.connection and re.search(r"\$\{\w+:-", self.connection):
            raise ValueError("a connection takes ${VAR} without a default: Great Expectations reads it")
        return self


class Marker(Words):
    """The column that says what a record is, and its values."""

    column: ColumnName | None = None
    synthetic: Values | None = None
    real: Values | None = None
    partial: Values | None = None
    masked: Values | None = None
    can_be_empty: bool | None = Field(
        None, description="false for a column that is never empty, as a Salesforce checkbox."
    )


class Identifiers(Words):
    """The columns that name a person."""

    email: ColumnName | None = None
    phone: ColumnName | None = None
    name: Texts | None = Field(None, description="First and last name, or one column.")
    birth_date: ColumnName | None = None
    postcode: ColumnName | None = None
    calling_code: Annotated[str, BeforeValidator(no_number), Field(pattern="^[1-9][0-9]{0,2}$")] | None = None

    def columns(self) -> set[str]:
        """All of them."""
        one = (self.email, self.phone, self.birth_date, self.postcode)
        return {name for name in (*one, *(self.name or ())) if name}

    def named_in(self, values: Iterable[object]) -> bool:
        """Whether a value, or one in a list, is one of them; engines that fold names read `email` for `Email`."""
        known = {each.casefold() for each in self.columns()}
        flat = (each for value in values for each in (value if isinstance(value, list | tuple) else (value,)))
        return any(isinstance(each, str) and each.casefold() in known for each in flat)


class Batch(Words):
    """What a run's batch is: a day or a month of a column."""

    by: Literal["day", "month"]
    column: ColumnName


class ReferenceTo(Words):
    """A table of the policy, and which of its `columns` is looked up."""

    table: Text
    field: Text = "key"


class Reasoned(Words):
    """Why a check is narrowed or left out."""

    reason: Text
    approved_by: Text
    until: Day


class Tuning(BaseModel):
    """Arguments of an expectation that differ from what the policy would give it."""

    model_config = ConfigDict(extra="allow", frozen=True, hide_input_in_errors=True)

    severity: Severity = "critical"
    mostly: Annotated[float, Field(gt=0, le=1)] | None = None
    row_condition: Text | None = None
    reason: Text | None = Field(None, description="Why mostly or row_condition narrow it.")
    approved_by: Text | None = None
    until: Day | None = None

    @property
    def arguments(self) -> dict[str, Any]:
        """What the expectation takes itself."""
        return {**(self.model_extra or {}), **({"mostly": self.mostly} if self.mostly is not None else {})}

    @property
    def narrows(self) -> bool:
        """Whether it asks of fewer records than there are."""
        return bool(self.row_condition) or (self.mostly or 1) < 1

    @model_validator(mode="after")
    def _reasoned(self) -> Self:
        missing = [name for name in Reasoned.model_fields if getattr(self, name) is None]
        if self.narrows and missing:
            raise ValueError(f"mostly below 1 and row_condition narrow a check: give the {', '.join(missing)}")
        return self


def _marker_kind(value: Any) -> str:
    return "none" if isinstance(value, str) else "marker"


References = Annotated[
    tuple[ReferenceTo, ...],
    BeforeValidator(at_least_one, json_schema_input_type=ReferenceTo | list[ReferenceTo]),
]
Tunings = Annotated[
    tuple[Tuning, ...],
    BeforeValidator(at_least_one, json_schema_input_type=Tuning | list[Tuning]),
]
MarkerOrNone = Annotated[
    Annotated[Marker, Tag("marker")] | Annotated[Literal["none"], Tag("none")], Discriminator(_marker_kind)
]


class TableEntry(Words):
    """What the policy says of a table; `defaults` and profiles say the same of many."""

    description: Text | None = None
    role: Roles | None = None
    profile: Text | None = None
    owner: Text | None = None
    tags: Texts | None = Field(None, description="Words of one's own, by which a run can be told what to check.")
    data_source: Text | None = None
    table: Text | None = Field(None, description="The table in its data source, with its schema.")
    parquet: Texts | None = Field(None, description="The data source, then a glob: lake/contact/*.parquet")
    engine: Literal["duckdb", "spark"] | None = Field(
        None, description="What reads the files of parquet: DuckDB in process, unless it says spark."
    )
    where: Text | None = Field(None, description="What narrows the table, in DuckDB's SQL.")
    batch: Batch | None = None
    empty_batch: Literal["errored", "nothing_to_check"] | None = None
    marker: MarkerOrNone | None = None
    all: Literal["synthetic", "real"] | None = Field(None, description="For marker none: what all its records are.")
    columns_as_written: dict[str, ColumnOrFirst | None] | None = Field(
        None, alias="columns", description="Our words, and the table's columns; of several, the first that is not NULL."
    )
    identifiers: Identifiers | None = None
    references: dict[str, References] | None = None
    expectations: dict[str, Tunings] | None = None
    exclude: dict[str, Reasoned] | None = None

    @property
    def columns(self) -> dict[str, str | None] | None:
        """Our words, and the table's columns; several are one that the asset computes, called after them."""
        if self.columns_as_written is None:
            return None
        return {
            word: _FIRST_OF.join(column) if isinstance(column, tuple) else column
            for word, column in self.columns_as_written.items()
        }

    @property
    def first_of(self) -> dict[str, tuple[str, ...]]:
        """The columns that the asset computes, and those that each is the first of that is not NULL."""
        several = (column for column in (self.columns_as_written or {}).values() if isinstance(column, tuple))
        return {_FIRST_OF.join(columns): columns for columns in several}


_FIRST_OF = " or "


class Allowed(Words):
    """What synthetic records may be made by, and for."""

    methods: Texts = ()
    purposes: Texts = ()
    environments: Texts = Field((), description="Where synthetic records may be.")


def length(duration: str) -> date:
    """How long an ISO 8601 duration is, to be compared: where a day ends that many days, months or years after one."""
    return date(2024, 1, 1) + isodate.parse_duration(duration)  # type: ignore[no-any-return]


class Limits(Words):
    """How long records of a class are kept."""

    min: Duration | None = None
    max: Duration

    @model_validator(mode="after")
    def _fit(self) -> Self:
        if self.min and length(self.min) > length(self.max):
            raise ValueError(f"the minimum {self.min} is longer than the maximum {self.max}")
        return self


class Retention(Words):
    """How long synthetic records are kept."""

    class_: Text = Field("purpose", alias="class", description="Which of `columns` names the class.")
    classes: Annotated[dict[str, Limits], Field(min_length=1)]


class Decisions(Words):
    """Which types of decision are regulated, and which others need an approval of synthetic training data."""

    regulated: Texts = ()
    not_regulated: Texts = ()
    watched: Texts = Field((), description="Not regulated, and yet no model on synthetic data without an approval.")

    @model_validator(mode="after")
    def _apart(self) -> Self:
        if both := sorted(set(self.regulated) & set(self.not_regulated)):
            raise ValueError(f"{both[0]} is both regulated and not")
        if both := sorted(set(self.watched) & {*self.regulated, *self.not_regulated}):
            raise ValueError(f"{both[0]} is watched, and named among the others too")
        return self


class CheckpointEntry(Words):
    """A checkpoint: which tables it runs."""

    tables: Annotated[tuple[Text, ...] | Literal["all"], Field(description="`all`, or a list of tables.")]
    fail_on: Severity | None = None

    @field_validator("tables", mode="before")
    @classmethod
    def _listed(cls, value: Any) -> Any:
        return value if value == "all" else several(value)


class PolicyFile(Words):
    """The whole policy."""

    version: Literal[1]
    description: Text | None = None
    owner: Text
    approved: Approval | None = None
    review: Review | None = None
    dpia: dict[str, Dpia] = {}
    not_covered: tuple[NotCovered, ...] = ()
    runbook: Text | None = None
    fail_on: Severity = "warning"
    data_sources: dict[Name, DataSource] = {}
    defaults: TableEntry = TableEntry()
    profiles: dict[Name, TableEntry] = {}
    include: Texts = ()
    allowed: Allowed = Allowed()
    retention: Retention | None = None
    decisions: Decisions = Decisions()
    tables: Annotated[dict[Name, TableEntry], Field(min_length=1)]
    checkpoints: dict[Name, CheckpointEntry] = {"nightly": CheckpointEntry(tables="all")}

    @field_validator("version", mode="before")
    @classmethod
    def _whole(cls, value: Any) -> Any:
        if value != 1 or isinstance(value, bool | float):
            raise ValueError(f"{value!r} is no version of this format: write 1")
        return value
