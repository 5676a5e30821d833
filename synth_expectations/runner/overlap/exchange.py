"""The three steps of a comparison: one side asks, the other answers, and the first counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import pyarrow.compute as pc

from synth_expectations.errors import SynthError
from synth_expectations.policy.compile.compiler import CompiledPolicy
from synth_expectations.rules.fingerprints import FINGERPRINT, KIND, KINDS
from synth_expectations.runner.fingerprinting import TableFingerprints, collect_fingerprints
from synth_expectations.runner.fingerprints.key import ComparisonKey, KeyPurpose, destroy_key, make_key, read_key
from synth_expectations.runner.overlap.message import (
    MessagePart,
    MessageRole,
    OverlapMessage,
    Unanswered,
    read_message,
    write_message,
)
from synth_expectations.runner.overlap.protocol import answer_request, count_shared, create_secret, encrypt_values

_PURPOSE = KeyPurpose("overlap", "Make one with: synth-expectations overlap request")
_PUBLIC = ComparisonKey(b"synth-expectations overlap", datetime(2026, 1, 1, tzinfo=UTC))
"""Makes the digests of identifiers that the protocol encrypts. They leave the process only encrypted, so anyone may know it."""
_RECORD_KEY = "id"
"""The kind of fingerprint that is not compared: a sandbox may well keep the record keys of production."""


@dataclass(frozen=True)
class KindOverlap:
    """How many values of one kind two tables share.

    Attributes:
        kind: a key of `KINDS`.
        shared: how many values of the request the other side has.
        asked: how many values the request has.
        held: how many the other side has.
    """

    kind: str
    shared: int
    asked: int
    held: int


@dataclass(frozen=True)
class Overlap:
    """What two tables share.

    Attributes:
        kinds: what was compared.
        not_compared: the kinds that the request has and the answer has not, and why.
        request: that was answered.
        answer: to it.
    """

    kinds: tuple[KindOverlap, ...]
    not_compared: dict[str, Unanswered]
    request: OverlapMessage
    answer: OverlapMessage

    def to_json(self) -> dict[str, object]:
        """Return it for JSON: counts and digests, and no value."""
        return {
            "kinds": [asdict(kind) for kind in self.kinds],
            "not_compared": self.not_compared,
            "left_out": self.answer.left_out,
            "request": _describe(self.request),
            "answer": _describe(self.answer),
        }

    @property
    def is_shared(self) -> bool:
        """Whether there is a value that both sides have."""
        return any(kind.shared for kind in self.kinds)


def _describe(message: OverlapMessage) -> dict[str, object]:
    return {"sha256": message.sha256, "made_at": message.made_at.isoformat(), "records": message.records}


def request_overlap(compiled: CompiledPolicy, table: str, key_path: Path, out: Path, now: datetime) -> OverlapMessage:
    """Write a request that says nothing of the table but how many values it has, and the key that belongs to it.

    Args:
        compiled: the policy that names the table.
        table: to check, all of whose records take part.
        key_path: of the new key, which never leaves this side.
        out: the file of the request.
        now: in UTC.

    Raises:
        SynthError: the table cannot be read, has no identifiers, or the key is there already.
    """
    _refuse_same(out, key_path)
    secret = create_secret()
    made = collect_fingerprints(compiled, table, _PUBLIC, names_records=True, now=now)
    values = _list_values(made)
    if not values:
        raise SynthError(f"No record of {table} has an identifier that can be read.", "Look at its columns.")
    key = make_key(key_path, now, _PURPOSE, secret)
    try:
        message = OverlapMessage(
            MessageRole.REQUEST,
            now,
            made.records,
            {kind: len(texts) for kind, texts in values.items()},
            parts={(kind, MessagePart.ASKED): encrypt_values(secret, texts) for kind, texts in values.items()},
        ).sealed(key)
        write_message(out, message)
    except BaseException:
        destroy_key(key_path)  # it belongs to no request
        raise
    return message


def answer_overlap(
    compiled: CompiledPolicy, table: str, request_path: Path, out: Path, fewest: int, now: datetime
) -> OverlapMessage:
    """Write an answer that lets the other side count what is shared, and see no value of the table.

    Args:
        compiled: the policy that names the table.
        table: to compare with; records that are marked as synthetic do not take part.
        request_path: the file of the other side.
        out: the file of the answer.
        fewest: how many values of a kind a request must have to be answered; see `FEWEST_COMPARED`.
        now: in UTC.

    Raises:
        SynthError: the request or the table cannot be read, or there is nothing to answer.
    """
    _refuse_same(out, request_path)
    request = read_message(request_path, MessageRole.REQUEST, now)
    made = collect_fingerprints(compiled, table, _PUBLIC, names_records=False, now=now)
    values = _list_values(made)
    unanswered = _find_unanswerable(request, values, fewest)
    if len(unanswered) == len(request.kinds):
        reasons = "; ".join(describe_unanswered(kind, reason) for kind, reason in unanswered.items())
        raise SynthError(
            f"There is nothing to answer: {reasons}.",
            "Name the same identifiers of both tables, or allow fewer values with --at-least.",
        )
    parts: dict[tuple[str, MessagePart], bytes] = {}
    for kind in request.kinds.keys() - unanswered.keys():
        content = request.parts.get((kind, MessagePart.ASKED), b"")
        held, asked = answer_request(content, request.kinds[kind], values[kind])
        parts |= {(kind, MessagePart.HELD): held, (kind, MessagePart.ASKED): asked}
    message = OverlapMessage(
        MessageRole.ANSWER,
        now,
        made.records,
        {kind: len(values[kind]) for kind in request.kinds if kind not in unanswered},
        made.left_out,
        unanswered,
        request.sha256,
        parts=parts,
    ).sealed()
    write_message(out, message)
    return message


def count_overlap(request_path: Path, answer_path: Path, key_path: Path, now: datetime) -> Overlap:
    """Return how many values of the request the other side has.

    Args:
        request_path: the own file.
        answer_path: the file of the other side.
        key_path: the key of the request.
        now: in UTC.

    Raises:
        SynthError: a file cannot be read, or they do not belong together.
    """
    key = read_key(key_path, now, _PURPOSE)
    request = read_message(request_path, MessageRole.REQUEST, now)
    answer = read_message(answer_path, MessageRole.ANSWER, now)
    if key.seal(request.sha256) != request.seal:
        raise SynthError(f"{request_path.name} was not made with the key {key_path.name}.", "Name the key of it.")
    if answer.request_sha256 != request.sha256:
        raise SynthError(f"{answer_path.name} answers another request than {request_path.name}.", "Name its answer.")
    kinds = tuple(
        KindOverlap(kind, _count_kind(key, answer, kind, size), size, answer.kinds[kind])
        for kind, size in request.kinds.items()
        if kind in answer.kinds
    )
    missing = {kind: answer.unanswered[kind] for kind in request.kinds if kind in answer.unanswered}
    if not kinds or len(kinds) + len(missing) != len(request.kinds):
        raise SynthError(
            "The answer does not say of each kind whether it was compared.", "Let the other side answer again."
        )
    return Overlap(kinds, missing, request, answer)


def _refuse_same(out: Path, other: Path) -> None:
    if out.resolve() == other.resolve():
        raise SynthError(f"{out} cannot be both files: nothing was written.", "Name another file with --out.")


def _count_kind(key: ComparisonKey, answer: OverlapMessage, kind: str, asked: int) -> int:
    held, both = (answer.parts.get((kind, part), b"") for part in (MessagePart.HELD, MessagePart.ASKED))
    return count_shared(key.secret, asked, held, both)


def _list_values(made: TableFingerprints) -> dict[str, list[str]]:
    """Return the distinct values of each kind as texts, in an order that says nothing of the records."""
    values: dict[str, list[str]] = {}
    for kind in made.kinds:
        if kind == _RECORD_KEY:
            continue
        rows = made.rows.filter(pc.equal(made.rows.column(KIND), kind)).column(FINGERPRINT).unique().to_pylist()
        if rows:
            values[kind] = sorted(row.hex() for row in rows)
    return values


def _find_unanswerable(request: OverlapMessage, values: Mapping[str, list[str]], fewest: int) -> dict[str, Unanswered]:
    reasons: dict[str, Unanswered] = {}
    for kind, size in request.kinds.items():
        if kind not in values:
            reasons[kind] = Unanswered.NONE
        elif size < fewest:
            reasons[kind] = Unanswered.FEW
    return reasons


def describe_unanswered(kind: str, reason: Unanswered) -> str:
    """Say why a kind is not compared."""
    if reason is Unanswered.FEW:
        return f"the request has too few values of {KINDS[kind]}, and their number would tell of single people"
    return f"the table that answers has no {KINDS[kind]} that can be read"
