"""Load the files of an extract into a table of DuckDB in memory.

Each file is read once, and what is damaged or does not fit its type is found before anything is counted.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Protocol

import pyarrow as pa

from synth_expectations.engine.extracts.blocks import Block
from synth_expectations.engine.extracts.column_types import ColumnType, parse_type
from synth_expectations.engine.extracts.csv_format import CsvFormat
from synth_expectations.engine.extracts.damage import DamagedExtractError, build_damage
from synth_expectations.engine.extracts.extract import Extract
from synth_expectations.engine.extracts.json_format import JsonFormat
from synth_expectations.engine.extracts.shapes import Shape
from synth_expectations.engine.extracts.text_stream import ExtractFile
from synth_expectations.errors import nearest

FILE_NUMBER = "synth_file_number"
"""The column that says in which file a row lies, from 1."""

_BLOCK = "synth_block"


class Connection(Protocol):
    """A connection of DuckDB."""

    def execute(self, query: str) -> Any:
        """Execute a query."""

    def register(self, view_name: str, python_object: object) -> Any:
        """Make an Arrow table a view."""

    def unregister(self, view_name: str) -> Any:
        """Remove the view."""


@dataclass(frozen=True)
class LoadedTable:
    """A table of DuckDB that holds the rows of files.

    Attributes:
        name: of the table, quoted.
        columns: SQL of each column, by name, in order.
        files: the numbers of the files that have a column, by its name.
    """

    name: str
    columns: Mapping[str, str]
    files: Mapping[str, Set[int]]

    def select(self, more: Mapping[str, str] = MappingProxyType({})) -> str:
        """Return the query of all rows; it may be followed by a WHERE, which sees these columns and not those of the table.

        Args:
            more: SQL of columns that are added, by name; it takes the place of a column of that name.
        """
        selected = (f"{sql} AS {quote_name(name)}" for name, sql in {**self.columns, **more}.items())
        return f"SELECT * FROM (SELECT {', '.join(selected)} FROM {self.name})"


def load_table(connection: Connection, name: str, files: Sequence[ExtractFile], extract: Extract) -> LoadedTable:
    """Load files into a new table, one that replaces what there is of that name.

    Columns are matched by name, whatever their capitals; one that a file lacks is NULL in its rows, as in Parquet.

    Args:
        connection: of DuckDB.
        name: of the table.
        files: at least one.
        extract: how they are read.

    Raises:
        DamagedExtractError: a file is damaged, a value is not of its column's type, or no file has a column with a type.
    """
    loader = _Loader(connection, quote_name(name), extract)
    for number, file in enumerate(files, start=1):
        loader.load(file, number)
    return loader.finish(files)


class _Loader:
    def __init__(self, connection: Connection, table: str, extract: Extract) -> None:
        self._connection = connection
        self._table = table
        self._extract = extract
        self._types = {name.casefold(): parse_type(kind) for name, kind in extract.types.items()}
        self._columns: dict[str, str] = {}  # by folded name
        self._shapes: dict[str, tuple[str, Shape]] = {}
        self._files: defaultdict[str, set[int]] = defaultdict(set)
        connection.execute(f"CREATE OR REPLACE TABLE {table} ({FILE_NUMBER} UINTEGER)")
        if isinstance(extract.format, JsonFormat):  # a key may be missing from all lines
            self._add_columns(list(extract.types))

    def load(self, file: ExtractFile, number: int) -> None:
        for block in self._read(file):
            self._add_columns(block.names)
            for name in block.names:
                self._files[name.casefold()].add(number)
            if block.rows:
                self._insert(file, number, block)

    def finish(self, files: Sequence[ExtractFile]) -> LoadedTable:
        for name in self._extract.types:
            if name.casefold() not in self._columns:
                guess = nearest(name, list(self._columns.values()))
                hint = f"Nearest: {guess}." if guess else f"There are {', '.join(self._columns.values())}."
                raise DamagedExtractError(f"types names the column {name}, which no file has.", hint)
        if not self._columns:
            hint = "Name the columns under types:, so that a day without records is one."
            raise build_damage(files[0].path, None, "none of its lines has a key", hint)
        columns = {name: self._sql(name) for name in self._columns.values()}
        return LoadedTable(self._table, columns, {name: self._files[name.casefold()] for name in columns})

    def _sql(self, name: str) -> str:
        _, shape = self._shapes.get(name.casefold(), (name, Shape()))
        if not shape.is_nested:
            return quote_name(name)
        if name.casefold() in self._types:
            kind = self._types[name.casefold()].name
            raise DamagedExtractError(f"types calls {name} {kind}, and it is {shape.kind}.", "Leave it out of types.")
        return f"from_json({quote_name(name)}, {quote_text(json.dumps(shape.structure(), ensure_ascii=False))})"

    def _read(self, file: ExtractFile) -> Iterator[Block]:
        if isinstance(self._extract.format, CsvFormat):
            return self._extract.format.read(file)
        return self._extract.format.read(file, self._shapes)

    def _add_columns(self, names: Sequence[str]) -> None:
        for name in names:
            if name.casefold() in self._columns:
                continue
            if name.casefold() == FILE_NUMBER:
                raise DamagedExtractError(f"A column is called {name}, a name that this package uses.", "Rename it.")
            self._columns[name.casefold()] = name
            kind = self._type_of(name).sql
            self._connection.execute(f"ALTER TABLE {self._table} ADD COLUMN {quote_name(name)} {kind}")

    def _type_of(self, name: str) -> ColumnType:
        return self._types.get(name.casefold()) or parse_type("text")

    def _insert(self, file: ExtractFile, number: int, block: Block) -> None:
        names = [f"c{place}" for place in range(len(block.names))]
        rows = pa.Table.from_arrays([*block.columns, pa.array(range(block.rows), pa.int64())], names=[*names, "row"])
        self._connection.register(_BLOCK, rows)
        try:
            self._check_types(file, block)
            targets = [quote_name(self._columns[name.casefold()]) for name in block.names]
            values = [self._type_of(name).cast(column) for name, column in zip(block.names, names, strict=True)]
            self._connection.execute(
                f"INSERT INTO {self._table} ({', '.join([FILE_NUMBER, *targets])}) "
                f"SELECT {', '.join([str(number), *values])} FROM {_BLOCK} ORDER BY row"
            )
        finally:
            self._connection.unregister(_BLOCK)

    def _check_types(self, file: ExtractFile, block: Block) -> None:
        """Find the first value that is not of its column's type."""
        typed = {
            place: kind for place, name in enumerate(block.names) if (kind := self._type_of(name)).pattern is not None
        }
        if not typed:
            return
        unfit = (
            f"min(row) FILTER (WHERE c{place} IS NOT NULL AND ({kind.cast(f'c{place}')}) IS NULL)"
            for place, kind in typed.items()
        )
        found = self._connection.execute(f"SELECT {', '.join(unfit)} FROM {_BLOCK}").fetchall()[0]
        first = min(((row, place) for row, place in zip(found, typed, strict=True) if row is not None), default=None)
        if first is None:
            return
        row, place = first
        line = self._extract.format.find_line(file, block.first_record + row)
        kind = typed[place]
        hint = "Correct it, or let types say what the column holds: text takes all."
        raise build_damage(
            file.path,
            line,
            f"the value of {block.names[place]} is not a valid {kind.name}, such as {kind.example}",
            hint,
        )


def quote_name(name: str) -> str:
    """Return the name of a column or table in DuckDB's SQL."""
    return '"' + name.replace('"', '""') + '"'


def quote_text(text: str) -> str:
    """Return a text as a literal of DuckDB's SQL."""
    return "'" + text.replace("'", "''") + "'"
