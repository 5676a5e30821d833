"""The marker: the field of a record that says whether it is synthetic."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Any

from synth_expectations.gate.fields import MAX_NAME, fold

SYNTHETIC_WORDS = frozenset(
    re.split(
        r"\s+",
        "synthetic partial masked anonymised anonymized pseudonymised pseudonymized test demo sample fake dummy mock "
        "generated true yes y 1 t on x",
    )
)
"""What says, in a field that is called like a marker, that a record is made up, or its fields are."""
REAL_WORDS = frozenset(re.split(r"\s+", "real production prod live false no n 0 0.0 f off none nan null n/a - unknown"))

_NAMES = re.compile(
    "(is|marked|record)?(synthetic|testdata|testrecord|demodata|demorecord|fakedata|mockdata|sampledata)(data|record|flag"
    "|marker|origin|source|status|type|indicator)?|(record|data)origin|istest|isdemo|isfake|isdummy|ismock|issample"
)
"""How markers are called, folded, where no policy names them."""


class Tag(StrEnum):
    """What the marker of a record says."""

    SYNTHETIC = "synthetic"
    REAL = "real"
    EMPTY = "empty"
    ABSENT = "absent"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class MarkerWords:
    """The marker of a policy: its field and words, folded; without a policy, the usual names and words.

    Attributes:
        columns: the names of marker fields, folded.
        synthetic: words for synthetic, partial and masked records.
        real: words for real ones.
        by_column: the words of each marker field that has its own: a field, words for synthetic records, words for real ones.
    """

    columns: frozenset[str] = frozenset()
    synthetic: frozenset[str] = frozenset()
    real: frozenset[str] = frozenset()
    by_column: tuple[tuple[str, frozenset[str], frozenset[str]], ...] = ()

    @cached_property
    def _own(self) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
        return {column: (synthetic, real) for column, synthetic, real in self.by_column}

    def is_marker(self, field: str) -> bool:
        """Return whether a field may say what a record is, in any case, with a namespace or without."""
        return len(field) <= MAX_NAME and (self.is_named(field) or _is_usual(field))

    def is_named(self, field: str) -> bool:
        """Return whether the policy names the field."""
        return bool(self.columns) and self._find_column(field) in self.columns

    def _find_column(self, field: str) -> str:
        """Return a field as the policy may name it: folded, and without the namespace of a package."""
        folded = fold(field)
        return folded if folded in self.columns else fold(re.sub("^[A-Za-z0-9]+__(?=.*__c$)", "", field))

    def read(self, field: str, value: Any) -> Tag:
        """Return what a value of a marker field says."""
        word = "" if value is None else str(value).strip().casefold()
        if not word:
            return Tag.EMPTY
        synthetic, real = self._own.get(self._find_column(field), (self.synthetic, self.real))
        if word in synthetic or word in real:
            if word in synthetic and word in real:
                return Tag.UNKNOWN
            return Tag.SYNTHETIC if word in synthetic else Tag.REAL
        if self.is_named(field) and self.synthetic:
            return Tag.UNKNOWN
        if word in REAL_WORDS:
            return Tag.REAL
        # SyntheticSource__c names the generator: whatever it says, it says synthetic
        says_how = re.search("synthetic.*(source|type|status)", fold(field)) is not None
        return Tag.SYNTHETIC if word in SYNTHETIC_WORDS or says_how else Tag.UNKNOWN


@lru_cache(maxsize=20_000)
def _is_usual(field: str) -> bool:
    plain = re.sub("^[A-Za-z0-9]+__(?=.*__c$)", "", field)
    return bool(_NAMES.fullmatch(fold(plain)))
