"""The kind of a key, from its values: none of them appears in a proposal."""

from __future__ import annotations

import re
from collections.abc import Sequence

from synth_expectations.rules.key_kinds import CHECKSUM_LETTERS, KeyKind

_UUID = re.compile(r"\{?[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}\}?", re.IGNORECASE)
_NUMBER = re.compile(r"0|-?[1-9][0-9]*")
_SALESFORCE_ID = re.compile(r"[0-9A-Za-z]{15}([A-Z0-5]{3})?")


def guess_kind(values: Sequence[object]) -> KeyKind | None:
    """Return the kind that all values are of; None if they are of none, or there are none.

    Numbers with leading zeros are none: `042` and `42` may be two keys. Salesforce ids begin with the same three letters,
    those of their object, and 18 of them have the right checksum.
    """
    texts = [str(value).strip() for value in values]
    if not texts:
        return None
    if all(map(_UUID.fullmatch, texts)):
        return "uuid"
    if all(map(_NUMBER.fullmatch, texts)):
        return "number"
    is_one_object = len({text[:3] for text in texts}) == 1
    return "salesforce_id" if is_one_object and all(map(_is_salesforce_id, texts)) else None


def _is_salesforce_id(text: str) -> bool:
    if not _SALESFORCE_ID.fullmatch(text):
        return False
    capitals = [
        sum(1 << place for place, letter in enumerate(text[start : start + 5]) if "A" <= letter <= "Z")
        for start in (0, 5, 10)
    ]
    # 15 letters have no checksum, but small letters and capitals
    mixed = text[:15] != text[:15].lower() and text[:15] != text[:15].upper()
    return text[15:] == "".join(CHECKSUM_LETTERS[bits] for bits in capitals) if len(text) == 18 else mixed
