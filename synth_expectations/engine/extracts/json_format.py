"""JSON Lines: one object a line (https://jsonlines.org); a line that is none is an error.

Numbers and booleans are kept as they are written. A key that a line does not have is NULL.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NoReturn

import pyarrow as pa

from synth_expectations.engine.extracts.blocks import BLOCK_ROWS, Block
from synth_expectations.engine.extracts.damage import DamagedExtractError, build_damage
from synth_expectations.engine.extracts.shapes import Shape, ShapeError
from synth_expectations.engine.extracts.text_stream import ExtractFile, check_encoding, open_text


class _DoubledKeyError(ValueError):
    """An object has a key twice; Python would take the last."""


class _ConstantError(ValueError):
    """A number that Python reads and JSON does not have."""


@dataclass(frozen=True)
class JsonFormat:
    """How files of JSON Lines are written.

    Attributes:
        encoding: as Python names it.
    """

    encoding: str = "utf-8"

    def __post_init__(self) -> None:
        """Check the encoding; raise `ValueError` if there is none of that name."""
        check_encoding(self.encoding)

    def read(self, file: ExtractFile, shapes: dict[str, tuple[str, Shape]]) -> Iterator[Block]:
        """Yield the records of a file in blocks; at least one, which may be empty.

        Args:
            file: the file.
            shapes: of the columns of the table, by folded name: the name as it was first spelled, and the shape; what the
                file adds is put in before its block is yielded.

        Raises:
            DamagedExtractError: a line is damaged; names it.
        """
        records: list[dict[str, str | None]] = []
        first = 0
        for line, value in self._read_objects(file):
            records.append(self._fit(file, line, value, shapes))
            if len(records) == BLOCK_ROWS:
                yield _build_block(records, first)
                first += len(records)
                records = []
        if records or not first:
            yield _build_block(records, first)

    def find_line(self, file: ExtractFile, record: int) -> int:
        """Return the line of a record.

        Args:
            file: its file.
            record: its number, from 0.
        """
        lines = (line for number, (line, _) in enumerate(self._read_objects(file)) if number == record)
        return next(lines)

    def _read_objects(self, file: ExtractFile) -> Iterator[tuple[int, dict[str, Any]]]:
        """Yield the object of each line, with the number of the line."""
        empty = 0
        with open_text(file, self.encoding, newline="\n") as text:
            for line, written in enumerate(text, start=1):
                if not written.strip():
                    empty = empty or line
                    continue
                if empty:
                    raise build_damage(file.path, empty, "there is an empty line between records")
                yield line, self._parse(file, line, written)

    def _parse(self, file: ExtractFile, line: int, written: str) -> dict[str, Any]:
        try:
            value = _DECODER.decode(written)
        except json.JSONDecodeError:
            hint = 'Each line is one object, as in {"id": 1}.' if line == 1 else ""
            raise build_damage(file.path, line, "it is not JSON", hint) from None
        except _DoubledKeyError:
            raise build_damage(file.path, line, "an object has a key twice; keys are not case-sensitive") from None
        except _ConstantError:
            raise build_damage(file.path, line, "it has NaN or Infinity, which are not valid JSON") from None
        except RecursionError:
            raise build_damage(file.path, line, "it is nested too deeply") from None
        if isinstance(value, dict):
            return value
        if isinstance(value, list):
            hint = "Write one object a line: jq -c '.[]' FILE."
            raise build_damage(file.path, line, "it is a list, where an object is needed", hint)
        raise build_damage(file.path, line, "it is not an object")

    def _fit(
        self, file: ExtractFile, line: int, value: dict[str, Any], shapes: dict[str, tuple[str, Shape]]
    ) -> dict[str, str | None]:
        record: dict[str, str | None] = {}
        for name, item in value.items():
            if not name.strip():
                raise build_damage(file.path, line, "a key has no name")
            spelled, shape = shapes.setdefault(name.casefold(), (name, Shape()))
            try:
                fitted = shape.fit(item)
            except ShapeError as error:
                raise self._explain(file, line, spelled, error) from None
            except RecursionError:
                raise build_damage(file.path, line, "it is nested too deeply") from None
            nested = isinstance(fitted, dict | list)
            record[spelled] = json.dumps(fitted, ensure_ascii=False) if nested else fitted
        try:
            "".join([*record, *filter(None, record.values())]).encode()
        except UnicodeEncodeError:
            raise build_damage(file.path, line, "it has half of a surrogate pair") from None
        return record

    def _explain(self, file: ExtractFile, line: int, column: str, error: ShapeError) -> DamagedExtractError:
        return build_damage(file.path, line, f"column {column} {error}", "Write it alike in all records.")


def _build_block(records: list[dict[str, str | None]], first: int) -> Block:
    names = tuple(dict.fromkeys(name for record in records for name in record))
    columns = tuple(pa.array([record.get(name) for record in records], pa.string()) for name in names)
    return Block(names, columns, first, len(records))


def _build_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    built = dict(pairs)
    if len({name.casefold() for name in built}) < len(pairs):
        raise _DoubledKeyError
    return built


def _refuse_constant(_: str) -> NoReturn:
    raise _ConstantError


_DECODER = json.JSONDecoder(
    object_pairs_hook=_build_object, parse_int=str, parse_float=str, parse_constant=_refuse_constant
)
