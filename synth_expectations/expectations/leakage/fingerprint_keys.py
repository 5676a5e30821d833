"""Fingerprints that identify a person in two tables, instead of the identifiers themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pydantic import BaseModel, Field

from synth_expectations.expectations.argument_types import Reference
from synth_expectations.rules.expressions import any_of, field, is_one_of, look_up, make_key, normalize, normalize_key
from synth_expectations.rules.fingerprints import FINGERPRINT, KEY_ID, KIND, KINDS, RECORD, VERSION
from synth_expectations.rules.model import Lookup, Rule, Through
from synth_expectations.rules.nodes import Condition

_COPY, _KEY = "fingerprint", "fingerprint_key"


class Fingerprinted(BaseModel, defer_build=True):
    """The argument of expectations that look fingerprints up in a reference of them."""

    fingerprints: Reference | None = Field(
        None, description="The fingerprints of this table: the reference is then a table of fingerprints too."
    )


def build_lookups(record_key: str, fingerprints: str, reference: str) -> Iterator[Lookup]:
    """Yield lookups of a record's fingerprints in a reference, and of the key that they were made with."""
    record = make_key(normalize_key(field(record_key)))
    owner = make_key(normalize_key(field(RECORD)))
    made_with = [normalize(field(name), "exact") for name in (KEY_ID, VERSION)]
    print_ = make_key(*made_with, *[normalize(field(name), "exact") for name in (KIND, FINGERPRINT)])
    attributes = {kind: is_one_of(field(KIND), [kind]) for kind in KINDS}
    through = Through(fingerprints, owner, print_)
    yield Lookup(_COPY, reference, record, print_, attributes=attributes, through=through, incriminates=True)
    through = Through(fingerprints, owner, make_key(*made_with))
    yield Lookup(_KEY, reference, record, make_key(*made_with), through=through, incriminates=True)


def find_matches(kinds: Sequence[str]) -> Condition:
    """Return whether any of a record's fingerprints is in the reference."""
    return any_of(look_up(_COPY, kind) for kind in kinds)


def build_rules(kinds: Sequence[str], as_what: str) -> Iterator[Rule]:
    """Yield a rule for each kind, and for fingerprints that cannot be compared: they would match nobody."""
    for kind in kinds:
        yield Rule(f"same {KINDS[kind]} as {as_what}, by fingerprint", look_up(_COPY, kind))
    yield Rule("has no fingerprint", ~look_up(_COPY))
    yield Rule("fingerprint of another key or other normal forms than the reference", look_up(_KEY, "lost"))
