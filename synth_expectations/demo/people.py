"""People who stand for real ones, and openly invented people; they never share an identifier."""

from __future__ import annotations

import random
import string
from dataclasses import dataclass
from datetime import date, timedelta

from synth_expectations.demo.names import FIRST_NAMES, LAST_NAMES, MAILBOXES, TEST_MAILBOXES, to_ascii

_BASE62 = string.digits + string.ascii_uppercase + string.ascii_lowercase
_CHECK = string.ascii_uppercase + "012345"
_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"  # those that the second half of a British postcode may hold
_OLDEST = date(1938, 1, 1)


@dataclass(slots=True)
class Person:
    """The person that a record is about."""

    first_name: str | None
    last_name: str
    email: str | None
    phone: str | None
    born: date | None
    postcode: str | None

    def identify(self) -> tuple[str, str, str, str]:
        """Return the first name, e-mail address, phone number and postcode, blank where missing."""
        return self.first_name or "", self.email or "", self.phone or "", self.postcode or ""


class People:
    """The source of people. No one else has the e-mail address, phone number or postcode of a real one.

    The phone numbers of "real" people are London numbers whose local part starts with 0 or 1, which cannot be dialled;
    those of synthetic people come from the range that Ofcom keeps for drama. Postcodes have areas that do not exist.
    """

    def __init__(self, pick: random.Random) -> None:
        self._pick = pick
        self._made = 0
        self._offset = pick.randrange(1_000_000)

    def make_real(self, first_name: str | None = None, last_name: str | None = None) -> Person:
        """Return a person who stands for a real one."""
        first, last, number = first_name or self.draw_first_name(), last_name or self.draw_last_name(), self._number()
        local = scatter(number + self._offset, 20_000_000)
        return Person(
            first,
            last,
            email=f"{to_ascii(first)}.{to_ascii(last)}{number}@{self._pick.choice(MAILBOXES)}".lower(),
            phone=f"+44 20 {local // 10_000:04d} {local % 10_000:04d}",
            born=self._born(),
            postcode=self._postcode("Q", number),
        )

    def make_synthetic(self) -> Person:
        """Return a person whom a generator invented."""
        first, last, number = self.draw_first_name(), self.draw_last_name(), self._number()
        return Person(
            first,
            last,
            email=f"{to_ascii(first)}.{to_ascii(last)}.{number}@{self._pick.choice(TEST_MAILBOXES)}".lower(),
            phone=f"+44 7700 900{self._pick.randrange(1000):03d}",
            born=self._born(),
            postcode=self._postcode("V", number),
        )

    def make_masked(self) -> Person:
        """Return a real person with replaced identifiers."""
        number = self._number()
        return Person("***", f"M{number:06d}", f"masked-{number}@masked.invalid", None, None, "***")

    def draw_first_name(self, other_than: str | None = None) -> str:
        """Return a random first name, other than the given one."""
        while (name := self._pick.choice(FIRST_NAMES)) == other_than:
            pass
        return name

    def draw_last_name(self, other_than: str | None = None) -> str:
        """Return a random surname, other than the given one."""
        while (name := self._pick.choice(LAST_NAMES)) == other_than:
            pass
        return name

    def _number(self) -> int:
        self._made += 1
        return self._made

    def _born(self) -> date:
        return _OLDEST + timedelta(days=self._pick.randrange(25_000))

    def _postcode(self, area: str, number: int) -> str:
        rest, last = divmod(scatter(number + self._offset, 7_920_000), 20)
        rest, first = divmod(rest, 20)
        rest, sector = divmod(rest, 10)
        second, district = divmod(rest, 99)
        return f"{area}{_LETTERS[second]}{district + 1} {sector}{_LETTERS[first]}{_LETTERS[last]}"


def scatter(number: int, most: int) -> int:
    """Return a number below `most` without a visible pattern; only inputs `most` apart give the same one."""
    return number * 7919 % most  # a prime that divides none of the ranges


def make_salesforce_id(prefix: str, number: int, seed: int) -> str:
    """Return an 18-letter Salesforce Id: object, instance, number, and a checksum of letter case."""
    rest = (seed % 10_000) * 20_000_000 + scatter(number, 20_000_000)
    digits = ""
    while rest:
        rest, digit = divmod(rest, 62)
        digits = _BASE62[digit] + digits
    short = f"{prefix}Hs{digits.rjust(10, '0')}"
    check = ""
    for start in (0, 5, 10):
        check += _CHECK[sum(1 << i for i, letter in enumerate(short[start : start + 5]) if "A" <= letter <= "Z")]
    return short + check
