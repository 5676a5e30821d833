"""E-mail addresses as files write them: bare, with the name of their owner, as a link, or as a formula of a spreadsheet."""

from __future__ import annotations

import re

_DECORATION = re.compile(r"[<>:\"=()\[\]]|^'|'$")
_ADDRESS = re.compile(r"[^\s<>:\"=()\[\],;]+@[^\s<>:\"=()\[\],;]+")


def strip_address(text: str) -> str:
    """Return the address alone of `mailto:ann@…`, `Ann <ann@…>` and `="ann@…"`; another text as it is."""
    if not _DECORATION.search(text):
        return text
    found = _ADDRESS.search(text)
    return found[0].strip("'") if found else text
