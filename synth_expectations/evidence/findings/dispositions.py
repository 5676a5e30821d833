"""What somebody decided about a finding: accepted until a day, or called a false positive; and what proves who did."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal, Self

from pydantic import BaseModel, Field, ValidationError, model_validator

from synth_expectations.evidence.attestations.envelope import read_envelope, sign_statement
from synth_expectations.evidence.attestations.statements import build_statement
from synth_expectations.evidence.canonical import compute_digest, encode_document
from synth_expectations.evidence.keys.key_ring import KeyRing
from synth_expectations.evidence.ledger.entry import EntryKind, Header
from synth_expectations.evidence.persons import is_same_person, normalize_person
from synth_expectations.evidence.records.fields import UtcTime
from synth_expectations.policy.types import ClosedModel, Text

if TYPE_CHECKING:
    from synth_expectations.evidence.keys.signing_key import SigningKey  # it imports cryptography

PREDICATE = "urn:synth-expectations:finding-disposition/v1"


class DispositionKind(StrEnum):
    """What was decided."""

    ACCEPTED = "accepted"
    FALSE_POSITIVE = "false positive"


ENTRY_KINDS = {
    DispositionKind.ACCEPTED: EntryKind.FINDING_ACCEPTED,
    DispositionKind.FALSE_POSITIVE: EntryKind.FINDING_FALSE_POSITIVE,
}


class DispositionTerms(ClosedModel):
    """A decision about a finding, as it is signed.

    Attributes:
        finding: its id.
        entry_seen: the number of the entry of the run that last had violations, when it was decided.
        count: how many records it is about: more are not covered.
        digests: keyed digests of the records, as that run names them.
        digest_key: the id of the key of these digests.
        is_complete: whether these are all of the records.
        by: who decided.
        role: as what, such as `dpo`.
        until: the last day of an acceptance, in UTC; None for a false positive.
        cleared: of a false positive, the table in which its records are to be named.
    """

    terms_schema: Literal["finding-disposition/1"] = Field("finding-disposition/1", alias="schema")
    kind: DispositionKind
    finding: str = Field(pattern="^[0-9a-f]{12}$")
    table: str
    scope: str
    expectation_id: str
    type: str
    rule: str
    entry_seen: int
    count: int = Field(ge=1)
    digests: tuple[str, ...] = ()
    digest_key: str = ""
    is_complete: bool = False
    reason: Text
    by: Text
    role: Text
    until: date | None = None
    ticket: str = ""
    cleared: str = ""

    @model_validator(mode="after")
    def _check_end(self) -> Self:
        if (self.kind is DispositionKind.ACCEPTED) != (self.until is not None):
            raise ValueError("an acceptance has a last day, and a false positive has none")
        return self

    def build_statement(self) -> dict[str, Any]:
        """Return the statement about the finding."""
        predicate = self.model_dump(mode="json", by_alias=True)
        name = encode_document({name: predicate[name] for name in ("table", "scope", "expectation_id", "rule")})
        subject = {"name": f"finding {self.finding}", "digest": {"sha256": compute_digest(name)}}
        return build_statement([subject], PREDICATE, predicate)


class DispositionRevocationBody(ClosedModel):
    """The end of a decision, before it was to end.

    Attributes:
        disposition: the number of the entry that it ends.
    """

    body_schema: Literal["disposition-revocation/1"] = Field("disposition-revocation/1", alias="schema")
    disposition: int
    by: Text
    reason: Text


class Revocation(BaseModel, defer_build=True):
    """Who ended a decision, when and why."""

    entry: int
    at: UtcTime
    by: str
    reason: str


class RecordedDisposition(BaseModel, defer_build=True):
    """A decision of the ledger.

    Attributes:
        entry: the number of its entry.
        at: when it was recorded.
        keyid: the key that signed it; None if nobody did.
        objection: why it does not count, as a clause; empty if it does.
        revoked: its end, if somebody ended it.
    """

    entry: int
    at: UtcTime
    terms: DispositionTerms
    keyid: str | None = None
    objection: str = ""
    revoked: Revocation | None = None

    @property
    def wording(self) -> str:
        """What proves it, for people."""
        if self.objection:
            return f"does not count: {self.objection}"
        return "signed by the approver's key" if self.keyid else "asserted, not signed"


class _StatementModel(ClosedModel):
    type_: str = Field(alias="_type")
    subject: list[dict[str, Any]]
    predicate_type: str = Field(alias="predicateType")
    predicate: DispositionTerms


def encode_disposition(terms: DispositionTerms, key: SigningKey | None) -> bytes:
    """Return the body of the entry of a decision: a statement, in an envelope if a key signs it."""
    statement = terms.build_statement()
    return sign_statement(statement, key) if key else encode_document(statement)


def read_disposition(header: Header, body: bytes, ring: KeyRing) -> RecordedDisposition:
    """Return the decision of an entry, and why its signature does not hold, if it does not.

    Args:
        header: of the entry.
        body: its body: a statement, alone or in an envelope.
        ring: the keys whose signatures count.

    Raises:
        ValueError: it is not a decision about a finding, or of another kind than its entry.
    """
    envelope = read_envelope(body)
    terms = _parse_terms(envelope.decode_payload() if envelope else body)
    if ENTRY_KINDS[terms.kind] is not header.kind:
        raise ValueError("the entry is of another kind than the decision")
    if envelope is None:
        objection = "its entry names a signer, and it is not signed" if header.signer else ""
        return RecordedDisposition(entry=header.seq, at=header.at, terms=terms, objection=objection)
    keyid = next((keyid for keyid, known in ring.keys.items() if envelope.is_signed_by(known.public)), None)
    if keyid is None:
        return RecordedDisposition(
            entry=header.seq, at=header.at, terms=terms, objection="no known key made its signature"
        )
    objection = ring.find_objection(keyid, header.at, header.seq)
    person = ring.keys[keyid].body.person
    if not objection and normalize_person(person) != normalize_person(terms.by):
        objection = f"the key is that of {person}"
    return RecordedDisposition(entry=header.seq, at=header.at, terms=terms, keyid=keyid, objection=objection)


def _parse_terms(payload: bytes) -> DispositionTerms:
    try:
        statement = _StatementModel.model_validate_json(payload)
    except ValidationError as error:
        raise ValueError("it is not a statement about a finding") from error
    if statement.model_dump(mode="json", by_alias=True) != statement.predicate.build_statement():
        raise ValueError("the statement is not that of its predicate")
    return statement.predicate


def find_dependence(approver: str, owner: str, operators: dict[str, str]) -> str:
    """Return for whom an approver would decide, as a clause; empty if they are independent.

    Args:
        approver: who decides.
        owner: of the table.
        operators: who runs the checks, by what makes them the operator.
    """
    if is_same_person(approver, owner):
        return f"{approver} owns the table"
    for cause, operator in operators.items():
        if is_same_person(approver, operator):
            return f"{approver} {cause}"
    return ""
