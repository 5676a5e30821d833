"""What a signer of a closed period signs: the conclusions of requirements, over the pack and its reservations."""

from __future__ import annotations

import json
from typing import Any, Literal

from synth_expectations.errors import nearest
from synth_expectations.evidence.attestations.statements import build_statement
from synth_expectations.evidence.cycle.closing import ClosingError, PeriodClosing, RequirementCounts
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.records.fields import Sha256
from synth_expectations.policy.types import ClosedModel, Text

SIGN_OFF = "urn:synth-expectations:signoff/v1"

Conclusion = Literal["effective", "ineffective", "not concluded"]


class RequirementConclusion(RequirementCounts):
    """What a signer concludes of a requirement, beside what the pack counts for it."""

    conclusion: Conclusion = "not concluded"


class SignOffTerms(ClosedModel):
    """What a signer signs: the predicate of the statement. Its subject is MANIFEST.json of the pack.

    Attributes:
        closing: the number of the entry that closes the period.
        head: the last entry of the period, and `head_sha256` of its header.
        reservations: those of the close.
        remarks: what the signer adds.
        by: who signs.
        role: as what, such as `compliance`.
    """

    project_uuid: str
    period: Text
    closing: int
    head: int
    head_sha256: Sha256
    manifest_sha256: Sha256
    conclusions: tuple[RequirementConclusion, ...]
    reservations: tuple[str, ...] = ()
    remarks: str = ""
    by: Text
    role: Text

    def build_statement(self) -> dict[str, Any]:
        """Return the statement about the pack."""
        subject = {"name": "MANIFEST.json", "digest": {"sha256": self.manifest_sha256}}
        return build_statement([subject], SIGN_OFF, self.model_dump(mode="json"))


def make_terms(
    ledger: EvidenceLedger, closing: PeriodClosing, by: str, role: str, conclusions: dict[str, Conclusion], remarks: str
) -> SignOffTerms:
    """Return what a signer signs.

    Args:
        ledger: of the project.
        closing: of the period.
        by: who signs.
        role: as what.
        conclusions: by regulation and requirement, as `gdpr/Article 35(7)`, or by the regulation for all of its
            requirements; what is not named is not concluded.
        remarks: what the signer adds.

    Raises:
        ClosingError: a conclusion is about a requirement that the close does not have.
    """
    body = closing.body
    known = {f"{row.regulation}/{row.requirement}" for row in body.requirements} | {
        row.regulation for row in body.requirements
    }
    for name in conclusions:
        if name not in known:
            guess = nearest(name, sorted(known))
            raise ClosingError(
                f"The period has no requirement {name}.",
                f"Did you mean {guess}?" if guess else "Write gdpr/Article 22.",
            )
    return SignOffTerms(
        project_uuid=ledger.open_project(),
        period=body.terms.period,
        closing=closing.header.seq,
        head=closing.head.seq,
        head_sha256=closing.head.digest,
        manifest_sha256=body.manifest_sha256,
        conclusions=tuple(
            RequirementConclusion(
                regulation=row.regulation,
                requirement=row.requirement,
                counts=row.counts,
                conclusion=conclusions.get(
                    f"{row.regulation}/{row.requirement}", conclusions.get(row.regulation, "not concluded")
                ),
            )
            for row in body.requirements
        ),
        reservations=body.terms.reservations,
        remarks=remarks,
        by=by,
        role=role,
    )


def parse_terms(payload: bytes) -> SignOffTerms:
    """Return what a statement says.

    Raises:
        ValueError: it is not a statement of a sign-off, or is about another pack than its predicate says.
    """
    document = json.loads(payload)
    if not isinstance(document, dict):
        raise TypeError("a statement is a document")
    terms = SignOffTerms.model_validate(document.get("predicate"))
    if document != terms.build_statement():
        raise ValueError("the statement is not that of its predicate")
    return terms


def find_contradiction(terms: SignOffTerms, closing: PeriodClosing) -> str:
    """Return how a sign-off contradicts the close that it is about, as a clause; empty if it does not."""
    body = closing.body
    signed = (terms.period, terms.closing, terms.manifest_sha256, terms.head, terms.head_sha256, terms.reservations)
    own = (body.terms.period, closing.header.seq, body.manifest_sha256, closing.head.seq, closing.head.digest)
    if signed != (*own, body.terms.reservations):
        return "it is over another pack, or other reservations"
    counted = [(row.regulation, row.requirement, row.counts) for row in terms.conclusions]
    if counted != [(row.regulation, row.requirement, row.counts) for row in body.requirements]:
        return "its requirements, or their counts, are not those of the pack"
    return ""
