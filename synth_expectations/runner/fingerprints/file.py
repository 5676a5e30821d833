"""A file of fingerprints: Parquet, with what it was made by in its metadata, and a digest of all of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from synth_expectations.engine.atomic_file import PRIVATE, replaced_file
from synth_expectations.errors import SynthError
from synth_expectations.rules.fingerprints import FINGERPRINT, KEY_ID, KIND, NORMALIZER, RECORD, VERSION
from synth_expectations.runner.fingerprints.key import ComparisonKey
from synth_expectations.runner.fingerprints.prints import format_hex, sort_prints

_METADATA = b"synth_expectations_fingerprints"
_FORMAT = 2
_SCHEMA = pa.schema(dict.fromkeys((RECORD, KIND, FINGERPRINT, KEY_ID, VERSION), pa.string()))
_PIECE = 65_536


@dataclass(frozen=True)
class FingerprintFile:
    """What the metadata of a file of fingerprints says.

    Attributes:
        key_id: what the key is recognised by.
        normalizer: the version of the normal forms.
        made_at: in UTC.
        expires_at: in UTC; later, a run refuses the file.
        records: how many records were fingerprinted.
        has_records: whether rows name their record.
        rows: how many rows the file has.
        left_out: how many values were left out, because more records share them than one person has.
        kinds: how many fingerprints of each kind there are; 0 of one whose columns have no value that can be read.
        sha256: of all rows, and of all that stands above.
        seal: shows, to who has the key, that the file was made with it.
    """

    key_id: str
    normalizer: str
    made_at: datetime
    expires_at: datetime
    records: int
    has_records: bool
    rows: int
    left_out: int
    kinds: dict[str, int]
    sha256: str
    seal: str

    def to_json(self) -> bytes:
        """Return it as the metadata holds it."""
        times = {"made_at": self.made_at.isoformat(), "expires_at": self.expires_at.isoformat()}
        return json.dumps({"format": _FORMAT, **vars(self), **times}, sort_keys=True).encode()

    def sealed(self, digest_of_rows: str, key: ComparisonKey) -> FingerprintFile:
        """Return it with its digest and its seal."""
        digest = self.digest(digest_of_rows)
        return replace(self, sha256=digest, seal=key.seal(digest))

    def digest(self, digest_of_rows: str) -> str:
        """Return the SHA-256 of the rows and of what the metadata says beside its digest and seal."""
        metadata = replace(self, sha256="", seal="").to_json()
        return hashlib.sha256(digest_of_rows.encode() + b"\x1f" + metadata).hexdigest()


def write_file(
    path: Path, table: pa.Table, key: ComparisonKey, about: dict[str, Any], made_at: datetime, expires_at: datetime
) -> FingerprintFile:
    """Write fingerprints, which are sorted here so that their order says nothing.

    Args:
        path: of the file; replaced if there. Its owner alone can read it.
        table: with the columns record, kind and fingerprint, which is bytes here and hexadecimal in the file.
        key: that they were made with.
        about: `records`, `has_records`, `left_out` and `kinds` of the file.
        made_at: in UTC.
        expires_at: in UTC.

    Raises:
        OSError: it cannot be written.
    """
    table = table.take(pa.array(sort_prints(table.column(FINGERPRINT))))
    place = table.schema.get_field_index(FINGERPRINT)
    table = table.set_column(place, FINGERPRINT, format_hex(table.column(FINGERPRINT)))
    for column, value in ((KEY_ID, key.key_id), (VERSION, NORMALIZER)):
        table = table.append_column(column, pa.repeat(pa.scalar(value), table.num_rows))
    table = table.select(_SCHEMA.names).cast(_SCHEMA)
    unsealed = FingerprintFile(
        key.key_id, NORMALIZER, made_at, expires_at, rows=table.num_rows, sha256="", seal="", **about
    )
    file = unsealed.sealed(digest_rows(table.to_batches(_PIECE)), key)
    with replaced_file(path, PRIVATE) as temporary:
        pq.write_table(table.replace_schema_metadata({_METADATA: file.to_json()}), temporary, compression="zstd")
    return file


def read_file(path: Path, key: ComparisonKey | None = None) -> FingerprintFile:
    """Return what a file says of itself, after its rows and all that it says were held against its digest.

    Args:
        path: of the file.
        key: with it, also that the file was made with the key.

    Raises:
        SynthError: it is not a file of fingerprints, is cut off, or was altered.
    """
    again = "Make it again with: synth-expectations fingerprint"
    try:
        with pq.ParquetFile(path) as file:
            about = _parse((file.schema_arrow.metadata or {}).get(_METADATA), path.name)
            fits = file.schema_arrow.names == _SCHEMA.names and file.metadata.num_rows == about.rows
            whole = fits and about.digest(digest_rows(file.iter_batches(_PIECE))) == about.sha256
    except (OSError, pa.ArrowException) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "it is damaged, or no Parquet"
        raise SynthError(f"The fingerprints {path.name} cannot be read: {reason}.", again) from None
    if not whole:
        raise SynthError(f"The fingerprints {path.name} were altered after they were made.", again)
    if key is not None and key.seal(about.sha256) != about.seal:
        raise SynthError(f"The fingerprints {path.name} were not made with this key.", again)
    return about


def _parse(metadata: bytes | None, name: str) -> FingerprintFile:
    hint = "Make it with: synth-expectations fingerprint"
    try:
        words = json.loads(metadata or b"{}")
        if words.pop("format") != _FORMAT:
            raise SynthError(f"{name} holds fingerprints of a format that this release does not know.", hint)
        for word in ("made_at", "expires_at"):
            words[word] = datetime.fromisoformat(words[word]).astimezone(UTC)
        words["kinds"] = dict(words["kinds"])
        return FingerprintFile(**words)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise SynthError(f"{name} is not a file of fingerprints.", hint) from None


def digest_rows(batches: Iterable[pa.RecordBatch]) -> str:
    """Return the SHA-256 of the rows, whatever the pieces that they come in."""
    digest = hashlib.sha256()
    for batch in batches:
        lines = pc.binary_join_element_wise(
            *batch.columns, "\x1e", "\x1f", null_handling="replace", null_replacement="\x00"
        )
        offsets = np.frombuffer(lines.buffers()[1], np.int32)[lines.offset :][: len(lines) + 1]
        if len(lines):  # the texts lie one after the other
            digest.update(memoryview(lines.buffers()[2])[offsets[0] : offsets[-1]])
    return digest.hexdigest()
