"""Values as YAML text that YAML 1.1 and 1.2 read alike, and comments of one line."""

from __future__ import annotations

import re
from typing import Any

from synth_expectations.policy.infer.model import TODO

_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*(/[A-Za-z0-9_.*=?-]+)*")
_NOT_TEXT = {"true", "false", "yes", "no", "y", "n", "on", "off", "null", "todo", "nan", "inf", ".nan", ".inf"}


def format_scalar(value: Any) -> str:
    """Return a value as YAML: text in quotes where it could be misread, lists and mappings on one line."""
    if value is TODO:
        return "TODO"
    if isinstance(value, bool | int | float):
        return str(value).lower()
    if isinstance(value, list | tuple):
        return f"[{', '.join(format_scalar(item) for item in value)}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{format_scalar(key)}: {format_scalar(item)}" for key, item in value.items()) + "}"
    text = str(value)
    if _PLAIN.fullmatch(text) and text.lower() not in _NOT_TEXT:
        return text
    return '"' + "".join(_escape(letter) for letter in text) + '"'


def format_comment(text: str) -> str:
    """Return text as a trailing comment, or nothing."""
    if not text:
        return ""
    printable = "".join(letter if letter.isprintable() else " " for letter in text)
    return f"  # {printable}"


def _escape(letter: str) -> str:
    if letter in '"\\':
        return "\\" + letter
    return letter if letter.isprintable() else f"\\U{ord(letter):08x}"
