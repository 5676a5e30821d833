"""Which values may be shown: codes such as `model_training`, and what markers say; never what people write."""

from __future__ import annotations

import math
import re
from decimal import Decimal
from typing import Any

from synth_expectations.expectations.signatures import read_list
from synth_expectations.policy.infer import names
from synth_expectations.policy.infer.model import ColumnProfile


def to_policy_value(value: Any) -> Any:
    """A value as a policy writes it: 1.0 is 1."""
    if isinstance(value, Decimal | float) and math.isfinite(value) and value == int(value):
        return int(value)
    return value


def classify_marker_value(value: Any) -> str | None:
    """What a value of a marker means: synthetic, real, partial or masked; None if nobody knows."""
    text = str(to_policy_value(value)).strip().lower()
    return next((kind for kind, values in names.load_data()["marker_values"].items() if text in values), None)


def is_code(value: Any) -> bool:
    """Whether a value reads like a code: `model_training`, `CTGAN v2`, but no address, number or sentence."""
    if not isinstance(value, str) or len(value.strip()) > 40 or re.search(r"[0-9]{5}", value):
        return False
    return bool(re.fullmatch(r"[A-Za-z][\w.+/-]*( [\w.+/-]+){0,2}", value.strip()))


def may_be_kept(value: Any) -> bool:
    """Whether a value may leave the engine."""
    return is_code(value) or classify_marker_value(value) is not None


def find_codes(column: ColumnProfile) -> tuple[tuple[str, int], ...]:
    """The codes of a column that say something, with counts: no `unknown`, no `n/a`."""
    unknown = set(read_list("placeholders")) - {"test", "default"}
    counts: dict[str, int] = {}
    for value, number in column.values or ():
        if is_code(value) and value.strip().lower() not in unknown:
            counts[value.strip()] = counts.get(value.strip(), 0) + number
    return tuple(counts.items())
