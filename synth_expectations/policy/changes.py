"""What compiling changes, in words."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

Suites = Mapping[str, Mapping[str, Any]]
"""Suite files by name."""


def changes(before: Suites, after: Suites) -> Iterator[str]:
    """Each expectation that comes, goes or differs, by suite."""
    for suite in sorted(before.keys() | after.keys()):
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


def _compiled(expectation: Mapping[str, Any]) -> Mapping[str, Any]:
    meta = expectation.get("meta")
    found = meta.get("synth") if isinstance(meta, dict) else None
    return found if isinstance(found, dict) else {}


def _shown(value: Any) -> str:
    return "none" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
