"""How CSV and JSON Lines are written, guessed from the files themselves: a run guesses nothing, so the policy says it."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from itertools import islice
from typing import Any, Literal

from synth_expectations.engine.extracts.csv_format import CsvFormat
from synth_expectations.engine.extracts.damage import DamagedExtractError
from synth_expectations.engine.extracts.extract import Extract, build_extract
from synth_expectations.engine.extracts.json_format import JsonFormat
from synth_expectations.engine.extracts.shapes import Shape
from synth_expectations.engine.extracts.text_stream import ExtractFile, open_binary, open_text
from synth_expectations.policy.infer.encodings import guess_encoding
from synth_expectations.policy.infer.model import ProposalError

ExtractKind = Literal["csv", "json"]

_DELIMITERS = (",", ";", "\t", "|")
_ROWS = 200
_START = 64
_OBJECT = re.compile(rb'(\xef\xbb\xbf)?\s*(\[\s*)?\{\s*"[^"]*"\s*:')
"""What a file of JSON begins with; a row of CSV has no object and its first key."""
_DATA = re.compile(r"[^@\s]+@[^@\s]+|[-+]?[0-9][0-9 .,:/TZ+-]*|true|false", re.IGNORECASE)
"""What is not a name of a column: an address, a number, a day, true or false."""


def guess_format(files: Sequence[str], kind: ExtractKind) -> dict[str, Any]:
    """Return what is to be said of the format of files; nothing if it is the default.

    Raises:
        ProposalError: they are written in several encodings, have no header, or cannot be read.
    """
    opened = [open_extract(file) for file in files]
    try:
        words: dict[str, Any] = _guess_encoding(opened)
        if kind == "csv":
            _refuse_json(opened[0])
            words |= _guess_delimiter(opened[0], words.get("encoding", "utf-8"))
            _refuse_headless(opened[0], build_extract("csv", spell_words(words), {}))
    except DamagedExtractError as error:
        raise ProposalError(error.message, error.hint) from None
    return words


def read_names(file: str, kind: ExtractKind) -> list[str]:
    """Return the names of the columns of a file; of JSON Lines, those of its first lines.

    Raises:
        ProposalError: it cannot be read.
    """
    words = guess_format([file], kind)
    words = spell_words(words)
    try:
        made = build_extract(kind, words, {}).format
        if isinstance(made, CsvFormat):
            return list(made.read_names(open_extract(file)))
        return list(_read_first_keys(made, open_extract(file)))
    except DamagedExtractError as error:
        raise ProposalError(error.message, error.hint) from None


def spell_words(words: dict[str, Any]) -> dict[str, Any]:
    """Return what a policy says of a format with the characters that its words stand for."""
    return {**words, "delimiter": "\t"} if words.get("delimiter") == "tab" else words


def open_extract(file: str) -> ExtractFile:
    """Return a local file as an extract is opened."""
    return ExtractFile(file, lambda: open(file, "rb"))


def _read_first_keys(made: JsonFormat, file: ExtractFile) -> tuple[str, ...]:
    shapes: dict[str, tuple[str, Shape]] = {}
    return next(iter(made.read(file, shapes))).names


def _guess_encoding(files: Sequence[ExtractFile]) -> dict[str, str]:
    found = {guess_encoding(file) for file in files} - {"ascii"}
    if len(found) > 1:
        raise ProposalError(
            f"The files are written in several encodings: {', '.join(sorted(found))}.", "Propose each of them alone."
        )
    return {"encoding": found.pop()} if found - {"utf-8"} else {}


def _guess_delimiter(file: ExtractFile, encoding: str) -> dict[str, str]:
    """Return the delimiter with which the first rows have the same number of fields, and most; the default is a comma."""
    widths = {delimiter: _width(file, encoding, delimiter) for delimiter in _DELIMITERS}
    best = max(_DELIMITERS, key=lambda delimiter: widths[delimiter])
    return {} if best == "," or widths[best] < 2 else {"delimiter": "tab" if best == "\t" else best}


def _width(file: ExtractFile, encoding: str, delimiter: str) -> int:
    """Return how many fields each of the first rows has; 0 if they differ."""
    with open_text(file, encoding, newline="") as text:
        try:
            rows = list(islice(filter(None, csv.reader(text, delimiter=delimiter, strict=True)), _ROWS))
        except csv.Error:
            return 0
    widths = set(map(len, rows))
    return widths.pop() if len(widths) == 1 else 0


def _refuse_json(file: ExtractFile) -> None:
    with open_binary(file) as binary:
        if _OBJECT.match(binary.peek(_START)[:_START]):
            raise ProposalError(f"{file.path} is JSON.", "Name it with --json; it has to hold one object a line.")


def _refuse_headless(file: ExtractFile, extract: Extract) -> None:
    """Refuse a file whose first row is data: its values would be taken for names, and shown."""
    assert isinstance(extract.format, CsvFormat)
    names = extract.format.read_names(file)
    if any(_DATA.fullmatch(name.strip()) for name in names):
        raise ProposalError(
            f"The first row of {file.path} looks like data, not like the names of columns.",
            "Put a header into the file, or write the policy by hand, with header: under format:.",
        )
