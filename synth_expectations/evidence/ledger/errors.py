"""The errors of a ledger, as sentences."""

from __future__ import annotations

from synth_expectations.errors import SynthError
from synth_expectations.redaction import format_error, mask_credentials

VERIFY = "Run: synth-expectations audit verify"


class LedgerError(SynthError):
    """A ledger that cannot be read or written."""


class RedactedError(LedgerError):
    """An object whose content was removed from the ledger, on record."""


class NotIncludedError(LedgerError):
    """An object that a copy of a part of the ledger leaves out: it belongs to another period."""


def build_unwritable_error(where: str, error: BaseException) -> LedgerError:
    """Return the error of a store that does not take a file.

    Args:
        where: the directory or the address of the ledger.
        error: what the store said.
    """
    return LedgerError(
        f"The ledger in {mask_credentials(where)} cannot be written: {_get_reason(error)}.",
        "Check its owner and permissions, the space left, and the credentials in the environment.",
    )


def build_unreadable_error(where: str, error: BaseException) -> LedgerError:
    """Return the error of a store that does not give a file."""
    return LedgerError(
        f"The ledger in {mask_credentials(where)} cannot be read: {_get_reason(error)}.",
        "Check its owner and permissions, and the credentials in the environment.",
    )


def _get_reason(error: BaseException) -> str:
    reason = getattr(error, "strerror", None)
    return (str(reason) if reason else format_error(error)).rstrip(".")
