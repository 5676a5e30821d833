"""Time stamps of RFC 3161: ask an authority for one, and verify a reply.

An authority signs the digest of a header and the time. It is asked over HTTP; `rfc3161-client`, which has no network of
its own, writes the request and reads the reply. The time is that of the authority, whatever clock the ledger has.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography import x509

from synth_expectations.errors import SynthError
from synth_expectations.evidence.anchors.anchor import AnchorError
from synth_expectations.evidence.anchors.der_order import sort_sets

if TYPE_CHECKING:
    from rfc3161_client import TimeStampRequest, TimeStampResponse

SECONDS = 10.0
"""How long an authority may take: a run waits for it."""
_LARGEST = 1 << 20
"""Bytes of a reply; those of authorities have a few thousand."""
_SHA256 = "2.16.840.1.101.3.4.2.1"


@dataclass(frozen=True)
class Timestamp:
    """What an authority signed.

    Attributes:
        digest: what it stamped, as hexadecimal digits.
        time: by its clock, in UTC.
        authority: the name in the certificate that signed.
    """

    digest: str
    time: datetime
    authority: str


class RootCertificates:
    """The certificates that a time stamp must lead back to.

    Args:
        path: of a PEM file: the root of the authority, and intermediate ones that its replies leave out.

    Raises:
        SynthError: the file cannot be read, or holds no certificate that signs itself.
    """

    def __init__(self, path: Path) -> None:
        try:
            certificates = x509.load_pem_x509_certificates(path.read_bytes())
        except OSError as error:
            raise SynthError(
                f"The root certificate {path.name} cannot be read: {error.strerror}.",
                "Get it from the time stamping authority.",
            ) from None
        except ValueError:
            raise SynthError(
                f"{path.name} contains no certificate.", "It must be PEM, as the authority gives it."
            ) from None
        self.roots = [certificate for certificate in certificates if certificate.issuer == certificate.subject]
        self.intermediates = [certificate for certificate in certificates if certificate not in self.roots]
        if not self.roots:
            raise SynthError(
                f"{path.name} contains no root certificate: none in it is signed by itself.",
                "Get the root from the time stamping authority.",
            )

    def verify(self, reply: bytes, digest: str, nonce: int | None = None) -> Timestamp:
        """Return what a reply says, after its signature, its chain and its digest were verified.

        Raises:
            AnchorError: it does not hold; the sentence says why.
        """
        from rfc3161_client import VerificationError, VerifierBuilder

        response = _decode(reply)
        verifier = VerifierBuilder(roots=self.roots, intermediates=self.intermediates, nonce=nonce).build()
        try:
            verifier.verify(response, bytes.fromhex(digest))
        except (VerificationError, ValueError) as error:
            raise AnchorError(f"The time stamp is not valid: {_explain(error)}.") from None
        return read_timestamp(reply)


def read_timestamp(reply: bytes) -> Timestamp:
    """Return what a reply says, without verifying it.

    Raises:
        AnchorError: it is not a time stamp over a SHA-256.
    """
    stamped = _decode(reply).tst_info
    if stamped.message_imprint.hash_algorithm.dotted_string != _SHA256:
        raise AnchorError("The time stamp is over no SHA-256.")
    return Timestamp(stamped.message_imprint.message.hex(), stamped.gen_time.astimezone(UTC), _find_authority(reply))


def request_timestamp(
    url: str, content: bytes, roots: RootCertificates, seconds: float = SECONDS
) -> tuple[bytes, Timestamp]:
    """Return the reply of an authority about some bytes, verified.

    Args:
        url: of the authority.
        content: of a header; only its SHA-256 is sent.
        roots: what its certificate must lead back to.
        seconds: how long it may take.

    Raises:
        AnchorError: it does not answer, refuses, or answers something else.
    """
    import hashlib

    from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

    request = TimestampRequestBuilder().data(content).hash_algorithm(HashAlgorithm.SHA256).build()
    reply = _post(url, request, seconds)
    return reply, roots.verify(reply, hashlib.sha256(content).hexdigest(), request.nonce)


def _post(url: str, request: TimeStampRequest, seconds: float) -> bytes:
    import urllib.request
    from http.client import HTTPException
    from urllib.error import HTTPError

    asked = urllib.request.Request(  # noqa: S310 - the policy takes http and https alone
        url, data=request.as_bytes(), headers={"Content-Type": "application/timestamp-query"}
    )
    try:
        with urllib.request.urlopen(asked, timeout=seconds) as answer:  # noqa: S310
            content: bytes = answer.read(_LARGEST + 1)
    except HTTPError as error:
        error.close()
        raise AnchorError(f"It answered {error.code}.") from None
    except TimeoutError:
        raise AnchorError(f"It did not answer within {seconds:g} s.") from None
    except (OSError, HTTPException, ValueError) as error:
        reason = getattr(error, "reason", error)
        words = "no answer in time" if isinstance(reason, TimeoutError) else getattr(reason, "strerror", None)
        raise AnchorError(f"It could not be reached: {words or type(reason).__name__}.") from None
    if len(content) > _LARGEST:
        raise AnchorError("Its reply is not a time stamp: it is too long.")
    return content


def _decode(reply: bytes) -> TimeStampResponse:
    from rfc3161_client import PKIStatus, decode_timestamp_response

    try:
        response = decode_timestamp_response(sort_sets(reply))
        status = PKIStatus(response.status)
    except ValueError:
        raise AnchorError("The reply is not a time stamp that can be read.") from None
    if status is not PKIStatus.GRANTED:
        raise AnchorError(f"The authority refused: {status.name.lower().replace('_', ' ')}.")
    return response


def _find_authority(reply: bytes) -> str:
    """Return the common name of the certificate that signed a reply; that of its issuer if the reply does not have it."""
    signed = _decode(reply).signed_data
    signer = next(iter(signed.signer_infos))
    for content in signed.certificates:
        certificate = x509.load_der_x509_certificate(content)
        if (certificate.issuer, certificate.serial_number) == (signer.issuer, signer.serial_number):
            return _name(certificate.subject)
    return f"an authority under {_name(signer.issuer)}"


def _name(name: x509.Name) -> str:
    common = name.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    return str(common[0].value) if common else name.rfc4514_string()


def _explain(error: Exception) -> str:
    text = str(error).rstrip(".")
    if "Mismatch between messages" in text:
        return "it is over another digest"
    return text[:1].lower() + text[1:]
