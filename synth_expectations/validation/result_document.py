"""The result of a validation in the form in which Great Expectations stores it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

NO_EXCEPTION: Mapping[str, Any] = {
    "raised_exception": False,
    "exception_traceback": None,
    "exception_message": None,
}


def describe_expectation(stored: Mapping[str, Any], batch_id: str) -> dict[str, Any]:
    """Return the configuration of an expectation as its result repeats it.

    Args:
        stored: the expectation as it lies in its suite.
        batch_id: of the records.
    """
    optional = {name: stored.get(name) for name in ("id", "notes", "description")}
    return {
        "kwargs": {**stored["kwargs"], "batch_id": batch_id},
        "meta": stored.get("meta") or {},
        "severity": stored.get("severity", "critical"),
        "type": stored["type"],
        **{name: value for name, value in optional.items() if value is not None},
    }


def count_successes(successes: Iterable[bool]) -> dict[str, Any]:
    """Return the statistics of a validation.

    Args:
        successes: whether each expectation holds; at least one.
    """
    known = list(successes)
    held = sum(known)
    return {
        "evaluated_expectations": len(known),
        "successful_expectations": held,
        "unsuccessful_expectations": len(known) - held,
        "success_percent": 100 * held / len(known),
    }


def format_document(results: Iterable[Mapping[str, Any]], head: Mapping[str, Any]) -> str:
    """Return the text of a result: JSON, an expectation a line.

    Great Expectations copies a result a dozen times before it writes it, which for small tables takes longer than their
    queries. The result of a plain expectation needs none of that: all of it is JSON already.

    Args:
        results: of the expectations, in the order of their suite.
        head: what is said of all of them.
    """
    lines = ",\n".join(json.dumps(result, sort_keys=True) for result in results)
    return f'{{"results": [\n{lines}\n],\n{json.dumps(head, sort_keys=True)[1:]}\n'
