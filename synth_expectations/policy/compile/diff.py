"""What compiling changes, in words."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Documents = Mapping[str, Mapping[str, Any]]
"""Documents by name."""


@dataclass(frozen=True)
class CompiledState:
    """The compiled files that people read about."""

    suites: Documents = field(default_factory=dict)
    checkpoints: Documents = field(default_factory=dict)
    data_sources: Documents = field(default_factory=dict)
    definitions: Documents = field(default_factory=dict)


def changes(before: CompiledState, after: CompiledState) -> Iterator[str]:
    """Yield each expectation, table and checkpoint that is added, removed or changed."""
    yield from _suite_changes(before.suites, after.suites)
    yield from _data_source_changes(before.data_sources, after.data_sources)
    yield from _definition_changes(before.definitions, after.definitions)
    yield from _checkpoint_changes(before.checkpoints, after.checkpoints)


def _suite_changes(before: Documents, after: Documents) -> Iterator[str]:
    for suite in sorted(before.keys() | after.keys()):
        if suite in before and suite in after:
            for difference in _named_differences(_compiled(before[suite]), _compiled(after[suite])):
                yield f"{suite}: ~ {difference}"
        old, new = _by_id(before.get(suite)), _by_id(after.get(suite))
        for key in sorted(old.keys() | new.keys(), key=lambda key: (_type((new or old).get(key) or old[key]), key)):
            if key not in old:
                because = _compiled(new[key]).get("because")
                yield f"{suite}: + {_type(new[key])}" + (f" ({because})" if because else "")
            elif key not in new:
                yield f"{suite}: - {_type(old[key])}"
            else:
                for difference in _differences(old[key], new[key]):
                    yield f"{suite}: ~ {_type(new[key])} {difference}"


_CONNECTION = "connection_string"


def _data_source_changes(before: Documents, after: Documents) -> Iterator[str]:
    """Yield where tables are read differently; the suites say what a batch is."""
    for name in sorted(before.keys() & after.keys()):
        old, new = before[name], after[name]
        for difference in _named_differences(old, new, without={"assets", "id", _CONNECTION}):
            yield f"data source {name}: ~ {difference}"
        if old.get(_CONNECTION) != new.get(_CONNECTION):
            yield f"data source {name}: ~ its connection changed"  # a borrowed one may hold a password
        was, now = old.get("assets") or {}, new.get("assets") or {}
        for asset in sorted(was.keys() & now.keys()):
            for difference in _named_differences(was[asset], now[asset], without={"batch_definitions", "id", "where"}):
                yield f"{asset}: ~ {difference}"


def _definition_changes(before: Documents, after: Documents) -> Iterator[str]:
    """Yield the tables that another data source reads now."""
    for name in sorted(before.keys() & after.keys()):
        was, now = _source(before[name]), _source(after[name])
        if was and was != now:
            yield f"{name}: ~ data source: {was} -> {now}"


def _source(definition: Mapping[str, Any]) -> str:
    """Return the data source of a validation definition, which may have been edited by hand."""
    try:
        return str(definition["data"]["datasource"]["name"])
    except (KeyError, TypeError):
        return ""


def _checkpoint_changes(before: Documents, after: Documents) -> Iterator[str]:
    for name in sorted(before.keys() | after.keys()):
        if name not in before or name not in after:
            yield f"checkpoint {name}: {'+' if name in after else '-'}"
            continue
        for difference in _named_differences(_checkpoint_parts(before[name]), _checkpoint_parts(after[name])):
            yield f"checkpoint {name}: ~ {difference}"


def _checkpoint_parts(document: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "suites": [entry.get("name") for entry in _list_mappings(document, "validation_definitions")],
        "fail_on": next(
            (action["fail_on"] for action in _list_mappings(document, "actions") if "fail_on" in action), None
        ),
    }


def _list_mappings(document: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """Return the mappings of a list of a document, which may have been edited by hand."""
    entries = document.get(name)
    return [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []


def _named_differences(
    old: Mapping[str, Any], new: Mapping[str, Any], without: frozenset[str] | set[str] = frozenset()
) -> Iterator[str]:
    for name in sorted((old.keys() | new.keys()) - without):
        if (old.get(name) or None) != (new.get(name) or None):
            yield f"{name}: {_difference(old.get(name), new.get(name))}"


def _differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    if old.get("severity") != new.get("severity"):
        yield f"severity: {old.get('severity')} -> {new.get('severity')}"
    was, now = _compiled(old), _compiled(new)
    before, after = _read_arguments(old), _read_arguments(new)
    has_difference = False
    for name in sorted(before.keys() | after.keys()):
        if before.get(name) != after.get(name):
            has_difference = True
            yield f"{name}: {_difference(before.get(name), after.get(name))}"
    condition, condition_before = new["kwargs"].get("row_condition"), old["kwargs"].get("row_condition")
    if "row_condition" not in after and condition_before != condition:
        yield f"row_condition: {_format_value(condition_before)} -> {_format_value(condition)}"
    if was.get("rules_sha256") != now.get("rules_sha256") and not has_difference:
        yield f"its rules changed ({was.get('revision')} -> {now.get('revision')})"
    elif was.get("revision") != now.get("revision"):
        yield f"compiled by {now.get('revision')}, was {was.get('revision')}"


def _read_arguments(expectation: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the arguments of an expectation with their defaults, or those that it was written with."""
    effective = _compiled(expectation).get("effective")
    return effective if effective and isinstance(effective, dict) else expectation["kwargs"]


def _difference(old: Any, new: Any) -> str:
    if isinstance(old, list) and isinstance(new, list):
        added = [f"{_format_value(item)} added" for item in new if item not in old]
        removed = [f"{_format_value(item)} removed" for item in old if item not in new]
        if added or removed:
            return ", ".join(added + removed)
    if isinstance(old, dict) and isinstance(new, dict):
        names = sorted(old.keys() | new.keys())
        return ", ".join(
            f"{name} {_format_value(old.get(name))} -> {_format_value(new.get(name))}"
            for name in names
            if old.get(name) != new.get(name)
        )
    return f"{_format_value(old)} -> {_format_value(new)}"


def _by_id(suite: Mapping[str, Any] | None) -> dict[str, Mapping[str, Any]]:
    return {
        str(expectation.get("id") or number): expectation
        for number, expectation in enumerate((suite or {}).get("expectations", ()))
    }


def _type(expectation: Mapping[str, Any]) -> str:
    return str(expectation["type"])


def _compiled(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what `compile` wrote about a suite or an expectation."""
    meta = document.get("meta")
    found = meta.get("synth") if isinstance(meta, dict) else None
    return found if isinstance(found, dict) else {}


def _format_value(value: Any) -> str:
    return (
        "none"
        if value is None or value == ""
        else value
        if isinstance(value, str)
        else json.dumps(value, ensure_ascii=False)
    )
