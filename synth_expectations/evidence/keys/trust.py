"""The keys that a verifier trusts, from files that they got from the keys' owners."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from pydantic import ValidationError

from synth_expectations.errors import SynthError
from synth_expectations.evidence.keys.key_ring import KeyBody, KeyRing, KnownKey, TrustFile
from synth_expectations.evidence.keys.signing_key import PublicKey, parse_public_key, read_file


def read_trust(paths: Iterable[Path]) -> KeyRing:
    """Return the keys of some files: public keys in PEM or of SSH, and keys.json, which also says whose they are.

    Raises:
        SynthError: a file cannot be read, or names a key by the id of another.
    """
    ring = KeyRing()
    for path in paths:
        content = read_file(path)
        bodies = _parse_trust_file(content, path) if content.lstrip().startswith(b"{") else None
        if bodies is None:
            public = parse_public_key(content, str(path))
            bodies = [_describe_bare_key(public)]
        for body in bodies:
            public = parse_public_key(body.public_key.encode(), f"{path}, key of {body.person}")
            if public.keyid != body.keyid:
                raise SynthError(
                    f"{path}: the id of {body.person}'s key is not that of the key.", "Get the file again."
                )
            ring.keys[public.keyid] = KnownKey(body, public)
    return ring


def _parse_trust_file(content: bytes, path: Path) -> list[KeyBody]:
    try:
        return list(TrustFile.model_validate_json(content).keys)
    except ValidationError:
        raise SynthError(
            f"{path} is not a file of keys.", 'It must hold {"keys": [{keyid, public_key, person, role, valid_from}]}.'
        ) from None


def _describe_bare_key(public: PublicKey) -> KeyBody:
    """Return a key that a file gives without a name: the verifier knows whose it is."""
    return KeyBody.model_construct(
        body_schema="key/1",
        keyid=public.keyid,
        public_key=public.pem,
        person="",
        role="",
        valid_from=datetime.min.replace(tzinfo=UTC),
        valid_until=None,
    )
