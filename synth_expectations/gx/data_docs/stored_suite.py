"""A suite of plain expectations, as its page needs it.

Great Expectations makes each expectation of a suite, turns it into a configuration twice, and makes another expectation
from each of these to read its description. For hundreds of suites that is a third of the time of all their pages. Here
the page reads the suite as it is stored.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from great_expectations import __version__ as gx_version
from great_expectations.expectations.expectation_configuration import ExpectationConfiguration

from synth_expectations.validation.arguments import read_plain


class StoredExpectation(ExpectationConfiguration):
    """A stored expectation that stands for each object that Great Expectations would make of it."""

    @property
    def configuration(self) -> StoredExpectation:
        """Return the expectation itself."""
        return self

    def to_domain_obj(self) -> Any:
        """Return the expectation itself: the page reads its description, which it has."""
        return self


@dataclass(frozen=True)
class StoredSuite:
    """A suite with the attributes that its page reads.

    Attributes:
        name: of the suite.
        expectations: in the order in which they are stored.
        meta: as it is stored, with the version of Great Expectations.
        notes: of the author.
    """

    name: str
    expectations: tuple[StoredExpectation, ...]
    meta: Mapping[str, Any]
    notes: str | list[str] | None

    @property
    def expectation_configurations(self) -> tuple[StoredExpectation, ...]:
        """Return the expectations: the page reads them under both names."""
        return self.expectations


def make_stored_suite(stored: Mapping[str, Any] | None) -> StoredSuite | None:
    """Return a suite for its page; None if Great Expectations must read it.

    Args:
        stored: the suite as it lies in the store; None if there is none.
    """
    expectations = (stored or {}).get("expectations")
    if not stored or not expectations or not all(map(read_plain, expectations)):
        return None
    version = {"great_expectations_version": gx_version}
    meta = {**version, **(stored.get("meta") or {})}
    return StoredSuite(stored["name"], tuple(map(_expectation, expectations)), meta, stored.get("notes"))


def _expectation(stored: Mapping[str, Any]) -> StoredExpectation:
    about = {name: stored.get(name) for name in ("notes", "description")}
    return StoredExpectation(stored["type"], dict(stored["kwargs"]), **about)
