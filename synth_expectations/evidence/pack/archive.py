"""The zip file of a pack: the same bytes on every machine."""

from __future__ import annotations

import contextlib
import os
import secrets
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from synth_expectations.evidence.pack.period_entries import PackError


def write_archive(path: Path, files: Mapping[str, bytes], day: date, *, replace: bool = False) -> None:
    """Write files into a zip archive, whole or not at all.

    Names are sorted, times are the end of a day, permissions are fixed, and nothing is compressed: what deflate makes of
    the same bytes differs between versions of zlib.

    Args:
        path: of the archive.
        files: content by name.
        day: from which all files are.
        replace: whether a file that exists is replaced.

    Raises:
        PackError: it exists, or its directory cannot be written to.
    """
    check_target(path, replace=replace)
    temporary = path.parent / f".{path.name}.{secrets.token_hex(8)}.tmp"
    is_reserved = False
    try:
        if not replace:
            open(path, "xb").close()  # nobody else can take the name from here on, on any file system
            is_reserved = True
        with open(temporary, "xb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
                for name in sorted(files):
                    archive.writestr(_make_member(name, day), files[name])
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
        is_reserved = False
    except FileExistsError:
        raise _build_taken(path) from None
    except OSError as error:
        raise PackError(
            f"{path.name} cannot be written into {path.parent.name or 'the directory'}: {error.strerror or error}.",
            "Name a directory that exists and that you may write to: --out DIRECTORY/pack.zip",
        ) from error
    finally:
        for leftover in (temporary, *([path] if is_reserved else [])):
            with contextlib.suppress(OSError):
                leftover.unlink(missing_ok=True)


def check_target(path: Path, *, replace: bool = False) -> None:
    """Raise PackError if a path cannot become a pack: before the ledger is read."""
    if path.is_dir():
        raise PackError(f"{path.name or path} is a directory.", "Name a file: --out pack.zip")
    if path.exists() and not replace:
        raise _build_taken(path)
    if not path.parent.is_dir():
        raise PackError(f"{path.name} cannot be written: there is no directory {path.parent.name}.", "Make it first.")


def _build_taken(path: Path) -> PackError:
    return PackError(f"{path.name} exists.", "Name another file, or remove it; audit pack replaces it with --force.")


def _make_member(name: str, day: date) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, (day.year, day.month, day.day, 23, 59, 58))
    member.create_system = 3  # Unix, whatever the machine
    member.external_attr = (0o100755 if name in {"verify.sh", "verify.py"} else 0o100644) << 16
    return member
