"""The secrets that this process knows, so that no message repeats them in whatever form a driver writes them.

A pattern finds the password of a well-formed address. A driver also quotes a password alone, encoded, or as a part of
what it took for a host: only who knows the password can mask that.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote, quote_plus, unquote, unquote_plus

SENSITIVE_WORDS = (
    r"passw(?:or)?d|passphrase|passcode|pwd|token|secret|credential|(?:access|account|api|private|secret)_?key|_sas\b"
)
"""What names of secrets hold, in any case."""

_NAME = re.compile(SENSITIVE_WORDS, re.IGNORECASE)
_NAME_OF_VARIABLE = re.compile(rf"(?:{SENSITIVE_WORDS})s?\d*(?=_|$)(?!.*_(?:DIR|FILE|PATH)$)", re.IGNORECASE)
"""The words end there: `TOKENIZERS_PARALLELISM` is no token. `DB_PASSWORD_FILE` says where a password is."""
_NO_SECRETS = frozenset({"PWD", "OLDPWD"})
"""Variables of every shell: directories."""
_SWITCHES = frozenset({"false", "disabled", "enabled", "never", "always"})
"""Values that turn something on or off, and are words of sentences."""
_SHORTEST_VARIABLE = 5
"""Characters of a variable's value that is taken for a secret because of its name: `true` is none."""
_SHORTEST_PART = 4
"""Characters of a secret that is masked inside of words too. A shorter one is masked as a whole word."""
_ADDRESS = re.compile(r"^[^:/?#]*:/{0,2}([^:/@]*):(.*)@", re.DOTALL)
"""The user and the password of an address, up to the last @."""

_noted: set[str] = set()


def note_secret(secret: str) -> None:
    """Mask a secret from now on, in each form that a message may repeat."""
    _noted.update(filter(None, _spellings(secret)))


def note_address(address: str) -> None:
    """Mask what may be secret in an address from now on: its password, and parameters with such a name."""
    for secret in _secrets_of(address):
        note_secret(secret)


def note_options(options: Mapping[str, Any]) -> None:
    """Mask the values of options whose names are those of secrets, also of options within options."""
    for name, value in options.items():
        if isinstance(value, Mapping):
            note_options(value)
        elif isinstance(value, str) and (name == "key" or _NAME.search(str(name))):  # fsspec's `key` goes with `secret`
            note_secret(value)


def mask_known_secrets(text: str) -> str:
    """Return the text with each known secret masked; those of the environment are known too."""
    secrets = _noted | {spelling for secret in _of_environment() for spelling in _spellings(secret)}
    for secret in sorted(filter(None, secrets), key=len, reverse=True):
        if secret in text:
            text = _mask(text, secret)
    return text


def _mask(text: str, secret: str) -> str:
    if len(secret) >= _SHORTEST_PART:
        return text.replace(secret, "***")
    start, end = (r"\b" if letter.isalnum() else "" for letter in (secret[0], secret[-1]))
    return re.sub(f"{start}{re.escape(secret)}{end}", "***", text)


def _of_environment() -> Iterator[str]:
    for name, value in os.environ.items():
        if "://" in value:
            yield from _secrets_of(value)
        elif _is_secret(name, value):
            yield value


def _is_secret(name: str, value: str) -> bool:
    if name in _NO_SECRETS or not _NAME_OF_VARIABLE.search(name):
        return False
    return len(value) >= _SHORTEST_VARIABLE and value.casefold() not in _SWITCHES


def _secrets_of(address: str) -> Iterator[str]:
    if match := _ADDRESS.match(address):
        yield match[2]
    for parameter in address.partition("?")[2].split("&"):
        name, _, value = parameter.partition("=")
        if value and _NAME.search(name):
            yield value


def _spellings(secret: str) -> Iterator[str]:
    """Yield a secret as it is, decoded, and as drivers, Python and JSON write it."""
    for text in {secret, unquote(secret), unquote_plus(secret)}:
        yield text
        yield " ".join(text.split())  # as a sentence has it
        yield from (quote(text), quote(text, safe=""), quote_plus(text))
        yield from (repr(text)[1:-1], repr(text.encode(errors="surrogateescape"))[2:-1])
        yield from (json.dumps(text)[1:-1], text.encode("unicode_escape", "backslashreplace").decode())
        yield from (text.replace("'", "''"), text.replace("\\", "\\\\").replace("'", "\\'"), text.replace("%", "%%"))
