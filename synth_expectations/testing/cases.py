"""Case files: for one expectation, typed rows, arguments, and what must come of them.

They are the expectation's tests on every engine and its examples in the docs. A file names the columns and a usual
`row` once, so that a case shows only what it is about:

    columns: {id: text, is_synthetic: text, source: text}
    row: {is_synthetic: "true", source: "sdv"}
    arguments: {marker_column: is_synthetic, record_key: id, fields: [source]}
    cases:
      - name: a placeholder says nothing
        kind: fail
        rows:
          - {id: good}
          - {id: bad, source: "n/a"}
        expect:
          records: 2
          violations:
            source is missing or a placeholder: [bad]

`CaseFile`, `CasePart` and `Expected` below are the whole format; types are those of `tables.Kind`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from synth_expectations.errors import SynthError
from synth_expectations.testing.tables import Table

AS_OF = datetime(2026, 11, 22, 12, tzinfo=UTC)
"""The time for which a case is evaluated, unless its file sets another."""


class CaseKind(StrEnum):
    """What a case is about."""

    PASS = "pass"  # noqa: S105 - no password
    FAIL = "fail"
    NULL = "null"
    BLANK = "blank"
    NAN = "nan"
    EMPTY = "empty"
    ODD_NAME = "odd_name"
    MARKER_VARIANTS = "marker_variants"
    NULL_KEY = "null_key"
    DUPLICATE_KEY = "duplicate_key"
    EMPTY_REFERENCE = "empty_reference"
    TIME = "time"
    BOUNDARY = "boundary"
    HARD = "hard"
    ERROR = "error"
    NOTHING_TO_CHECK = "nothing_to_check"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class TablePart(_Part):
    """A table, or what a case changes of it.

    Attributes:
        columns: types by name; a case's are added to the file's, and replace those of the same name.
        row: the usual values; a case's are added to the file's.
        rows: the rows: what differs from the usual one; a case's replace the file's.
        rename: what a column is called in the table of this case, by the name that the file knows it by.
        without: columns that the table of this case has not.
    """

    columns: dict[str, str] = Field(default_factory=dict)
    row: dict[str, Any] = Field(default_factory=dict)
    rows: list[dict[str, Any]] | None = None
    rename: dict[str, str] = Field(default_factory=dict)
    without: list[str] = Field(default_factory=list)

    def changed(self, by: TablePart | None) -> TablePart:
        """Return the table with the changes of a case."""
        if by is None:
            return self
        return TablePart(
            columns=self.columns | by.columns,
            row=self.row | by.row,
            rows=self.rows if by.rows is None else by.rows,
            rename=self.rename | by.rename,
            without=[*self.without, *by.without],
        )

    def table(self) -> Table:
        """Return the rows with their types.

        Raises:
            ValueError: a row does not fit the columns.
        """
        kept = {name: kind for name, kind in self.columns.items() if name not in self.without}
        rows = [
            {name: value for name, value in (self.row | row).items() if name not in self.without}
            for row in self.rows or ()
        ]
        table = Table.of(kept, rows)
        return Table({self.rename.get(name, name): kind for name, kind in table.kinds.items()}, table.rows)


class Expected(_Part):
    """What a case expects.

    Attributes:
        records: how many the population has.
        violations: by judged rule, the keys of the records that break it, or only how many; of other rules, none.
        counted: by rule that is not judged, how many.
        shares: the sentences of shares that put the table in violation.
        violating: how many records break a judged rule; if the keys above do not say it.
        nothing_to_check: part of the sentence that says why; `true` for a population without records.
        error: part of the sentence of the error; then nothing else is expected.
    """

    records: int = 0
    violations: dict[str, list[str] | int] = Field(default_factory=dict)
    counted: dict[str, int] = Field(default_factory=dict)
    shares: list[str] = Field(default_factory=list)
    violating: int | None = None
    nothing_to_check: str | bool = False
    error: str | None = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.violating is None and any(isinstance(keys, int) for keys in self.violations.values()):
            raise ValueError("violating is missing: without keys nothing else says how many records break a rule")
        return self

    def all_violating(self) -> int:
        """Return how many records break a judged rule."""
        keys = {key for keys in self.violations.values() if isinstance(keys, list) for key in keys}
        return len(keys) if self.violating is None else self.violating


class CasePart(TablePart):
    """One case, as its file writes it."""

    name: str
    kind: CaseKind
    arguments: dict[str, Any] = Field(default_factory=dict)
    references: dict[str, TablePart] = Field(default_factory=dict)
    as_of: datetime | None = None
    expect: Expected


class CaseFile(TablePart):
    """A file of cases."""

    arguments: dict[str, Any] = Field(default_factory=dict)
    references: dict[str, TablePart] = Field(default_factory=dict)
    as_of: datetime = AS_OF
    cases: list[CasePart] = Field(min_length=1)


@dataclass(frozen=True)
class Case:
    """One case, complete.

    Attributes:
        type_name: the expectation's snake-case type.
        name: what it is about, unique in its file.
        kind: see `CaseKind`.
        arguments: of the expectation.
        batch: the table it judges.
        references: the tables it looks records up in.
        as_of: the time for which expectations are evaluated.
        expected: what must come of it.
    """

    type_name: str
    name: str
    kind: CaseKind
    arguments: dict[str, Any]
    batch: Table
    references: Mapping[str, Table]
    as_of: datetime
    expected: Expected

    def __str__(self) -> str:
        return f"{self.type_name.removeprefix('expect_')}: {self.name}"


def read_cases(path: Path) -> list[Case]:
    """Read the cases of a file, whose name is the expectation's type.

    Raises:
        SynthError: the file cannot be read as cases.
    """
    try:
        file = CaseFile.model_validate(_yaml(path))
        cases = [_case(path.stem, file, part) for part in file.cases]
    except (ValidationError, ValueError) as error:
        raise SynthError(f"{path} holds no valid cases: {error}", file=str(path)) from error
    names = [case.name for case in cases]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise SynthError(f"{path} has two cases called {twice[0]!r}.", "Rename one.", file=str(path))
    return cases


def find_cases(folder: Path) -> Iterator[Case]:
    """Yield all cases below a folder, in the order of their files' paths."""
    for path in sorted(folder.rglob("expect_*.yml")):
        yield from read_cases(path)


def _case(type_name: str, file: CaseFile, part: CasePart) -> Case:
    unknown = sorted(set(part.references) - set(file.references))
    if unknown:
        raise ValueError(f"{part.name}: the file has no reference {unknown[0]}")
    try:
        references = {name: table.changed(part.references.get(name)).table() for name, table in file.references.items()}
        arguments = {name: value for name, value in (file.arguments | part.arguments).items() if value is not None}
        batch = file.changed(part).table()
    except ValueError as error:
        raise ValueError(f"{part.name}: {error}") from error
    as_of = part.as_of or file.as_of
    return Case(type_name, part.name, part.kind, arguments, batch, references, as_of.astimezone(UTC), part.expect)


def _yaml(path: Path) -> Any:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    reader = YAML(typ="safe", pure=True)
    # Text is text: `2026-11-01` in a text column must not become a date.
    resolvers = reader.resolver.versioned_resolver
    for first, known in resolvers.items():
        resolvers[first] = [resolver for resolver in known if not resolver[0].endswith(":timestamp")]
    try:
        return reader.load(path.read_text(encoding="utf-8"))
    except YAMLError as error:
        raise ValueError(str(error)) from error
