"""What compiling changes, in words."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Named = Mapping[str, Mapping[str, Any]]
"""Documents by name."""


@dataclass(frozen=True)
class State:
    """What is compiled, as far as people read it."""

    suites: Named = field(default_factory=dict)
    checkpoints: Named = field(default_factory=dict)
    data_sources: Named = field(default_factory=dict)
    definitions: Named = field(default_factory=dict)


def changes(before: State, after: State) -> Iterator[str]:
    """Each expectation, table and checkpoint that comes, goes or differs."""
    yield from _of_suites(before.suites, after.suites)
    yield from _of_data_sources(before.data_sources, after.data_sources)
    yield from _of_definitions(before.definitions, after.definitions)
    yield from _of_checkpoints(before.checkpoints, after.checkpoints)


def _of_suites(before: Named, after: Named) -> Iterator[str]:
    for suite in sorted(before.keys() | after.keys()):
        if suite in before and suite in after:
            for said in _named_differences(_compiled(before[suite]), _compiled(after[suite])):
                yield f"{suite}: ~ {said}"
        old, new = _by_id(before.get(suite)), _by_id(after.get(suite))
        for each in sorted(
            old.keys() | new.keys(), key=lambda each: (_type((new or old).get(each) or old[each]), each)
        ):
            if each not in old:
                because = _compiled(new[each]).get("because")
                yield f"{suite}: + {_type(new[each])}" + (f" ({because})" if because else "")
            elif each not in new:
                yield f"{suite}: - {_type(old[each])}"
            else:
                for said in _differences(old[each], new[each]):
                    yield f"{suite}: ~ {_type(new[each])} {said}"


_CONNECTION = "connection_string"


def _of_data_sources(before: Named, after: Named) -> Iterator[str]:
    """Where tables are read otherwise; what batches are, the suites say."""
    for name in sorted(before.keys() & after.keys()):
        old, new = before[name], after[name]
        for said in _named_differences(old, new, without={"assets", "id", _CONNECTION}):
            yield f"data source {name}: ~ {said}"
        if old.get(_CONNECTION) != new.get(_CONNECTION):
            yield f"data source {name}: ~ its connection changed"  # a borrowed one may hold a password
        was, now = old.get("assets") or {}, new.get("assets") or {}
        for asset in sorted(was.keys() & now.keys()):
            for said in _named_differences(was[asset], now[asset], without={"batch_definitions", "id", "where"}):
                yield f"{asset}: ~ {said}"


def _of_definitions(before: Named, after: Named) -> Iterator[str]:
    """Tables that another data source reads."""
    for name in sorted(before.keys() & after.keys()):
        was, now = _source(before[name]), _source(after[name])
        if was and was != now:
            yield f"{name}: ~ data source: {was} -> {now}"


def _source(definition: Mapping[str, Any]) -> str:
    """Of a validation definition; it may have been edited by hand."""
    try:
        return str(definition["data"]["datasource"]["name"])
    except (KeyError, TypeError):
        return ""


def _of_checkpoints(before: Named, after: Named) -> Iterator[str]:
    for name in sorted(before.keys() | after.keys()):
        if name not in before or name not in after:
            yield f"checkpoint {name}: {'+' if name in after else '-'}"
            continue
        for said in _named_differences(_about_checkpoint(before[name]), _about_checkpoint(after[name])):
            yield f"checkpoint {name}: ~ {said}"


def _about_checkpoint(document: Mapping[str, Any]) -> dict[str, Any]:
    definitions, actions = document.get("validation_definitions"), document.get("actions")
    return {
        "suites": [each.get("name") for each in definitions or () if isinstance(each, dict)],
        "fail_on": next(
            (each.get("fail_on") for each in actions or () if isinstance(each, dict) and "fail_on" in each), None
        ),
    }


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
    before = was.get("effective") or old["kwargs"]
    after = now.get("effective") or new["kwargs"]
    said = False
    for name in sorted(before.keys() | after.keys()):
        if before.get(name) != after.get(name):
            said = True
            yield f"{name}: {_difference(before.get(name), after.get(name))}"
    for name in ("row_condition",):
        if name not in after and old["kwargs"].get(name) != new["kwargs"].get(name):
            yield f"{name}: {_shown(old['kwargs'].get(name))} -> {_shown(new['kwargs'].get(name))}"
    if was.get("rules_sha256") != now.get("rules_sha256") and not said:
        yield f"its rules changed ({was.get('revision')} -> {now.get('revision')})"
    elif was.get("revision") != now.get("revision"):
        yield f"compiled by {now.get('revision')}, was {was.get('revision')}"


def _difference(old: Any, new: Any) -> str:
    if isinstance(old, list) and isinstance(new, list):
        added = [f"{_shown(each)} added" for each in new if each not in old]
        removed = [f"{_shown(each)} removed" for each in old if each not in new]
        if added or removed:
            return ", ".join(added + removed)
    if isinstance(old, dict) and isinstance(new, dict):
        names = sorted(old.keys() | new.keys())
        return ", ".join(
            f"{name} {_shown(old.get(name))} -> {_shown(new.get(name))}"
            for name in names
            if old.get(name) != new.get(name)
        )
    return f"{_shown(old)} -> {_shown(new)}"


def _by_id(suite: Mapping[str, Any] | None) -> dict[str, Mapping[str, Any]]:
    return {each.get("id") or str(number): each for number, each in enumerate((suite or {}).get("expectations", ()))}


def _type(expectation: Mapping[str, Any]) -> str:
    return str(expectation["type"])


def _compiled(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """What compile wrote of a suite or an expectation."""
    meta = document.get("meta")
    found = meta.get("synth") if isinstance(meta, dict) else None
    return found if isinstance(found, dict) else {}


def _shown(value: Any) -> str:
    return (
        "none"
        if value is None or value == ""
        else value
        if isinstance(value, str)
        else json.dumps(value, ensure_ascii=False)
    )
