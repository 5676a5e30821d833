"""The profile of a table, and the proposal made from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Literal

from synth_expectations.engine.schema import Family
from synth_expectations.errors import SynthError
from synth_expectations.policy.infer.calling_codes import CodeGuess
from synth_expectations.rules.key_kinds import KeyKind


class ProposalError(SynthError):
    """A table that cannot be read, or a policy that cannot be extended."""


class Todo(Enum):
    """A gap that a person has to fill."""

    TODO = "TODO"


TODO = Todo.TODO


@dataclass(frozen=True)
class Flag:
    """A column of two values.

    Attributes:
        true: how the table writes true.
        false: how it writes false.
        count: records that are true; 0 until they are counted.
    """

    true: tuple[Any, ...]
    false: tuple[Any, ...]
    count: int = 0


@dataclass(frozen=True)
class VersionFormat:
    """The form of a version.

    Attributes:
        name: as `version_format` has it.
        pattern: for `regex`, else None.
        matching: how many of the values that were read have it.
        read: how many were read.
    """

    name: str
    pattern: str | None
    matching: int
    read: int


@dataclass(frozen=True)
class IssuedNumbers:
    """A column of payment cards or social security numbers.

    Attributes:
        argument: of the expectation that knows which of them are made up.
        read: how many values were read.
        fitting: how many of them have the form.
    """

    argument: Literal["cards", "ssns"]
    read: int
    fitting: int


@dataclass(frozen=True)
class TagCount:
    """A tag of a list of tags that says that a record is synthetic.

    Attributes:
        tag: from the words of this package.
        tagged: how many values have it.
        read: of how many.
    """

    tag: str
    tagged: int
    read: int


@dataclass(frozen=True)
class ColumnProfile:
    """A column and its counts.

    Attributes:
        name: as the table has it.
        family: what it holds.
        filled: records where it is not NULL; None if nobody asked.
        values: its values with their counts, most frequent first, without NULL and without what is not a code or is also
            someone's name. Read only of columns that are named like a marker, a method and the like; None if not read,
            or if there are more than a few.
        unique: None if nobody asked, else how it tells records apart: everywhere, within each value of the batch
            column, or not.
        kind: of a key in text, what its values are; None if nobody asked, or they are nothing known.
        flag: of a column of two values, how it writes them; asked only of tables without a named marker.
        filled_by_real: of a column named like provenance, the records that the marker calls real and that have a value
            in it; None if nobody asked.
        sample: of a column that may point into another table, some of its values; they are compared, and never shown.
        version: of a column of versions, their form; None if nobody asked, or they have none in common.
        calling_code: of a column of telephone numbers, the code of those that have none; None if nobody asked, or they have
            one.
        issued: of a column that is named like payment cards or social security numbers, that its values are; None if
            nobody asked, or they are not.
        tags: of a column of lists of tags, the one that says synthetic; None if nobody asked, or none does.
    """

    name: str
    family: Family
    filled: int | None = None
    values: tuple[tuple[Any, int], ...] | None = None
    unique: Literal["yes", "in batch", "no"] | None = None
    kind: KeyKind | None = None
    flag: Flag | None = None
    filled_by_real: int | None = None
    version: VersionFormat | None = None
    calling_code: CodeGuess | None = None
    issued: IssuedNumbers | None = None
    tags: TagCount | None = None
    sample: frozenset[Any] | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Partition:
    """A Hive partition of a Parquet table: `extract_date=2026-11-22`."""

    column: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class TableProfile:
    """A table as far as a proposal needs it, without values of identifiers.

    Attributes:
        name: what a policy would call it.
        kind: files, or a table of a database.
        location: the glob below `base`, or the name of the table with its schema.
        base: the directory of the data source; empty for a database.
        dialect: SQLAlchemy's name of the engine.
        rows: how many records.
        columns: in the order of the table.
        partitions: Hive partitions, outermost first.
        snapshot_column: a column of days that tells snapshots apart, by name; None without one.
        primary_key: the column that the database declares; None without one, or with several columns.
        foreign_keys: columns, and the tables that the database says they point into, as `location` has them.
        format: what a policy says of the format of CSV or JSON Lines; nothing if it is the default.
        types: of their columns that are not text.
    """

    name: str
    kind: Literal["parquet", "csv", "json", "table"]
    location: str
    base: str
    dialect: str
    rows: int
    columns: tuple[ColumnProfile, ...]
    partitions: tuple[Partition, ...] = ()
    snapshot_column: str | None = None
    primary_key: str | None = None
    foreign_keys: frozenset[tuple[str, str]] = frozenset()
    format: Mapping[str, Any] = field(default_factory=dict)
    types: Mapping[str, str] = field(default_factory=dict)

    def find_column(self, name: str) -> ColumnProfile:
        """Return the column of a name that the table has."""
        return next(column for column in self.columns if column.name == name)

    def list_families(self) -> list[tuple[str, Family]]:
        """Return the names of the columns and what they hold, in the order of the table."""
        return [(column.name, column.family) for column in self.columns]


@dataclass(frozen=True)
class ProposedValue:
    """A value for the policy, and the reason for it.

    Attributes:
        value: text, true or false, a list or mapping of these, or `TODO`.
        why: the comment at the end of its line.
    """

    value: Any
    why: str = ""


@dataclass(frozen=True)
class Proposal:
    """The proposed policy of one table.

    Attributes:
        table: its name in the policy.
        entry: the lines of its entry, in order; each value is a `ProposedValue`, or maps words to them.
        notes: comments above the entry's end: what was left out, and why.
        data_source: the name of its data source.
        source: what the policy would say of that data source.
        may_be_synthetic: whether a role says that some of its records are synthetic.
        methods: generation methods that were seen, with counts.
        purposes: purposes that were seen, with counts.
        classes: retention classes that were seen, with counts.
        class_column: which of the entry's columns names the retention class; None if the table has nothing to expire.
        decision_types: types of decision that were seen, with counts; None if the table holds no decisions.
        subject: the column of a decision that names a person; None if unknown.
        references: by the policy's word, the tables that its columns point into.
    """

    table: str
    entry: dict[str, ProposedValue | dict[str, ProposedValue]]
    data_source: str
    source: dict[str, str]
    notes: tuple[str, ...] = ()
    may_be_synthetic: bool = False
    methods: tuple[tuple[str, int], ...] = ()
    purposes: tuple[tuple[str, int], ...] = ()
    classes: tuple[tuple[str, int], ...] = ()
    class_column: str | None = None
    decision_types: tuple[tuple[str, int], ...] | None = None
    subject: str | None = None
    references: dict[str, ProposedValue] = field(default_factory=dict)

    @property
    def roles(self) -> list[str]:
        """The roles of the table."""
        role = self.entry["role"]
        value = role.value if isinstance(role, ProposedValue) else []
        return value if isinstance(value, list) else [value]
