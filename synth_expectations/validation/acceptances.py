"""What the policy accepts of a table that would else be errored, as compile writes it into the asset's metadata."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from synth_expectations.rules.as_of import current_as_of


def is_accepted(asset: Any, word: str) -> bool:
    """Return whether the policy accepts something of an asset on the day of as_of.

    Args:
        asset: of Great Expectations.
        word: a name of `rules.acceptances`.
    """
    metadata: Mapping[str, Any] = getattr(asset, "batch_metadata", None) or {}
    try:
        return date.fromisoformat(str(metadata.get(word))) >= current_as_of().date()
    except ValueError:
        return False
