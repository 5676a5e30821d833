"""The reference of policy.yml, made from its model: each key with its meaning, its default, an example and its guard.

Each example is compiled, and each wrong value is refused, when the page is made: the errors on it are the compiler's.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pydantic_core import PydanticUndefined, to_jsonable_python
from ruamel.yaml import YAML

from synth_expectations.policy import (
    anchors,
    completeness,
    data_source,
    gate_section,
    governance,
    notification,
    ownership,
    schedule,
    schema,
    table_entry,
    tuning,
    types,
)
from synth_expectations.policy.compile.compiler import compile_loaded
from synth_expectations.policy.errors import PolicyError
from synth_expectations.policy.load.loader import load_policy
from tools.docs.markdown import code, page, plain, table

_MODULES = (
    schema, anchors, completeness, data_source, gate_section, governance, notification, ownership, schedule, table_entry,
    tuning, types,
)  # fmt: skip
FILE = Path(__file__).parent / "policy_keys.yml"
NO_EXAMPLE = "without_example"
_PLAIN = re.compile(r"[A-Za-z][\w @/.-]*[\w*]")
_INTRODUCTION = """\
# policy.yml

This page documents every key, and is generated from the model that reads the policy. When it is generated, each example is
compiled, and each wrong value must be refused with the error shown. `compile` writes `policy.schema.json` next to the policy, so
that editors with support for YAML schemas can complete the keys. [The cookbook](cookbook.md) has complete policies.
"""


def pages() -> Iterator[tuple[str, str]]:
    """Yield the page by its path below docs."""
    yield "policy.md", page(_page())


def _page() -> Iterator[str]:
    document = read_keys()
    yield from _INTRODUCTION.splitlines()
    for section in document["sections"]:
        yield ""
        yield f"## {section['title']}"
        yield ""
        if about := section.get("about"):
            yield plain(about)
            yield ""
        rows = [
            (
                code(key),
                plain(describe(section, key)),
                _format_default(section["model"], key),
                code(f"{key}: {_format_value(entry['example'])}"),
                f"{code(_format_value(entry['wrong']))}: {plain(find_error(document, section, key))}",
            )
            for key, entry in section["keys"].items()
        ]
        yield from table(("key", "meaning", "default", "example", "refused"), rows)


def read_keys() -> dict[str, Any]:
    """Return what policy_keys.yml says."""
    document: dict[str, Any] = YAML(typ="safe").load(FILE)
    return document


def models() -> dict[str, Any]:
    """Return every model that a policy is read with, by name."""
    found = {}
    for module in _MODULES:
        for name, member in vars(module).items():
            if isinstance(member, type) and member.__module__ == module.__name__ and hasattr(member, "model_fields"):
                found[name] = member
    del found["ClosedModel"]
    return found


def keys_of(model: str) -> dict[str, Any]:
    """Return the fields of a model, by the key in the policy; of a model made from another, its own."""
    kind = models()[model]
    shared = {name for base in kind.__bases__ if base.__name__ in models() for name in base.model_fields}
    return {field.alias or name: field for name, field in kind.model_fields.items() if name not in shared}


def describe(section: dict[str, Any], key: str) -> str:
    """Return the meaning of a key: that of policy_keys.yml, or else the model's description."""
    return str(section["keys"][key].get("meaning") or keys_of(section["model"])[key].description)


def compile_example(document: dict[str, Any], section: dict[str, Any], key: str) -> list[str]:
    """Return what compile says to the example of a key; nothing if it compiles."""
    entry = section["keys"][key]
    return [] if NO_EXAMPLE in entry else _find_errors(_change(document, section, key, entry["example"]))


def find_error(document: dict[str, Any], section: dict[str, Any], key: str) -> str:
    """Return the sentence with which compile refuses the wrong value of a key.

    Raises:
        ValueError: it does not refuse it.
    """
    entry = section["keys"][key]
    said = _find_errors(_change(document, section, key, entry["wrong"], companions=False))
    if not said:
        raise ValueError(f"{section['title']}, {key}: {entry['wrong']!r} compiles")
    return said[0]


def _change(
    document: dict[str, Any], section: dict[str, Any], key: str, value: Any, *, companions: bool = True
) -> dict[str, Any]:
    """Return the base policy with one key of a section changed."""
    policy = YAML(typ="safe").load(document["base"])
    entry = section["keys"][key]
    _merge(policy, section.get("set") or {})
    _merge(policy, entry.get("set") or {})
    place = policy
    for part in entry.get("at", section["at"]):
        place = place[part] if isinstance(part, int) else place.setdefault(part, {})
    if companions:
        _merge(place, entry.get("with") or {})
    if _adds(section, value):
        _merge(place, {key: value})
    else:
        place[key] = copy.deepcopy(value)
    changed: dict[str, Any] = _without_none(policy)
    return changed


def _adds(section: dict[str, Any], value: Any) -> bool:
    """Return whether a value joins what is there: tables and other named parts of the whole policy."""
    return not section["at"] and isinstance(value, dict) and bool(value)


def _merge(into: dict[str, Any], above: dict[str, Any]) -> None:
    for key, value in above.items():
        if isinstance(value, dict) and isinstance(into.get(key), dict):
            _merge(into[key], value)
        else:
            into[key] = copy.deepcopy(value)


def _without_none(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_none(item) for key, item in value.items() if item is not None}
    return value


def _find_errors(policy: dict[str, Any]) -> list[str]:
    """Return what compile says to a policy, without file and line."""
    with TemporaryDirectory(prefix="synth_expectations_") as directory:
        file = Path(directory) / "great_expectations" / "policy.yml"
        file.parent.mkdir()
        file.write_text(json.dumps(policy), encoding="utf-8")  # JSON is YAML
        try:
            compile_loaded(load_policy(file))
        except PolicyError as error:
            return [f"{each.message} {each.hint}".strip().replace(directory, "…") for each in error.errors]
    return []


def _format_default(model: str, key: str) -> str:
    field = keys_of(model)[key]
    default = field.get_default(call_default_factory=True)
    if field.is_required() or default is PydanticUndefined:
        return "required"
    value = to_jsonable_python(default, exclude_none=True) if default is not None else None
    if model == "PolicyFile" and isinstance(value, dict):
        value = {name: item for name, item in value.items() if item} if key == "checkpoints" else None
    return code(_format_value(value)) if value not in (None, [], {}, "") else ""


def _format_value(value: Any) -> str:
    """Return a value as YAML on one line."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{name}: {_format_value(item)}' for name, item in value.items())}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_format_value, value))}]"
    if isinstance(value, str):
        is_plain = _PLAIN.fullmatch(value) and value not in {"true", "false", "yes", "no", "none"}
        return value if is_plain or value == "none" else json.dumps(value, ensure_ascii=False)
    return json.dumps(value)
