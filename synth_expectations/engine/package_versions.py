"""The versions of installed packages."""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError, version


@cache
def read_version(package: str) -> str | None:
    """Return the version of a package, None if it is not installed; each run asks several times for all that counts."""
    try:
        return version(package)
    except PackageNotFoundError:
        return None
