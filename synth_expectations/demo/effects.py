"""The rules that planted records break, with the names that the expectations give them under the demo's policy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from synth_expectations.demo.manifest import Manifest, Planted

# What the demo's policy says

METHODS = ("rule_based", "ctgan", "llm")
LIMITS = {"model_training": "P10Y", "personalisation": "P1Y", "testing": "P90D"}
NOT_BEFORE = datetime(2024, 1, 1, tzinfo=UTC)
MAX_SHARED = 20
MAX_BATCH = 5

SOURCE, GENERATED_AT, METHOD = "SyntheticSource__c", "SyntheticGeneratedAt__c", "SyntheticMethod__c"
VERSION, PURPOSE, DATASET = "SyntheticVersion__c", "SyntheticPurpose__c", "SyntheticDataset__c"

TAGGED = "expect_records_to_be_tagged"
PROVENANCE = "expect_synthetic_records_to_have_provenance"
WELL_FORMED = "expect_synthetic_provenance_to_be_well_formed"
NO_COPIES = "expect_synthetic_records_to_not_copy_real_records"
EXPIRE = "expect_synthetic_records_to_expire_on_time"
NO_SYNTHETIC = "expect_table_to_contain_no_synthetic_records"
EXCLUDE = "expect_regulated_decisions_to_exclude_synthetic_records"
OVERSIGHT = "expect_human_oversight_to_be_effective"


@dataclass(frozen=True)
class Effect:
    """A rule of an expectation on a table."""

    table: str
    expectation: str
    rule: str | None = None


def _contact(expectation: str, rule: str) -> Effect:
    return Effect("contact", expectation, rule)


def _decision(expectation: str, rule: str) -> Effect:
    return Effect("credit_decision", expectation, rule)


NO_MARKER = _contact(TAGGED, "marker is missing")
OTHER_MARKER = _contact(TAGGED, "marker is not one of synthetic, real, partial, masked")

IN_THE_FUTURE = _contact(WELL_FORMED, f"{GENERATED_AT} is after as_of + PT5M")
TOO_EARLY = _contact(WELL_FORMED, f"{GENERATED_AT} is before {NOT_BEFORE:%Y-%m-%d}")
AFTER_LOADING = _contact(WELL_FORMED, f"{GENERATED_AT} is after CreatedDate")
NO_VERSION = _contact(WELL_FORMED, f"{VERSION} is not semver")
OTHER_METHOD = _contact(WELL_FORMED, f"{METHOD} is not one of rule_based, ctgan, llm")
OTHER_PURPOSE = _contact(WELL_FORMED, f"{PURPOSE} is not one of testing, model_training, personalisation")

SAME_EMAIL = _contact(NO_COPIES, "same Email as a real record")
SAME_PHONE = _contact(NO_COPIES, "same Phone and LastName as a real record")
SAME_NAME = _contact(NO_COPIES, "same FirstName LastName and Birthdate and MailingPostalCode as a real record")
SHARED_KEY = _contact(NO_COPIES, f"only a key that more than {MAX_SHARED} real records share: not counted")

NO_AGE = _contact(EXPIRE, f"age is unknown: {GENERATED_AT} is missing or not a time")
NO_CLASS = _contact(EXPIRE, "class without a rule: not one of model_training, personalisation, testing")
HELD = _contact(EXPIRE, "past its limit, under an active hold")

SYNTHETIC_SEND = Effect("marketing_send", NO_SYNTHETIC, "record is synthetic")
UNTAGGED_SEND = Effect("marketing_send", TAGGED, "marker is missing")
UNKNOWN_SEND = Effect("marketing_send", TAGGED, "marker is not one of synthetic, real, partial, masked")
PARTIAL_SEND = Effect("marketing_send", NO_SYNTHETIC, "record is partial")

SYNTHETIC_SUBJECT = _decision(EXCLUDE, "subject is synthetic, without human oversight")
OVERSEEN_SUBJECT = _decision(EXCLUDE, "subject is synthetic, with human oversight")
UNKNOWN_SUBJECT = _decision(EXCLUDE, "subject is unknown")
NO_SUBJECT = _decision(EXCLUDE, "subject is missing")
UNTAGGED_SUBJECT = _decision(EXCLUDE, "subject is untagged")
UNLISTED_TYPE = _decision(EXCLUDE, "decision type is in neither list")

NO_REVIEWER = _decision(OVERSIGHT, "no reviewer")
ROBOT = _decision(OVERSIGHT, "reviewer is an automated account")
UNKNOWN_REVIEWER = _decision(OVERSIGHT, "reviewer is unknown")
NOT_AUTHORISED = _decision(OVERSIGHT, "reviewer was not authorised then")
NOT_TRAINED = _decision(OVERSIGHT, "reviewer was not trained then")
NO_REVIEW_TIME = _decision(OVERSIGHT, "reviewed_at is missing or not a time")
TOO_SOON = _decision(OVERSIGHT, "reviewed before the model's output")
TOO_LATE = _decision(OVERSIGHT, "reviewed after the decision took effect")
NO_OUTCOME = _decision(OVERSIGHT, "no outcome")
PILE = _decision(OVERSIGHT, f"more than {MAX_BATCH} reviews by one person in one second")


def make_field_effect(column: str) -> Effect:
    """Return the effect of a provenance field that is missing, blank or a placeholder."""
    return _contact(PROVENANCE, f"{column} is missing or a placeholder")


def make_age_effect(retention_class: str) -> Effect:
    """Return the effect of a record that is older than its class allows."""
    return _contact(EXPIRE, f"older than {LIMITS[retention_class]} ({retention_class})")


class Ledger:
    """The list of all planted records."""

    def __init__(self) -> None:
        self._keys: dict[tuple[str, Effect, bool], set[str]] = {}

    def plant(self, kind: str, key: str, *effects: Effect) -> None:
        """Add a violation, with every rule that it breaks, the main one first."""
        for effect in effects:
            self._keys.setdefault((kind, effect, False), set()).add(key)

    def spare(self, kind: str, key: str, *effects: Effect) -> None:
        """Add a hard negative, with the expectations that must not find it (or the rule that only reports it)."""
        for effect in effects:
            self._keys.setdefault((kind, effect, True), set()).add(key)

    def build_manifest(self, records: Mapping[str, int], contacts: int, seed: int, as_of: datetime) -> Manifest:
        """Return the manifest of all planted records, violations first."""
        planted = tuple(
            Planted(kind, effect.table, effect.expectation, effect.rule, frozenset(keys), negative)
            for (kind, effect, negative), keys in sorted(self._keys.items(), key=lambda item: item[0][2])
        )
        return Manifest(planted, records, contacts, seed, as_of)
