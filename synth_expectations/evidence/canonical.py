"""One spelling of a document, so that the same content always has the same digest."""

from __future__ import annotations

import hashlib
from typing import Any

import rfc8785
from pydantic import BaseModel
from pydantic_core import PydanticSerializationError

from synth_expectations.errors import SynthError
from synth_expectations.redaction import format_error


def encode_document(document: BaseModel | dict[str, Any]) -> bytes:
    """Return a document as canonical JSON (RFC 8785), in UTF-8.

    Args:
        document: a record, or what `json.loads` returned of one.

    Raises:
        SynthError: it has a number beyond 2^53, or text that is no Unicode, which canonical JSON cannot hold.
    """
    try:
        content = document.model_dump(mode="json", by_alias=True) if isinstance(document, BaseModel) else document
        return rfc8785.dumps(content)
    except (rfc8785.CanonicalizationError, PydanticSerializationError) as error:
        raise SynthError(f"It cannot be written as canonical JSON: {format_error(error)}.") from None


def compute_digest(content: bytes) -> str:
    """Return the SHA-256 of some bytes, as 64 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()
