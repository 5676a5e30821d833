"""How long a query on an asset may take, as compile writes the policy's `timeout` into its metadata."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from synth_expectations.errors import ConditionError
from synth_expectations.rules.time_limit import TIMEOUT, TimeLimit


def read_time_limit(asset: Any) -> TimeLimit | None:
    """Return the limit of the queries on an asset; None if they may take any time.

    Args:
        asset: of Great Expectations; None if a batch has none.

    Raises:
        ConditionError: it is not a duration.
    """
    metadata: Mapping[str, Any] = getattr(asset, "batch_metadata", None) or {}
    if TIMEOUT not in metadata:
        return None
    try:
        return TimeLimit.parse(str(metadata[TIMEOUT]))
    except ValueError as error:
        hint = f"Correct {TIMEOUT} in batch_metadata of the asset, or compile the policy."
        raise ConditionError(f"{asset.name}: {error}.", hint) from None
