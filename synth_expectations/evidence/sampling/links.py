"""Links from a worksheet to records: keys that nobody but the holder of the pseudonyms' key can read."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from synth_expectations.errors import SynthError

PREFIX = "l:"
_PURPOSE = b"synth-expectations link key"


class RecordLinks:
    """Makes links of record keys, and reads them.

    AES-SIV (RFC 5297) needs no nonce: the same key has the same link, so that a worksheet can be made again.

    Args:
        key: of the pseudonyms, 32 bytes.
    """

    def __init__(self, key: bytes) -> None:
        self._cipher = AESSIV(hmac.new(key, _PURPOSE, hashlib.sha512).digest())

    def make(self, record_key: str) -> str:
        """Return the link of a record key."""
        sealed = self._cipher.encrypt(record_key.encode("utf-8", "surrogatepass"), [])
        return PREFIX + base64.urlsafe_b64encode(sealed).decode().rstrip("=")

    def read(self, link: str) -> str:
        """Return the record key of a link.

        Raises:
            SynthError: it was made with another key, or altered.
        """
        text = link.strip().removeprefix(PREFIX)
        try:
            sealed = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
            return self._cipher.decrypt(sealed, []).decode("utf-8", "surrogatepass")
        except (InvalidTag, ValueError, binascii.Error):
            raise SynthError(
                f"The link {link.strip()[:20]}… cannot be read with this key.",
                "It was cut or altered, or made with another key of pseudonyms: --pseudonyms FILE",
            ) from None
