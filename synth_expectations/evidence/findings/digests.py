"""Keyed digests of records: they tell a record again, and nobody without the key whose record it is."""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Iterable
from pathlib import Path

from synth_expectations.errors import SynthError
from synth_expectations.evidence.keys.secret_file import SecretFile

DIGEST_KEY = Path("uncommitted") / "finding.key"
"""Where the key of the digests lies in a project: beside that of pseudonyms, where git ignores it."""
_LENGTH = 16


class RecordDigester:
    """Makes the digests of a project's records.

    Args:
        path: of the file with the key, of 64 hexadecimal digits; it is made when the first record is followed.
    """

    def __init__(self, path: Path) -> None:
        self._file = SecretFile(path, "the key of findings", "Another key makes other digests.")
        self.used_key_id: str | None = None
        """What names the key, and does not give it away; None while no record was followed."""
        self.problem = ""
        """Why records cannot be followed, as a sentence; empty if they can."""

    def digest(self, table: str, column: str, keys: Iterable[str]) -> tuple[str, ...]:
        """Return the digests of record keys, each once, in their own order; none, and a problem, without a key.

        A digest is the first 16 digits of an HMAC-SHA-256 over the table, the column of its record key, and the key: the
        same person in another table has another one.
        """
        try:
            secret = self._read_key()
        except SynthError as error:
            self.problem = f"Records are not followed from run to run, only counted. {error}"
            return ()
        head = f"{len(table)}:{table}{len(column)}:{column}".encode("utf-8", "surrogatepass")
        digests = (
            hmac.new(secret, head + key.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()[:_LENGTH]
            for key in keys
        )
        return tuple(sorted(set(digests)))

    def digest_place(self, place: str) -> str | None:
        """Return the digest of where a table lies, so that a later run can tell another place; None without a key.

        No key is made for it: a place is held against that in which records were found, whose digests have made one.
        A path below the directory of the project counts as it is seen from there: a checkout elsewhere is no other place.
        """
        if not place or not self._file.path.exists():
            return None
        try:
            secret = self._read_key()
        except SynthError:
            return None  # `problem` says it, where records were to be followed
        root = self._file.path.absolute().parent.parent.parent
        seen = "\n".join(
            os.path.relpath(part, root) if os.path.isabs(part) and Path(part).is_relative_to(root) else part
            for part in place.split("\n")
        )
        message = b"place" + seen.encode("utf-8", "surrogatepass")
        return hmac.new(secret, message, hashlib.sha256).hexdigest()[:_LENGTH]

    def _read_key(self) -> bytes:
        secret = self._file.read()
        self.used_key_id = hashlib.sha256(b"synth-expectations finding key" + secret).hexdigest()[:16]
        return secret
