"""Names of people, as environments, policies and sheets write them."""

from __future__ import annotations

from unicodedata import normalize


def is_same_person(name: str, other: str) -> bool:
    """Return whether two names may be of one person: `ann`, a user of a machine, is `Ann@shop.example`.

    Two addresses are the same person only if they are equal. Nobody is the person without a name.
    """
    given, known = (normalize("NFC", text).strip().casefold() for text in (name, other))
    if not given or not known:
        return False
    is_short = "@" not in given or "@" not in known
    return given == known or (is_short and given.partition("@")[0] == known.partition("@")[0])
