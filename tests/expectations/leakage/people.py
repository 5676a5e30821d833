"""Buyers as a shop's table has them, and generators of more: fair ones, and one that copies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from synth_expectations.rules.samples import SampledRows

Buyer = tuple[Any, ...]

COLUMNS = {"id": "text", "is_synthetic": "text", "spend": "float", "age": "integer", "visits": "integer"}
COLUMNS |= {"segment": "text", "region": "text"}
NUMERIC, CATEGORICAL = ("spend", "age", "visits"), ("segment", "region")


def buyers(lot: np.random.Generator, count: int) -> list[Buyer]:
    """Spend, age, visits, segment and region; of one distribution, so also what a fair generator makes."""
    spend, age = lot.lognormal(4, 1, count).round(2), lot.normal(45, 15, count).clip(18, 90).round()
    visits, segment = lot.poisson(6, count), lot.choice(list("abcd"), count, p=[0.4, 0.3, 0.2, 0.1])
    region = lot.choice([f"r{number}" for number in range(12)], count)
    columns = zip(spend, age, visits, segment, region, strict=True)
    return [(float(a), int(b), int(c), str(d), str(e)) for a, b, c, d, e in columns]


def planted(synthetic: list[Buyer], training: list[Buyer], copies: int) -> list[Buyer]:
    """The synthetic buyers, the first so many of them replaced by training ones, verbatim."""
    return [*training[:copies], *synthetic[copies:]]


def rows(prefix: str, people: list[Buyer], marker: str | None = None) -> list[dict[str, Any]]:
    """As a table's rows, with keys."""
    names = (*NUMERIC, *CATEGORICAL)
    return [
        {"id": f"{prefix}{number}", "is_synthetic": marker, **dict(zip(names, person, strict=True))}
        for number, person in enumerate(people)
    ]


def shared_values(
    synthetic: Sequence[tuple[Any, ...]], training: Sequence[Buyer], holdout: Sequence[Buyer]
) -> SampledRows:
    """What the engine finds in all records: of each combination of values, the smallest key and how many have it.

    Synthetic rows begin with their key.
    """
    records, of_training, of_holdout = Counter(row[1:] for row in synthetic), Counter(training), Counter(holdout)
    keys = {row[1:]: row[0] for row in sorted(synthetic, reverse=True)}
    both = [
        (keys[values], count, of_training[values], of_holdout[values])
        for values, count in records.items()
        if of_training[values] or of_holdout[values]
    ]
    return SampledRows(both, len(both))
