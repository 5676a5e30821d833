"""Values that may be shown: codes such as `model_training` and marker values, but no free text."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from synth_expectations.expectations.signatures import read_list
from synth_expectations.policy.infer import names
from synth_expectations.policy.infer.model import ColumnProfile


def to_policy_value(value: Any) -> Any:
    """Return a value as a policy writes it: 1 for 1.0."""
    if isinstance(value, Decimal | float) and math.isfinite(value) and value == int(value):
        return int(value)
    return value


def classify_marker_value(value: Any) -> str | None:
    """Return what a marker value means: synthetic, real, partial or masked; None if it is unknown."""
    text = str(to_policy_value(value)).strip().lower()
    if text in names.MARKER_VALUES - {"real"}:
        return "synthetic"
    return next((kind for kind, values in names.load_data()["marker_values"].items() if text in values), None)


def is_code(value: Any) -> bool:
    """Return whether a value reads like a code: `model_training` or `CTGAN v2`, but no address, number or sentence."""
    if not isinstance(value, str) or len(value.strip()) > 40 or re.search(r"[0-9]{5}", value):
        return False
    return bool(re.fullmatch(r"[A-Za-z][\w.+/-]*( [\w.+/-]+){0,2}", value.strip()))


def may_be_kept(value: Any) -> bool:
    """Return whether a value may leave the engine."""
    return is_code(value) or classify_marker_value(value) is not None


def find_codes(column: ColumnProfile) -> tuple[tuple[str, int], ...]:
    """Return the codes of a column with their counts, without placeholders such as `unknown` and `n/a`."""
    unknown = set(read_list("placeholders")) - {"test", "default"}
    counts: dict[str, int] = {}
    for value, number in column.values or ():
        if is_code(value) and value.strip().lower() not in unknown:
            counts[value.strip()] = counts.get(value.strip(), 0) + number
    return tuple(counts.items())


def add_counts(seen: Iterable[Iterable[tuple[str, int]]]) -> dict[str, int]:
    """Return the values of several tables with their counts added up."""
    added: dict[str, int] = {}
    for pairs in seen:
        for value, n in pairs:
            added[value] = added.get(value, 0) + n
    return added
