"""Numbers of a page that come from an object of the ledger, and what the object says instead."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from synth_expectations.evidence.ledger.ledger import EvidenceLedger

_VOID = {"meta", "link", "br", "wbr", "img", "hr", "input"}


@dataclass(frozen=True)
class SourcedNumber:
    """A number of a page.

    Attributes:
        text: as the page shows it.
        digest: of the object.
        pointer: into the object, as RFC 6901 has it.
        how: `value`, `length` of a list, or `count KEY=VALUE`: how many of a list have that value.
    """

    text: str
    digest: str
    pointer: str
    how: str

    def compute(self, ledger: EvidenceLedger) -> str:
        """Return the number that the object gives, as a page shows it.

        Raises:
            LedgerError: the object is missing or was altered.
            LookupError: it has no such place.
        """
        place: Any = json.loads(ledger.read_object(self.digest))
        for part in self.pointer.split("/")[1:]:
            name = part.replace("~1", "/").replace("~0", "~")
            place = place[int(name)] if isinstance(place, list) else place[name]
        kind, _, condition = self.how.partition(" ")
        if kind == "length":
            place = len(place)
        elif kind == "count":
            key, _, value = condition.partition("=")
            place = sum(str(item.get(key)).lower() == value for item in place)
        return "not counted" if place is None else f"{place:,}"


def find_sourced_numbers(html: str) -> Iterator[SourcedNumber]:
    """Yield the numbers of a page that name where they come from, in their order."""
    parser = _Parser()
    parser.feed(html)
    yield from parser.numbers


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.numbers: list[SourcedNumber] = []
        self._open: list[tuple[str, str, SourcedNumber | None]] = []
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            return
        given = {name: value or "" for name, value in attrs}
        around = self._open[-1][1] if self._open else "#"
        number = None
        if "data-from" in given:
            digest, _, pointer = _join(around, given["data-from"]).partition("#")
            number = SourcedNumber("", digest, pointer, given.get("data-how", "value"))
            self._text = ""
        self._open.append((tag, _join(around, given["data-object"]) if "data-object" in given else around, number))

    def handle_data(self, data: str) -> None:
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            opened, _, number = self._open.pop()
            if number is not None:
                self.numbers.append(SourcedNumber(self._text.strip(), number.digest, number.pointer, number.how))
            if opened == tag:
                return


def _join(around: str, place: str) -> str:
    """Return a place in an object: whole, or one that goes on from the place around it."""
    return around + place[1:] if place.startswith("#") else place
