"""Values as YAML text that YAML 1.1 and 1.2 read alike, and comments that stay on their line."""

from __future__ import annotations

import re
from typing import Any

from synth_expectations.policy.infer.model import TODO
from synth_expectations.redaction import replace_control_characters

_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*(/[A-Za-z0-9_.*=?-]+)*")
_NOT_TEXT = {"true", "false", "yes", "no", "y", "n", "on", "off", "null", "todo", "nan", "inf", ".nan", ".inf"}


def scalar(value: Any) -> str:
    """A value of a policy: text quoted where another reading is possible, lists and mappings on one line."""
    if value is TODO:
        return "TODO"
    if isinstance(value, bool | int | float):
        return str(value).lower()
    if isinstance(value, list | tuple):
        return f"[{', '.join(scalar(each) for each in value)}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{scalar(key)}: {scalar(each)}" for key, each in value.items()) + "}"
    text = str(value)
    if _PLAIN.fullmatch(text) and text.lower() not in _NOT_TEXT:
        return text
    return '"' + "".join(_escaped(each) for each in text) + '"'


def comment(text: str) -> str:
    """A comment behind a value, or nothing."""
    if not text:
        return ""
    return f"  # {replace_control_characters(text)}"


def _escaped(letter: str) -> str:
    if letter in '"\\':
        return "\\" + letter
    return letter if letter.isprintable() else f"\\U{ord(letter):08x}"
