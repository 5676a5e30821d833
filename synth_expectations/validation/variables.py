"""Variables in the settings of a project, substituted as Great Expectations does: `${NAME}` and `$NAME`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from synth_expectations.validation.unusual_project import UnusualProjectError

_VARIABLE = re.compile(r"(?<!\\)\$\{(.*?)\}|(?<!\\)\$([_a-zA-Z][_a-zA-Z0-9]*)")
"""As in `great_expectations.core.config_substitutor` (seen in 1.24.1)."""


def has_variable(text: str) -> bool:
    """Return whether a text has a variable."""
    return _VARIABLE.search(text) is not None


def substitute(text: str, variables: Mapping[str, Any]) -> Any:
    r"""Return a text with its variables substituted; `\$` is a dollar sign.

    Args:
        text: what is not text is returned as it is.
        variables: by name; a value that is not text replaces the whole text.

    Raises:
        UnusualProjectError: a variable is not set, or the value lies in a store of secrets.
    """
    if not isinstance(text, str):
        return text
    for match in _VARIABLE.finditer(text):
        name = match.group(1) or match.group(2)
        value = variables.get(name)
        if value is None:
            raise UnusualProjectError(f"the variable {name} is not set")
        if not isinstance(value, str):
            return value
        text = text.replace(match.group(), value)
    text = text.replace(r"\$", "$")
    if text.startswith("secret|"):
        raise UnusualProjectError("a value lies in a store of secrets")
    return text


def substitute_all(value: Any, variables: Mapping[str, Any]) -> Any:
    """Return mappings and lists with the variables of each text substituted.

    Raises:
        UnusualProjectError: see `substitute`.
    """
    if isinstance(value, dict):
        return {key: substitute_all(part, variables) for key, part in value.items()}
    if isinstance(value, list):
        return [substitute_all(part, variables) for part in value]
    return substitute(value, variables)
