"""A ledger on an object store that can refuse to write an object twice: Amazon S3, Google Cloud Storage, Azure."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import Any

from synth_expectations.engine.object_addresses import PACKAGES
from synth_expectations.evidence.ledger.errors import LedgerError, build_unreadable_error, build_unwritable_error
from synth_expectations.redaction import mask_credentials, note_address, note_options

_PROBE = "probe/create-only"
_ATTEMPTS = 4
PATIENCE = 60
"""How many seconds one call may take: some servers accept a request and never answer, and no package ends that."""


class ObjectStore:
    """A ledger below an address of an object store; credentials come from the environment.

    Only stores whose package sends the condition "only if absent", and whose server judges it: If-None-Match of S3 and
    Azure, ifGenerationMatch of Google. fsspec's own fallback looks first and writes then, which two writers can both pass.

    Args:
        address: such as `s3://bucket/evidence`.

    Raises:
        LedgerError: the store cannot create an object only if it is absent, or its package is not installed.
    """

    parallel_reads = 32

    def __init__(self, address: str) -> None:
        self._address = address if address.endswith("://") else address.rstrip("/")
        self._files = _find_filesystem(self._address)
        self._root = str(self._files._strip_protocol(self._address)).strip("/")
        if not self._root:
            raise LedgerError(f"The address {address} names no bucket.", "Write s3://bucket/evidence, for example.")
        self._is_checked = False

    @property
    def where(self) -> str:
        """The address without credentials, for sentences."""
        return mask_credentials(self._address)

    def create(self, name: str, content: bytes) -> bool:
        """Write an object, whole or not at all; return False if the name is taken."""
        if not self._is_checked:
            self.check_writable()
        return self._create(name, content)

    def read(self, name: str) -> bytes | None:
        """Return the content of an object; None if there is none."""
        try:
            return bytes(self._call("cat_file", f"{self._root}/{name}"))
        except FileNotFoundError:
            return None
        except Exception as error:  # noqa: BLE001 - each store has its own errors
            raise build_unreadable_error(self.where, error) from None

    def list_names(self, directory: str) -> list[str]:
        """Return the names in a directory, in order, without their path."""
        try:
            paths = self._call("ls", f"{self._root}/{directory}", detail=False)
        except FileNotFoundError:
            return []
        except Exception as error:  # noqa: BLE001 - each store has its own errors
            raise build_unreadable_error(self.where, error) from None
        return sorted(filter(None, (path.rstrip("/").rpartition("/")[2] for path in paths)))

    def list_leftovers(self) -> list[str]:
        """Return nothing: an object that was not sent whole is not there."""
        return []

    def replace(self, name: str, content: bytes) -> None:
        """Write an object in the place of one that is there: for a redaction alone."""
        try:
            self._call("pipe_file", f"{self._root}/{name}", content)
        except Exception as error:  # noqa: BLE001 - each store has its own errors
            raise build_unwritable_error(self.where, error) from None

    def check_writable(self) -> None:
        """Raise an error if the store takes no object, or writes one twice.

        The first check leaves an object, `probe/create-only`; each later one asks to create it again. Stores that speak
        S3 and do not know its conditions would replace it.
        """
        if self._create(_PROBE, b"first") and self._create(_PROBE, b"second"):
            raise LedgerError(
                f"A ledger cannot lie in {self.where}: the store replaces objects that it was told to only create.",
                "Two runs at the same time would overwrite an entry. Update the server, or choose another store.",
            )
        self._is_checked = True

    def _create(self, name: str, content: bytes) -> bool:
        """Create an object; a refusal whose own answer was lost on the way is recognised by the content."""
        path = f"{self._root}/{name}"
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                self._call("pipe_file", path, content, mode="create")
            except Exception as error:  # noqa: BLE001 - each store refuses in its own way
                if (present := self._read_quietly(path)) is not None:
                    return present == content and name != _PROBE
                if attempt == _ATTEMPTS or isinstance(error, PermissionError | FileNotFoundError | TimeoutError):
                    raise build_unwritable_error(self.where, error) from None
                time.sleep(0.05 * 2**attempt)  # S3 answers 409 to two writers at the same moment
            else:
                return True
        raise AssertionError

    def _call(self, method: str, *arguments: Any, **options: Any) -> Any:
        """Return what a method of the file system returns.

        Raises:
            TimeoutError: it did not within PATIENCE.
        """
        try:
            return getattr(self._files, method)(*arguments, timeout=PATIENCE, **options)
        except TimeoutError:
            raise TimeoutError(f"no answer within {PATIENCE} seconds") from None

    def _read_quietly(self, path: str) -> bytes | None:
        with suppress(Exception):
            return bytes(self._call("cat_file", path))
        return None


def _find_filesystem(address: str) -> Any:
    import fsspec

    protocol = address.partition("://")[0].lower()
    note_address(address)
    note_options(fsspec.config.conf)
    if protocol not in PACKAGES:
        raise LedgerError(
            f"A ledger cannot lie in {mask_credentials(address)}: {protocol}:// cannot create a file only if it is absent.",
            "Choose a directory, or s3://, gs:// or az://.",
        )
    try:
        # a cached listing would hide what another writer has created since, and reading looks there first
        return fsspec.filesystem(protocol, use_listings_cache=False)
    except ImportError:
        raise LedgerError(
            f"{mask_credentials(address)} cannot be opened: the package for {protocol}:// is not installed.",
            f"pip install {PACKAGES[protocol]}",
        ) from None
    except Exception as error:  # noqa: BLE001 - each has its own errors, of credentials above all
        raise build_unreadable_error(address, error) from None
