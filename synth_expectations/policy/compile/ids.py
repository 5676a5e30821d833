"""Ids that are the same on every machine: Great Expectations stores everything under a UUID."""

from __future__ import annotations

import uuid

_NAMESPACE = uuid.UUID("6c0cf6a0-5d0b-5b0e-9d5f-1f7d5a4f0c11")


def stable_id(*parts: str) -> str:
    """Return the id of something, such as `suite`, `contact`."""
    return str(uuid.uuid5(_NAMESPACE, "/".join(parts)))
