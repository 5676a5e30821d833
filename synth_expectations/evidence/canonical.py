"""One spelling of a document, so that the same content always has the same digest."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

import rfc8785
from pydantic import BaseModel
from pydantic_core import PydanticSerializationError

from synth_expectations.errors import SynthError
from synth_expectations.redaction import format_error

_MOST = 2**53 - 1
_OUTSIDE_PLANE = re.compile("[\U00010000-\U0010ffff]")
"""Characters of which the order in UTF-16, by which RFC 8785 sorts keys, differs from that of Python."""


def encode_document(document: BaseModel | dict[str, Any]) -> bytes:
    """Return a document as canonical JSON (RFC 8785), in UTF-8.

    Args:
        document: a record, or what `json.loads` returned of one.

    Raises:
        SynthError: it has a number beyond 2^53, or text that is not Unicode, which canonical JSON cannot hold.
    """
    try:
        content = document.model_dump(mode="json", by_alias=True) if isinstance(document, BaseModel) else document
        return _encode_plain(content) or rfc8785.dumps(content)
    except (rfc8785.CanonicalizationError, PydanticSerializationError, UnicodeEncodeError) as error:
        raise SynthError(f"It cannot be written as canonical JSON: {format_error(error)}.") from None


def _encode_plain(content: Any) -> bytes | None:
    """Return a document as the encoder of Python spells it, in C and a third of the time; None if the standard differs."""
    if not _is_plain(content):
        return None
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode() if text.isascii() or not _OUTSIDE_PLANE.search(text) else None


def _is_plain(content: Any) -> bool:
    """Return whether Python spells all values of a document as RFC 8785 does: true without fractions and large numbers."""
    pending = [content]
    while pending:
        value = pending.pop()
        kind = type(value)
        if kind is str or kind is bool or value is None:
            continue
        if kind is dict:
            if any(type(key) is not str for key in value):
                return False
            pending.extend(value.values())
        elif kind is list or kind is tuple:
            pending.extend(value)
        elif kind is not int or not -_MOST <= value <= _MOST:
            return False
    return True


def compute_digest(content: bytes) -> str:
    """Return the SHA-256 of some bytes, as 64 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()
