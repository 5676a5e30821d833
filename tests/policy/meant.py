"""What the repository's policy means for the tables of the CRM, written out by hand: the compiler must say the same."""

from __future__ import annotations

from typing import Any

from synth_expectations.demo import effects
from synth_expectations.expectations.base import SyntheticDataExpectation
from synth_expectations.expectations.catalogue import expectation_class

MARKER = {
    "synthetic_values": ["synthetic"],
    "real_values": ["real"],
    "partial_values": ["partial"],
    "masked_values": ["masked"],
}
CONTACT = {**MARKER, "marker_column": "RecordOrigin__c", "record_key": "Id"}
DECISION = {"record_key": "decision_id", "decision_type": "decision_type", "not_regulated": ["discount"]}
REVIEW = {
    "reviewer": "reviewed_by",
    "reviewed_at": "reviewed_at",
    "model_output_at": "scored_at",
    "effective_at": "sent_at",
    "outcome": "review_outcome",
}


def _part(here: str | list[str], there: str | list[str], kind: str) -> dict[str, Any]:
    return {"columns": here, "reference_columns": there, "kind": kind}


ARGUMENTS: dict[tuple[str, str], dict[str, Any]] = {
    ("contact", effects.TAGGED): CONTACT,
    ("contact", effects.PROVENANCE): {
        **CONTACT,
        "fields": [
            "SyntheticSource__c",
            "SyntheticGeneratedAt__c",
            "SyntheticMethod__c",
            "SyntheticVersion__c",
            "SyntheticPurpose__c",
            "SyntheticDataset__c",
        ],
    },
    ("contact", effects.WELL_FORMED): {
        **CONTACT,
        "generated_at": "SyntheticGeneratedAt__c",
        "not_before": "2024-01-01",
        "loaded_at": "CreatedDate",
        "algorithm_version": "SyntheticVersion__c",
        "method": "SyntheticMethod__c",
        "methods": ["rule_based", "ctgan", "llm"],
        "purpose": "SyntheticPurpose__c",
        "purposes": ["testing", "model_training", "personalisation"],
    },
    ("contact", effects.NO_COPIES): {
        **CONTACT,
        "reference": "customer",
        "match": [
            [_part("Email", "email", "email")],
            [_part("Phone", "phone", "phone"), _part("LastName", "last_name", "name")],
            [
                _part(["FirstName", "LastName"], ["first_name", "last_name"], "name"),
                _part("Birthdate", "birth_date", "date"),
                _part("MailingPostalCode", "postcode", "postcode"),
            ],
        ],
    },
    ("contact", effects.EXPIRE): {
        **CONTACT,
        "anchor": "SyntheticGeneratedAt__c",
        "retention_class": "SyntheticPurpose__c",
        "max_ages": {"testing": "P90D", "model_training": "P10Y", "personalisation": "P1Y"},
        "holds": "legal_hold",
        "hold_key": "LegalHold__c",
        "holds_key": "hold_id",
        "placed_at": "placed_at",
        "released_at": "released_at",
    },
    ("marketing_send", effects.NO_SYNTHETIC): {**MARKER, "marker_column": "record_origin", "record_key": "send_id"},
    ("credit_decision", effects.NO_SYNTHETIC): {
        **MARKER,
        "marker_column": "record_origin",
        "record_key": "decision_id",
    },
    ("credit_decision", effects.EXCLUDE): {
        **DECISION,
        **REVIEW,
        "regulated": ["credit_scoring", "eligibility"],
        "subject": "contact_id",
        "reference": "contact",
        "reference_key": "Id",
        "reference_marker_column": "RecordOrigin__c",
        "reference_synthetic_values": ["synthetic"],
        "reference_partial_values": ["partial"],
        "reference_real_values": ["real", "masked"],
    },
    ("credit_decision", effects.OVERSIGHT): {
        **DECISION,
        **REVIEW,
        "review_kind": "review_kind",
        "people": "staff",
        "people_key": "person_id",
        "authorised_from": "authorised_from",
        "authorised_until": "authorised_until",
        "trained_from": "trained_from",
        "trained_until": "trained_until",
    },
}


def expectation(table: str, type_name: str) -> SyntheticDataExpectation:
    """An expectation of a table, as the policy configures it."""
    return expectation_class(type_name)(**ARGUMENTS[table, type_name])
