"""The files of a pack, from its archive or a directory, and the headers and objects among them."""

from __future__ import annotations

import lzma
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from synth_expectations.errors import SynthError
from synth_expectations.evidence.ledger.bulk_reading import StoredFile
from synth_expectations.evidence.ledger.store import OBJECTS
from synth_expectations.evidence.verification.report import VerificationFinding, Weight
from synth_expectations.evidence.verification.source import HeaderFile

MANIFEST, SUMS, SIGNATURE, HEADERS = "MANIFEST.json", "SHA256SUMS", "MANIFEST.dsse.json", "ledger/headers.jsonl"
_LARGEST = 4 * 2**30
"""Bytes that a pack may unfold to: a small file that unfolds to more was made to fill a machine."""


class PackSource:
    """The headers and objects of a pack.

    Args:
        where: the pack, for people.
        files: content by path.
    """

    is_partial = True

    def __init__(self, where: str, files: Mapping[str, bytes]) -> None:
        self._where = where
        self._files = files

    @property
    def where(self) -> str:
        """The pack."""
        return self._where

    def read_headers(self) -> list[HeaderFile]:
        """Return the headers: each is a line."""
        lines = self._files.get(HEADERS, b"").splitlines()
        return [HeaderFile(f"{HEADERS}, line {seq}", line, seq) for seq, line in enumerate(lines, start=1)]

    def read_object(self, digest: str) -> bytes | None:
        """Return the bytes that lie in the place of a digest, whatever they are; None if there are none."""
        return self._files.get(f"{OBJECTS}/{digest}")

    def read_all_objects(self) -> Iterator[StoredFile]:
        """Yield all objects, by their names, which should be their digests."""
        for path in sorted(path for path in self._files if path.startswith(f"{OBJECTS}/")):
            yield StoredFile(path.partition("/")[2], self._files[path])

    def list_index(self, index: str) -> list[str] | None:
        """Return nothing: runs do not look into a pack."""
        return None

    def list_leftovers(self) -> list[str]:
        """Return nothing: a pack is written whole."""
        return []


def is_pack(path: Path) -> bool:
    """Return whether a path is that of a pack: a zip file, or the directory that it was unzipped to."""
    return zipfile.is_zipfile(path) if path.is_file() else (path / MANIFEST).is_file()


def read_archive(path: Path, findings: list[VerificationFinding]) -> dict[str, bytes]:
    """Return the files of a zip file by their paths; names that are there twice or lead elsewhere are added to the findings.

    Raises:
        SynthError: it is damaged, encrypted, or unfolds to more than a pack has.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            if sum(member.file_size for member in members) > _LARGEST:
                raise SynthError(
                    f"{path} unfolds to more than {_LARGEST >> 30} GB: it is not read.", "Ask whoever made it."
                )
            for name, count in Counter(member.filename for member in members).items():
                if count > 1:
                    findings.append(VerificationFinding(Weight.ALTERED, f"It is there {count} times.", None, name))
                if name.startswith("/") or ".." in PurePosixPath(name).parts or "\\" in name:
                    message = "Its name leads out of the directory that a pack is unzipped to."
                    findings.append(VerificationFinding(Weight.ALTERED, message, None, name))
            return {member.filename: archive.read(member) for member in members}
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, ValueError):
        raise SynthError(f"{path} cannot be read: it is damaged.", "Get the pack again.") from None
    except (OSError, RuntimeError) as error:  # it is encrypted, or packed in a way that Python does not know
        reason = str(error).rstrip(".")
        raise SynthError(f"{path} cannot be read: {reason}.", "Get the pack again.") from None


def read_directory(path: Path) -> dict[str, bytes]:
    """Return the files of a directory by their paths.

    Raises:
        SynthError: it cannot be read.
    """
    try:
        return {
            file.relative_to(path).as_posix(): file.read_bytes()
            for file in sorted(path.rglob("*"))
            if file.is_file() and not file.is_symlink()
        }
    except OSError as error:
        raise SynthError(f"{error.filename} cannot be read: {error.strerror}.", "Check its owner.") from None
