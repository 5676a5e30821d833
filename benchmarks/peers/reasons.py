"""Why a peer is ahead of this package where it is: found with a profile, and said in the table only where it is so."""

from __future__ import annotations

REASONS: dict[str, str] = {}
"""By peer."""
