"""Results of before the ledger: they are there, and prove nothing."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import ValidationError

from synth_expectations.evidence.adoption import AdoptionBody
from synth_expectations.evidence.ledger.entry import EntryKind
from synth_expectations.evidence.verification.objects import ObjectCheck
from synth_expectations.evidence.verification.report import VerificationFinding, Weight


def check_adoptions(objects: ObjectCheck) -> Iterator[VerificationFinding]:
    """Yield which results were adopted, and which of them are missing since."""
    for verified in objects.entries:
        if verified.entry.header.kind is not EntryKind.RESULT_ADOPTED or verified.body is None:
            continue
        try:
            body = AdoptionBody.model_validate_json(verified.body)
        except ValidationError:
            yield VerificationFinding(Weight.ALTERED, "It adopts no results.", verified.seq, verified.body_file)
            continue
        count = len(body.results)
        message = (
            f"{count} result{'s' if count > 1 else ''} of before the ledger: not proved, nothing shows when and how."
        )
        yield VerificationFinding(Weight.NOTE, message, verified.seq, verified.body_file)
        for number, result in enumerate(body.results):
            yield from objects.check_named(verified, result.sha256, f"results.{number}.sha256")
