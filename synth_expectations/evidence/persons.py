"""Names of people, as environments, policies and sheets write them."""

from __future__ import annotations

import re
import unicodedata
from email.utils import parseaddr
from functools import lru_cache

_INVISIBLE = ("Cf", "Cc", "Zl", "Zp")
"""The categories of characters that nobody sees."""
_SEPARATORS = re.compile(r"[\s._-]+")


def normalize_person(name: str) -> str:
    """Return a person's or a team's name so that spellings of the same one are equal.

    Case, width, accents that are written apart, hidden characters and spaces do not count; of `Dora <dpo@shop.example>`
    and `mailto:dpo@shop.example` the address is what counts.
    """
    text = unicodedata.normalize("NFKC", name)
    text = "".join(" " if letter.isspace() else letter for letter in text)
    text = "".join(letter for letter in text if unicodedata.category(letter) not in _INVISIBLE)
    text = re.sub("^ *mailto:", "", text, flags=re.IGNORECASE)
    if ("<" in text or "(" in text) and "@" in (address := parseaddr(text)[1]):
        text = address
    return unicodedata.normalize("NFKC", " ".join(text.split()).casefold())


def is_same_person(name: str, other: str) -> bool:
    """Return whether two names may be of one person: one may not review, approve or sign what the other did.

    `ann`, a user of a machine, is `Ann@shop.example`, and so are `ann+audit@shop.example` and `Ann <ann@shop.example>`;
    `Ann Lee` is `ann.lee@shop.example`. Two addresses are the same person only if they are equal, but for what follows
    a `+`. Nobody is the person without a name.
    """
    (given, given_domain), (known, known_domain) = _split_name(name), _split_name(other)
    if not given or given != known:
        return False
    return not given_domain or not known_domain or given_domain == known_domain


@lru_cache(maxsize=4096)
def _split_name(name: str) -> tuple[str, str]:
    """Return the words of a name, or of an address without its tag, with nothing between them, and the domain."""
    local, _, domain = normalize_person(name).partition("@")
    return _SEPARATORS.sub("", local.partition("+")[0]), domain.rstrip(".")
