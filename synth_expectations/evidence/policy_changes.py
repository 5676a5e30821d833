"""How two versions of a policy differ, in words: what an approver sees before they approve."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from synth_expectations.redaction import escape_invisible, mask_secrets

_MOST = 200
"""Lines that an approval holds; a policy that was written anew differs everywhere."""
_LONGEST = 100
"""Characters of a value."""
_ABSENT = object()


def describe_changes(before: bytes, after: bytes) -> tuple[str, ...]:
    """Return the differences of two policies, a line each, such as `retention.classes.testing.max: P90D → P900D`.

    Args:
        before: what the policy said, as `Policy.content` has it.
        after: what it says.
    """
    lines = list(_compare(json.loads(before), json.loads(after), ""))
    if len(lines) > _MOST:
        return (*lines[:_MOST], f"and {len(lines) - _MOST} more differences")
    return tuple(lines)


def _compare(before: Any, after: Any, address: str) -> Iterator[str]:
    if before == after and type(before) is type(after):
        return
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in sorted({*before, *after}):
            below = f"{address}.{key}" if address else str(key)
            yield from _compare(before.get(key, _ABSENT), after.get(key, _ABSENT), below)
    elif _is_flat_list(before) and _is_flat_list(after):
        added = [item for item in after if item not in before]
        removed = [item for item in before if item not in after]
        yield from (f"{address}: without {_format(item)}" for item in removed)
        yield from (f"{address}: with {_format(item)}" for item in added)
        if not added and not removed:
            yield f"{address}: in another order, or with repetitions"
    elif before is _ABSENT:
        yield f"{address}: added, {_format(after)}"
    elif after is _ABSENT:
        yield f"{address}: removed, was {_format(before)}"
    else:
        yield f"{address}: {_format(before)} → {_format(after)}"


def _is_flat_list(value: Any) -> bool:
    return isinstance(value, list) and not any(isinstance(item, list | dict) for item in value)


def _format(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
    text = escape_invisible(mask_secrets(text))
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
