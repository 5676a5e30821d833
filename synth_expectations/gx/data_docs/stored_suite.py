"""A suite of our expectations as its page shows it: read from where it lies, and no expectation made of it.

Great Expectations makes each expectation of a suite, writes it as a configuration twice, and makes another one of each
of these to ask for its description: of hundreds of suites, that is a third of the time of all their pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from great_expectations import __version__ as gx_version
from great_expectations.expectations.expectation_configuration import ExpectationConfiguration

from synth_expectations.expectations.catalogue import all_expectations
from synth_expectations.gx.arguments import checked
from synth_expectations.gx.expectation_classes import GX_FIELDS


class StoredExpectation(ExpectationConfiguration):
    """An expectation of ours, in the places of all that Great Expectations would make of it for the page."""

    @property
    def configuration(self) -> StoredExpectation:
        """Itself."""
        return self

    def to_domain_obj(self) -> Any:
        """Itself: the page asks an expectation for its description, which is here."""
        return self


@dataclass(frozen=True)
class StoredSuite:
    """A suite, with what its page asks of one.

    Attributes:
        name: its own.
        expectations: in the order in which they are stored.
        meta: what is said of it, and the version of Great Expectations.
        notes: of whoever wrote it.
    """

    name: str
    expectations: tuple[StoredExpectation, ...]
    meta: Mapping[str, Any]
    notes: str | list[str] | None

    @property
    def expectation_configurations(self) -> tuple[StoredExpectation, ...]:
        """The expectations, as the page calls them elsewhere."""
        return self.expectations


def shown(stored: Mapping[str, Any] | None) -> StoredSuite | None:
    """A suite as it lies in the store, for its page; None if Great Expectations must read it.

    Args:
        stored: the suite; None if there is none.
    """
    expectations = (stored or {}).get("expectations")
    if not stored or not expectations or not all(map(_is_ours, expectations)):
        return None
    version = {"great_expectations_version": gx_version}
    meta = {**version, **(stored.get("meta") or {})}
    return StoredSuite(stored["name"], tuple(map(_expectation, expectations)), meta, stored.get("notes"))


def _is_ours(stored: Mapping[str, Any]) -> bool:
    """Whether it is one of ours with arguments that fit, and none of Great Expectations' own."""
    governed, kwargs = all_expectations().get(stored["type"]), stored["kwargs"]
    if governed is None or GX_FIELDS & kwargs.keys():
        return False
    try:
        return bool(checked(governed, kwargs))
    except ValueError:
        return False


def _expectation(stored: Mapping[str, Any]) -> StoredExpectation:
    about = {name: stored.get(name) for name in ("notes", "description")}
    return StoredExpectation(stored["type"], dict(stored["kwargs"]), **about)
