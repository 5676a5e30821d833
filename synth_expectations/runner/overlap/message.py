"""What the two sides send each other: a Parquet file of encrypted values, with what it is about in its metadata."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from synth_expectations.engine.atomic_file import PRIVATE, replaced_file
from synth_expectations.errors import SynthError
from synth_expectations.rules.fingerprints import KINDS, NORMALIZER
from synth_expectations.runner.fingerprints.key import MOST_DAYS, ComparisonKey

_METADATA = b"synth_expectations_overlap"
_FORMAT = 1
_SCHEMA = pa.schema([("kind", pa.string()), ("part", pa.string()), ("content", pa.large_binary())])


class MessageRole(StrEnum):
    """What a message does."""

    REQUEST = "request"
    ANSWER = "answer"


class MessagePart(StrEnum):
    """What a message has of each kind of identifier."""

    ASKED = "asked"
    HELD = "held"


class Unanswered(StrEnum):
    """Why a kind of identifier is not compared."""

    NONE = "none"
    FEW = "few"


Parts = Mapping[tuple[str, MessagePart], bytes]


@dataclass(frozen=True)
class OverlapMessage:
    """A request or an answer.

    Attributes:
        role: which of the two.
        made_at: in UTC.
        records: how many records of the table took part.
        kinds: how many values of each kind were encrypted.
        left_out: how many values were left out, because more records share them than one person has.
        unanswered: why a kind that was asked about has no answer.
        request_sha256: of the request that is answered; empty for a request.
        normalizer: the version of the normal forms.
        seal: shows, to the side that made a request, that it was made with its key.
        sha256: of all of the above but the seal, and of the encrypted values.
        parts: the encrypted values, by kind.
    """

    role: MessageRole
    made_at: datetime
    records: int
    kinds: dict[str, int]
    left_out: int = 0
    unanswered: dict[str, Unanswered] = field(default_factory=dict)
    request_sha256: str = ""
    normalizer: str = NORMALIZER
    seal: str = ""
    sha256: str = ""
    parts: Parts = field(default_factory=dict, repr=False)

    def sealed(self, key: ComparisonKey | None = None) -> OverlapMessage:
        """Return it with its digest, and with the seal of a key."""
        digest = self.digest()
        return replace(self, sha256=digest, seal=key.seal(digest) if key else "")

    def digest(self) -> str:
        """Return the SHA-256 of what it says and of the encrypted values."""
        whole = hashlib.sha256(replace(self, sha256="", seal="").to_json())
        for (kind, part), content in sorted(self.parts.items()):
            whole.update(f"\x1e{kind}\x1f{part}\x1f{len(content)}\x1f".encode() + content)
        return whole.hexdigest()

    def to_json(self) -> bytes:
        """Return it as the metadata holds it."""
        words = asdict(replace(self, parts={})) | {"format": _FORMAT, "made_at": self.made_at.isoformat()}
        del words["parts"]
        return json.dumps(words, sort_keys=True).encode()


def write_message(path: Path, message: OverlapMessage) -> None:
    """Write a message into a file that its owner alone can read; a file that is there is replaced.

    Raises:
        OSError: it cannot be written.
    """
    rows = [(kind, part.value, content) for (kind, part), content in message.parts.items()]
    columns = [pa.array(column, type_) for column, type_ in zip(zip(*rows, strict=True), _SCHEMA.types, strict=True)]
    table = pa.Table.from_arrays(columns, schema=_SCHEMA.with_metadata({_METADATA: message.to_json()}))
    with replaced_file(path, PRIVATE) as temporary:
        pq.write_table(table, temporary, compression="none")  # encrypted values do not get smaller


def read_message(path: Path, role: MessageRole, now: datetime) -> OverlapMessage:
    """Return a message, after it was held against its digest.

    Args:
        path: of the file.
        role: that it must have.
        now: in UTC.

    Raises:
        SynthError: it is not such a message, was altered, is too old, or was made by a release with other normal forms.
    """
    again = f"Make it again with: synth-expectations overlap {role}"
    try:
        table = pq.read_table(io.BytesIO(path.read_bytes()))
        message = _parse(table, path.name)
    except (OSError, pa.ArrowException) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "it is damaged, or no Parquet"
        raise SynthError(f"The {role} {path.name} cannot be read: {reason}.", again) from None
    if message.role is not role:
        raise SynthError(f"{path.name} is {_name(message.role)}, and not {_name(role)}.", again)
    if message.digest() != message.sha256:
        raise SynthError(f"The {role} {path.name} was altered after it was made.", again)
    if message.normalizer != NORMALIZER:
        raise SynthError(
            f"The {role} {path.name} was made by another release, which brings identifiers to other forms.",
            "Use the same release on both sides.",
        )
    if not timedelta(days=-1) <= now - message.made_at <= timedelta(days=MOST_DAYS):  # two clocks may differ
        raise SynthError(
            f"The {role} {path.name} was made on {message.made_at:%Y-%m-%d}: it may be used for {MOST_DAYS} days.",
            again,
        )
    return message


def _name(role: MessageRole) -> str:
    return "a request" if role is MessageRole.REQUEST else "an answer"


def _parse(table: pa.Table, name: str) -> OverlapMessage:
    try:
        words = json.loads((table.schema.metadata or {})[_METADATA])
        if words.pop("format") != _FORMAT:
            raise SynthError(
                f"{name} is of a format that this release does not know.", "Use one release on both sides."
            )
        words["role"] = MessageRole(words["role"])
        words["made_at"] = datetime.fromisoformat(words["made_at"]).astimezone(UTC)
        words["unanswered"] = {kind: Unanswered(reason) for kind, reason in words["unanswered"].items()}
        parts = {
            (row["kind"], MessagePart(row["part"])): bytes(row["content"])
            for row in table.select(_SCHEMA.names).to_pylist()
        }
        message = OverlapMessage(**words, parts=parts)
        _check_kinds(message)
    except (KeyError, TypeError, ValueError, AttributeError, pa.ArrowException):
        raise SynthError(
            f"{name} is not a file of synth-expectations overlap.", "Name the file that the other side made."
        ) from None
    return message


def _check_kinds(message: OverlapMessage) -> None:
    counts = [message.records, message.left_out, *message.kinds.values()]
    if not message.kinds or not {*message.kinds, *message.unanswered} <= KINDS.keys():
        raise ValueError
    if not all(type(count) is int and count >= 0 for count in counts):
        raise ValueError
