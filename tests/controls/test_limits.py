"""Conditions on effective parameters."""

from __future__ import annotations

from typing import Any

import pytest

from synth_expectations.controls.limits import Limit, find_loose_parameters


@pytest.mark.parametrize(
    ("limit", "value", "holds"),
    [
        ({"eq": 1}, 1.0, True),
        ({"eq": 1}, 0.999, False),
        ({"eq": 1}, True, False),
        ({"eq": True}, True, True),
        ({"eq": True}, 1, False),
        ({"eq": "semver"}, "semver", True),
        ({"eq": "semver"}, None, False),
        ({"min": 0.001}, 0.01, True),
        ({"min": 0.001}, 0.0001, False),
        ({"min": 0}, None, False),
        ({"max": 5}, 5, True),
        ({"max": 5}, 6, False),
        ({"max": 5}, "5", False),
        ({"max": 5}, True, False),
        ({"min": 1, "max": 5}, 3, True),
        ({"min": 1, "max": 5}, 0, False),
        ({"max_duration": "PT1H"}, "PT60M", True),
        ({"max_duration": "PT1H"}, "PT61M", False),
        ({"max_duration": "PT1H"}, "soon", False),
        ({"max_duration": "PT1H"}, 5, False),
        ({"max_duration": "PT1H"}, None, False),
        # A month has 28 to 31 days: only what holds from every start does.
        ({"max_duration": "P1M"}, "P28D", True),
        ({"max_duration": "P1M"}, "P30D", False),
        ({"max_duration": "P31D"}, "P1M", True),
        ({"min_duration": "P6M"}, "P184D", True),
        ({"min_duration": "P6M"}, "P183D", False),
        ({"min_duration": "P10Y"}, "P3652D", False),
        ({"min_duration": "P10Y"}, "P9999Y", True),
        # Of several durations, each.
        ({"min_duration": "P6M"}, {"testing": "P6M", "training": "P10Y"}, True),
        ({"min_duration": "P6M"}, {"testing": "P90D", "training": "P10Y"}, False),
        ({"min_duration": "P6M"}, {}, False),
        ({"max_duration": "P1Y"}, ["P90D", "P2Y"], False),
        ({"given": True}, "people", True),
        ({"given": True}, 0, True),
        ({"given": True}, False, True),
        ({"given": True}, "", False),
        ({"given": True}, [], False),
        ({"given": True}, None, False),
    ],
)
def test_holds(limit: dict[str, Any], value: Any, holds: bool) -> None:
    assert Limit.model_validate(limit).holds(value) is holds


def test_what_is_broken_is_named_with_its_value() -> None:
    limits = {
        "mostly": Limit(eq=1),
        "people": Limit(given=True),
        "min_ages": Limit(min_duration="P6M"),
        "max_batch": Limit(min=1, max=5),
        "clock_skew": Limit(max_duration="PT1H"),
    }
    parameters = {"mostly": 0.9, "people": None, "min_ages": {"testing": "P90D"}, "max_batch": 50, "clock_skew": "PT5M"}
    assert list(find_loose_parameters(limits, parameters)) == [
        "mostly is 0.9; evidence needs: mostly is 1",
        "people is not set; evidence needs: people is given",
        "min_ages is testing P90D; evidence needs: min_ages is at least P6M",
        "max_batch is 50; evidence needs: max_batch is at least 1 and is at most 5",
    ]
