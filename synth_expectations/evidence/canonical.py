"""One spelling of a document, so that the same content always has the same digest."""

from __future__ import annotations

import hashlib
from typing import Any

import rfc8785
from pydantic import BaseModel


def encode_document(document: BaseModel | dict[str, Any]) -> bytes:
    """Return a document as canonical JSON (RFC 8785), in UTF-8.

    Args:
        document: a record, or what `json.loads` returned of one.
    """
    content = document.model_dump(mode="json", by_alias=True) if isinstance(document, BaseModel) else document
    return rfc8785.dumps(content)


def compute_digest(content: bytes) -> str:
    """Return the SHA-256 of some bytes, as 64 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()
