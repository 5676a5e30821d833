"""Take passwords, values of the data, credentials in addresses and control characters out of text."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from typing import Any

from synth_expectations.secret_registry import SENSITIVE_WORDS, mask_known_secrets

_URL_PASSWORD = re.compile(r"(?<=://)([^\s:/@]*):.*@")
"""A password up to the last @ of the line: it may hold @, /, % and spaces. Rather too much is masked than a part left."""
_CREDENTIALS = re.compile(r"://(?:[^@/\s]+|[^@/\s:]*:.*)@")
_NAMED_SECRET = re.compile(
    rf"(\b[\w-]*(?:{SENSITIVE_WORDS})[\w-]*['\"]?)(\s*[=:]\s*)('(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"|[^\s,;&]+)",
    re.IGNORECASE,
)
_LITERAL = re.compile(r"'((?:[^']|'')*)'")
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
    return _INVISIBLE.sub(lambda match: match[0] if match[0] == "\n" else json.dumps(match[0])[1:-1], text)


def mask_secrets(text: str) -> str:
    """Return the text with known secrets, the passwords of URLs and those of `password=…` masked.

    Drivers put whole URLs into messages.
    """
    return _NAMED_SECRET.sub(r"\1\2***", _URL_PASSWORD.sub(r"\1:***@", mask_known_secrets(text)))


def mask_values(text: str) -> str:
    """Return an engine's message without quoted values, which may be a person's, and without credentials."""
    text = mask_credentials(mask_known_secrets(text))
    text = re.sub(r"'[^']*'", "'…'", text)
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
