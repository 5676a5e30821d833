"""Files on object stores, through fsspec: `s3://`, `gs://`, `az://`, and whatever else it has a file system for.

DuckDB reads them through the file system, which is registered on its connection: its own extension would have to be
downloaded. Credentials are those that the file system finds by itself: in the environment, or where its cloud keeps them.
"""

from __future__ import annotations

import glob as globbing
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import IO, Any, Protocol

import fsspec
from fsspec.registry import known_implementations

from synth_expectations.gx.datasources.unreadable_table import UnreadableTableError
from synth_expectations.redaction import format_error, mask_credentials, mask_values

_ADDRESS = re.compile(r"^([A-Za-z][A-Za-z0-9+.-]+)://")
_PACKAGES = {
    **dict.fromkeys(("s3", "s3a"), "s3fs"),
    **dict.fromkeys(("gs", "gcs"), "gcsfs"),
    **dict.fromkeys(("az", "abfs", "abfss"), "adlfs"),
}


class Registering(Protocol):
    """A connection of DuckDB."""

    def list_filesystems(self) -> list[str]:
        """The names of those that are registered: the first of their protocols."""

    def register_filesystem(self, filesystem: Any) -> None:
        """Let paths of its protocol be read through a file system."""


def is_address(text: str) -> bool:
    """Whether a text is an address, such as `s3://bucket/extracts`, and no path of this machine."""
    return bool(_ADDRESS.match(text))


def filesystem(address: str) -> Any:
    """The file system of an address.

    Raises:
        UnreadableTableError: fsspec knows none, or its package is not installed.
    """
    match = _ADDRESS.match(address)
    assert match is not None
    protocol = match[1].lower()
    try:
        return fsspec.filesystem(protocol)
    except ImportError:
        package = _PACKAGES.get(protocol)
        said = known_implementations.get(protocol, {}).get("err", "")
        raise UnreadableTableError(
            f"{mask_credentials(address)} cannot be read: the package for {protocol}:// is not installed.",
            f"pip install {package}" if package else said,
        ) from None
    except ValueError:
        known = "s3, gs, az, abfs"
        raise UnreadableTableError(
            f"{mask_credentials(address)} cannot be read: fsspec knows no {protocol}://.",
            f"It knows {known}, among others.",
        ) from None
    except Exception as error:  # noqa: BLE001 - each has its own errors, of credentials above all
        raise _unreachable(address, error) from None


def matching(base: str, pattern: str) -> set[str]:
    """The addresses of files that match a pattern below an address; asked anew each time.

    Raises:
        UnreadableTableError: the store does not answer, or does not let us.
    """
    # only the pattern is one: brackets in the base are brackets
    whole = pattern if is_address(pattern) else f"{_escaped(base.rstrip('/'))}/{pattern}"
    files = filesystem(whole)
    try:
        files.invalidate_cache()
        found = files.glob(files._strip_protocol(whole), detail=True)
    except FileNotFoundError:
        return set()
    except Exception as error:  # noqa: BLE001 - each has its own errors
        raise _unreachable(whole, error) from None
    return {str(files.unstrip_protocol(name)) for name, about in found.items() if about["type"] == "file"}


def unread_directories(address: str, read: Iterable[str]) -> list[str]:
    """The names of the directories right below an address of which no file is read; none where it cannot be listed.

    One listing: whole buckets are not walked through.
    """
    files = filesystem(address)
    base = files._strip_protocol(address).rstrip("/") + "/"
    known = {files._strip_protocol(each).removeprefix(base).partition("/")[0] for each in read}
    try:
        listed = files.ls(base, detail=True)
    except Exception:  # noqa: BLE001 - what is wrong with it is said where its files are read
        return []
    names = {each["name"].rstrip("/").rpartition("/")[2] for each in listed if each["type"] == "directory"}
    return sorted(names - known)


def register(connection: Registering, files: Iterable[str]) -> None:
    """Let a connection read files on object stores; others need nothing."""
    for protocol in sorted({match[1] for match in map(_ADDRESS.match, files) if match}):
        known = filesystem(f"{protocol}://")
        names = {known.protocol} if isinstance(known.protocol, str) else set(known.protocol)
        if names.isdisjoint(connection.list_filesystems()):
            connection.register_filesystem(known)


@contextmanager
def opened(file: str) -> Iterator[str | IO[bytes]]:
    """A file to be read: its path, or on an object store its bytes."""
    if not is_address(file):
        yield file
        return
    with filesystem(file).open(file, "rb") as read:
        yield read


def _escaped(address: str) -> str:
    protocol, separator, rest = address.partition("://")
    return f"{protocol}{separator}{globbing.escape(rest)}"


def _unreachable(address: str, error: Exception) -> UnreadableTableError:
    said = mask_values(format_error(error)).rstrip(".")
    return UnreadableTableError(
        f"{mask_credentials(address)} cannot be read: {said}.",
        "Check the address, the credentials in the environment, and that the store can be reached.",
    )
