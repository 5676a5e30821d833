"""The key with which record keys become pseudonyms: made on first use, kept by the controller, never in a pack."""

from __future__ import annotations

from pathlib import Path

from synth_expectations.evidence.keys.secret_file import SecretFile
from synth_expectations.evidence.pack.verifier.verify import make_key_id, pseudonymise_result


class PseudonymKey:
    """The key of a project's pseudonyms, in a file of its own.

    Args:
        path: of the file, of 64 hexadecimal digits; it is made when a record key is first replaced.
    """

    def __init__(self, path: Path) -> None:
        self._file = SecretFile(path, "the key of pseudonyms", "Another key makes other pseudonyms.")
        self._key: bytes | None = None

    @property
    def id(self) -> str | None:
        """What names the key in a pack; None while no record key was replaced."""
        return make_key_id(self._key) if self._key else None

    def load(self) -> bytes:
        """Return the key; it is made if it is not there.

        Raises:
            SecretFileError: the key cannot be used.
        """
        if self._key is None:
            self._key = self._file.read()
        return self._key

    def pseudonymise(self, content: bytes, digest: str) -> bytes | None:
        """Return a copy of a result with pseudonyms in the place of record keys; None if it holds none.

        Raises:
            SecretFileError: the key cannot be used.
            ValueError: the result is not JSON.
        """
        key = self._key or bytes(32)
        copy = pseudonymise_result(content, digest, key)
        if copy is None or self._key:
            return copy
        return pseudonymise_result(content, digest, self.load())
