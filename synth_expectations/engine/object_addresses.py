"""Addresses of object stores, and the packages that open them."""

from __future__ import annotations

import re

ADDRESS = re.compile(r"^([A-Za-z][A-Za-z0-9+.-]+)://")
PACKAGES = {
    **dict.fromkeys(("s3", "s3a"), "s3fs"),
    **dict.fromkeys(("gs", "gcs"), "gcsfs"),
    **dict.fromkeys(("az", "abfs", "abfss"), "adlfs"),
}
"""The package of fsspec for each protocol."""


def is_address(text: str) -> bool:
    """Return whether a text is an address, such as `s3://bucket/extracts`, and not a local path."""
    return bool(ADDRESS.match(text))
