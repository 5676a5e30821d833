"""Packs as somebody would alter them: sums and signatures made to fit."""

from __future__ import annotations

import base64
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.hashes import SHA256

from synth_expectations.evidence.attestations.statements import PACK
from synth_expectations.evidence.canonical import compute_digest
from tests.evidence.pack.sample_pack import verify_with_bash, verify_with_python

Verifier = Callable[..., "subprocess.CompletedProcess[str]"]
BOTH = pytest.mark.parametrize("run_verifier", [verify_with_bash, verify_with_python])


def reseal(directory: Path) -> str:
    """Make manifest and sums fit the files, as whoever alters a pack would, and return the SHA-256 of the manifest."""
    manifest = json.loads((directory / "MANIFEST.json").read_bytes())
    paths = [path.relative_to(directory).as_posix() for path in sorted(directory.rglob("*")) if path.is_file()]
    contents = {path: (directory / path).read_bytes() for path in paths}
    unlisted = {"MANIFEST.json", "SHA256SUMS", "MANIFEST.dsse.json"}
    manifest["files"] = {
        path: {"bytes": len(content), "sha256": compute_digest(content)}
        for path, content in contents.items()
        if path not in unlisted
    }
    contents["MANIFEST.json"] = json.dumps(manifest).encode()
    (directory / "MANIFEST.json").write_bytes(contents["MANIFEST.json"])
    summed = [path for path in contents if path not in {"SHA256SUMS", "MANIFEST.dsse.json"}]
    sums = "".join(f"{compute_digest(contents[path])}  {path}\n" for path in sorted(summed))
    (directory / "SHA256SUMS").write_text(sums, encoding="utf-8")
    return compute_digest(contents["MANIFEST.json"])


def sign(content: bytes, key: ed25519.Ed25519PrivateKey | ec.EllipticCurvePrivateKey) -> bytes:
    """Return a DSSE envelope of an in-toto statement about a manifest."""
    subject = [{"name": "MANIFEST.json", "digest": {"sha256": compute_digest(content)}}]
    statement = {"_type": "https://in-toto.io/Statement/v1", "predicateType": PACK, "subject": subject}
    payload = json.dumps(statement).encode() + b"\n"
    kind = b"application/vnd.in-toto+json"
    signed = b"DSSEv1 %d %s %d %s" % (len(kind), kind, len(payload), payload)
    is_edwards = isinstance(key, ed25519.Ed25519PrivateKey)
    signature = key.sign(signed) if is_edwards else key.sign(signed, ec.ECDSA(SHA256()))
    return json.dumps(
        {
            "payload": base64.b64encode(payload).decode(),
            "payloadType": kind.decode(),
            "signatures": [{"keyid": "x", "sig": base64.b64encode(signature).decode()}],
        }
    ).encode()


def write_public(key: ed25519.Ed25519PrivateKey | ec.EllipticCurvePrivateKey, path: Path) -> str:
    form = (serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    path.write_bytes(key.public_key().public_bytes(*form))
    return str(path)
