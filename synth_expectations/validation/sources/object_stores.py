"""Files on object stores, through fsspec: `s3://`, `gs://`, `az://`, and every other file system of fsspec.

DuckDB reads them through the file system, which is registered on its connection: its own extension would have to be
downloaded. The file system finds its credentials itself: in the environment, or where its cloud keeps them.
"""

from __future__ import annotations

import glob as globbing
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import IO, Any, Protocol

from synth_expectations.engine.object_addresses import ADDRESS, PACKAGES, is_address
from synth_expectations.redaction import format_error, mask_credentials, mask_values, note_address, note_options
from synth_expectations.validation.sources.file_listing import is_hidden, split_glob
from synth_expectations.validation.sources.file_set import FileState, FoundFile
from synth_expectations.validation.sources.table_formats import find_format, format_error_of
from synth_expectations.validation.sources.unreadable_table import UnreadableTableError


class Registering(Protocol):
    """A DuckDB connection."""

    def list_filesystems(self) -> list[str]:
        """Return the registered file systems, each by its first protocol."""

    def register_filesystem(self, filesystem: Any) -> None:
        """Read paths of a protocol through a file system."""


def find_filesystem(address: str) -> Any:
    """Return the file system of an address.

    Raises:
        UnreadableTableError: fsspec knows none, or its package is not installed.
    """
    import fsspec
    from fsspec.registry import known_implementations

    match = ADDRESS.match(address)
    assert match is not None
    protocol = match[1].lower()
    note_address(address)
    note_options(fsspec.config.conf)
    try:
        return fsspec.filesystem(protocol)
    except ImportError:
        package = PACKAGES.get(protocol)
        hint = known_implementations.get(protocol, {}).get("err", "")
        raise UnreadableTableError(
            f"{mask_credentials(address)} cannot be read: the package for {protocol}:// is not installed.",
            f"pip install {package}" if package else hint,
        ) from None
    except ValueError:
        examples = "s3, gs, az, abfs"
        raise UnreadableTableError(
            f"{mask_credentials(address)} cannot be read: fsspec knows no {protocol}://.",
            f"It knows {examples}, among others.",
        ) from None
    except Exception as error:  # noqa: BLE001 - each has its own errors, of credentials above all
        raise build_unreachable_error(address, error) from None


def find_files(table: str, base: str, pattern: str) -> list[FoundFile]:
    """Return the files that match a pattern below an address; nothing is cached.

    Args:
        table: the name of the table, for errors.
        base: the address where the pattern starts.
        pattern: or a whole address with a pattern.

    Raises:
        UnreadableTableError: the store does not answer or refuses access, or the files are those of a table format that
            keeps removed rows in them.
    """
    if is_address(pattern):
        protocol, _, pattern = pattern.partition("://")
        base = f"{protocol}://"
    fixed, parts = split_glob(pattern)
    if not parts:
        return []
    root = "/".join([base.rstrip("/") if not base.endswith("://") else base[:-1], *fixed])
    # only the pattern is one: brackets in the base are brackets
    whole = "/".join([_escaped(root), *parts])
    files = find_filesystem(whole)
    try:
        files.invalidate_cache()
        details = files.glob(files._strip_protocol(whole), detail=True)
        if details:
            _refuse_formats(files, table, root)
    except FileNotFoundError:
        return []
    except UnreadableTableError:
        raise
    except Exception as error:  # noqa: BLE001 - each has its own errors
        raise build_unreachable_error(whole, error) from None
    above = str(files.unstrip_protocol(files._strip_protocol(root))).rstrip("/")
    found = []
    for name, detail in details.items():
        path = str(files.unstrip_protocol(name))
        if any(map(is_hidden, path[len(above) :].strip("/").split("/"))):
            continue
        if detail["type"] == "file":
            found.append(FoundFile(path, above, _state_of(detail)))
        elif "**" not in parts:  # which matches directories too, and then the files in them
            raise UnreadableTableError(
                f"{table} cannot be read: {mask_credentials(path)} is a directory.",
                f"Match the files in it: {parts[-1]}/*.parquet",
            )
    return found


_STATE = ("ETag", "etag", "md5Hash", "size", "LastModified", "last_modified", "updated", "mtime", "modified", "created")
"""What the listings of fsspec's file systems say about the state of an object; each has names of its own."""


def _state_of(detail: Mapping[str, Any]) -> FileState | None:
    """Return the state of an object; None if its listing gives no more than its size."""
    known: dict[str, str | int] = {name: str(detail[name]) for name in _STATE if detail.get(name) is not None}
    if "size" in known:
        known["size"] = int(known["size"])
    return tuple(known.values()) if known.keys() - {"size"} else None


def _refuse_formats(files: Any, table: str, root: str) -> None:
    """Refuse a directory that is a table of Delta Lake, Iceberg or Hudi, or a part of one.

    This takes one listing, and one more for each directory above that may be a part: a partition, or `data`.
    """
    directory = files._strip_protocol(root).rstrip("/")
    while directory:
        names = {entry["name"].rstrip("/").rpartition("/")[2] for entry in files.ls(directory, detail=True)}
        metadata = files.ls(f"{directory}/metadata", detail=False) if "metadata" in names else []
        if kind := find_format(names, metadata):
            raise format_error_of(table, mask_credentials(str(files.unstrip_protocol(directory))), kind)
        directory, _, name = directory.rpartition("/")
        if name != "data" and "=" not in name:
            return


def unread_directories(address: str, read: Iterable[str]) -> list[str]:
    """Return the directories right below an address of which no file is read; none if it cannot be listed.

    This takes one listing: whole buckets are not walked through.
    """
    files = find_filesystem(address)
    base = files._strip_protocol(address).rstrip("/") + "/"
    names_read = {files._strip_protocol(file).removeprefix(base).partition("/")[0] for file in read}
    try:
        listed = files.ls(base, detail=True)
    except Exception:  # noqa: BLE001 - reading its files raises a better error
        return []
    names = {entry["name"].rstrip("/").rpartition("/")[2] for entry in listed if entry["type"] == "directory"}
    return sorted(names - names_read)


def register_filesystems(connection: Registering, files: Iterable[str]) -> None:
    """Register the file systems of the files that lie on object stores."""
    for protocol in sorted({match[1] for match in map(ADDRESS.match, files) if match}):
        registered = find_filesystem(f"{protocol}://")
        names = {registered.protocol} if isinstance(registered.protocol, str) else set(registered.protocol)
        if names.isdisjoint(connection.list_filesystems()):
            connection.register_filesystem(registered)


@contextmanager
def open_file(file: str) -> Iterator[str | IO[bytes]]:
    """Yield a local path as it is, and a file on an object store opened for reading."""
    if not is_address(file):
        yield file
        return
    with find_filesystem(file).open(file, "rb") as read:
        yield read


def _escaped(address: str) -> str:
    protocol, separator, rest = address.partition("://")
    return f"{protocol}{separator}{globbing.escape(rest)}"


def build_unreachable_error(address: str, error: Exception) -> UnreadableTableError:
    """Return the error of an address whose store does not answer, or refuses."""
    reason = mask_values(format_error(error)).rstrip(".")
    return UnreadableTableError(
        f"{mask_credentials(address)} cannot be read: {reason}.",
        "Check the address, the credentials in the environment, and that the store can be reached.",
    )
