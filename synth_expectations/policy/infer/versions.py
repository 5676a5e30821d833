"""The form of version numbers, from their values: none of them appears in a proposal."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from synth_expectations.expectations.provenance.expect_synthetic_provenance_to_be_well_formed import VERSION_PATTERNS
from synth_expectations.policy.infer.model import VersionFormat

_ENOUGH = 0.9
"""The share of values that a form must have: some of the others are what the expectation is to find, such as `latest`."""
_MOST_SHAPES = 3
_LONGEST = 40


def guess_version_format(values: Sequence[object]) -> VersionFormat | None:
    """Return the form that nearly all of some versions have; None if they have none in common."""
    texts = [text for value in values if value is not None and (text := str(value).strip())]
    if not texts:
        return None
    for name, pattern in VERSION_PATTERNS.items():
        matching = sum(re.fullmatch(pattern, text) is not None for text in texts)
        is_number = name == "git" and all(map(str.isdecimal, texts))  # 20261101 is not a commit
        if matching >= _ENOUGH * len(texts) and not is_number:
            return VersionFormat(name, None, matching, len(texts))
    shapes = Counter(shape for text in texts if (shape := _find_shape(text)))
    common = [shape for shape, count in shapes.most_common(_MOST_SHAPES) if count > (1 - _ENOUGH) * len(texts)]
    matching = sum(shapes[shape] for shape in common)
    if not common or matching < _ENOUGH * len(texts):
        return None
    pattern = common[0] if len(common) == 1 else f"({'|'.join(sorted(common))})"
    return VersionFormat("regex", pattern, matching, len(texts))


def _find_shape(text: str) -> str | None:
    """Return the pattern of a text that holds a number: `v2` is `v[0-9]+`, and a name is `[A-Za-z]+`; None for a word."""
    if len(text) > _LONGEST or not re.fullmatch(r"[0-9A-Za-z._+ -]*[0-9][0-9A-Za-z._+ -]*", text):
        return None
    shape = ""
    for part in re.findall(r"[0-9]+|[A-Za-z]+|.", text):
        if part.isdigit():
            shape += "[0-9]+"
        elif part.isalpha():
            shape += part if part in {"v", "V"} else "[A-Za-z]+"
        else:
            shape += f"[{part}]" if part in ".+-" else part
    return shape
