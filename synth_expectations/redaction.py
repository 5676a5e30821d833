"""Take passwords, values of the data, credentials in addresses and control characters out of text.

A pattern finds the password of a well-formed address. A driver also quotes a password alone, encoded, or as a part of
what it took for a host: only who knows the password can mask that. So whoever reads one notes it here.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any
from urllib.parse import quote, quote_plus, unquote, unquote_plus

SENSITIVE_WORDS = (
    r"passw(?:or)?d|passphrase|passcode|pwd|token|secret|credential|(?:access|account|api|private|secret)_?key|_sas\b"
)
"""What names of secrets hold, in any case."""

_NAME = re.compile(SENSITIVE_WORDS, re.IGNORECASE)
_NAME_OF_VARIABLE = re.compile(rf"(?:{SENSITIVE_WORDS})s?\d*(?=_|$)(?!.*_(?:DIR|FILE|PATH)$)", re.IGNORECASE)
"""The words end there: `TOKENIZERS_PARALLELISM` is not a token. `DB_PASSWORD_FILE` says where a password is."""
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
_URL_PASSWORD = re.compile(r"(?<=://)([^\s:/@]*):.*@")
"""A password up to the last @ of the line: it may hold @, /, % and spaces. Rather too much is masked than a part left."""
_CREDENTIALS = re.compile(r"://(?:[^@/\s]+|[^@/\s:]*:.*)@")
_NAMED_SECRET = re.compile(
    rf"(\b[\w-]*(?:{SENSITIVE_WORDS})[\w-]*['\"]?)(\s*[=:]\s*)('(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"|[^\s,;&]+)",
    re.IGNORECASE,
)
_LITERAL = re.compile(r"'((?:[^']|'')*)'")
_MAIL = re.compile(r"[\w.+%-]+@[\w-]+(\.[\w-]+)+")
_MAX_LENGTH = 300
"""Characters of a library's message that a sentence repeats at most."""
_INVISIBLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff]"
)
"""What a terminal or a page obeys or hides instead of showing it: Unicode's categories Cc, Cs, Zl and Zp, its property
Default_Ignorable_Code_Point (DerivedCoreProperties.txt, Unicode 16), which has the bidi controls and all characters of
no width, interlinear annotations, and the two non-characters that XML forbids."""
_INVISIBLE_IN_A_LINE = re.compile(_INVISIBLE.pattern.replace("\x00-\x1f", "\x00-\x09\x0b-\x1f"))

_noted: set[str] = set()
"""The secrets that this process knows, in each form."""


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


def escape_invisible(text: str, keep: str = "") -> str:
    r"""Return the text with each character that is obeyed or hidden instead of shown as an escape, such as `\x1b`.

    Keys, names and values of the data pass here before they reach a terminal, a log or a page: an escape sequence in a
    record key must not retitle a terminal, and a bidi override must not turn a file name around. A backslash itself
    stays, so that paths and patterns read well: the quarantine file and JSON have the exact key.

    Args:
        text: of any origin.
        keep: characters that stay, such as the line ends of a text of several lines.
    """
    return _INVISIBLE.sub(lambda match: match[0] if match[0] in keep else ascii(match[0])[1:-1], text)


def format_json(document: Any, *, sort_keys: bool = False) -> str:
    """Return a document as indented JSON text: letters as they are, and what is invisible as an escape of JSON.

    A machine reads the exact value from it, and no terminal obeys it.
    """
    text = json.dumps(document, indent=2, ensure_ascii=False, sort_keys=sort_keys)
    return _INVISIBLE_IN_A_LINE.sub(lambda match: json.dumps(match[0])[1:-1], text)


def mask_secrets(text: str) -> str:
    """Return the text with known secrets, the passwords of URLs and those of `password=…` masked.

    Drivers put whole URLs into messages.
    """
    return _NAMED_SECRET.sub(r"\1\2***", _URL_PASSWORD.sub(r"\1:***@", mask_known_secrets(text)))


def mask_values(text: str) -> str:
    """Return an engine's message without quoted values and e-mail addresses, which may be a person's, and credentials."""
    text = mask_credentials(mask_known_secrets(text))
    text = re.sub(r"'[^']*'", "'…'", text)
    text = _MAIL.sub("…", text)
    return re.sub(r'"[^"]*[@0-9 ][^"]*"', '"…"', text)


def mask_literals(sql: str, values: Collection[str]) -> str:
    """Return a statement in which each literal that is one of some values is masked."""
    if not values:
        return sql
    literals = {value.replace("'", "''") for value in values}
    literals |= {literal.replace("%", "%%") for literal in literals} | {
        literal.replace("\\", "\\\\") for literal in literals
    }
    return _LITERAL.sub(lambda literal: "'…'" if literal[1] in literals else literal[0], sql)


def mask_credentials(text: str) -> str:
    """Return the text with the user and the password of each address masked."""
    return _CREDENTIALS.sub("://…@", text)


def replace_control_characters(text: str, replacement: str = " ") -> str:
    """Return the text with each character that does not print, such as an escape or a line end, replaced."""
    return "".join(letter if letter.isprintable() else replacement for letter in text)


def first_line(error: BaseException) -> str:
    """Return the first line of an error's message that is not empty, or the error's type."""
    lines = (replace_control_characters(line).strip() for line in str(error).splitlines())
    return next(filter(None, lines), type(error).__name__)


def format_error(error: BaseException) -> str:
    """Return a library's message as one line of a sensible length, with passwords masked.

    Names in quotes stay: an error of a configuration is about them. For an error of a query, which may quote the data,
    take `mask_values(first_line(error))`.
    """
    if variable := getattr(error, "missing_config_variable", None):  # an attribute of Great Expectations' error
        return f"The variable {variable} is not set."
    message = mask_secrets(" ".join(replace_control_characters(str(error)).split())) or type(error).__name__
    return message if len(message) <= _MAX_LENGTH else f"{message[: _MAX_LENGTH - 3]}..."


def format_problems(error: BaseException) -> str:
    """Return what pydantic found wrong as one line, only its sentences; any other error as `format_error` does."""
    try:
        messages = [str(problem["msg"]) for problem in error.errors()]  # type: ignore[attr-defined]
    except (AttributeError, TypeError, LookupError):
        return format_error(error)
    return format_error(ValueError("; ".join(dict.fromkeys(messages))))


def format_crash(error: BaseException) -> str:
    """Return the type and the first line of an error that nobody foresaw, without values of the data."""
    name, message = type(error).__name__, first_line(error)
    return mask_values(name if message == name else f"{name}: {message}").rstrip(".")


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
