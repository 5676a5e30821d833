"""The twenty checks, and the constants that all contenders share. The module imports nothing but Python.

All contenders compare the marker as it is. They trim other texts and compare them in lower case. The records contain such
variants, so a contender that does not trim counts another number.
"""

from __future__ import annotations

AS_OF = "2026-11-01T00:00:00Z"

CHECKS = {
    "source is filled": "synthetic records without a source: NULL, blank or a placeholder",
    "generated_at is filled": "synthetic records without a generation time",
    "method is filled": "synthetic records without a method: NULL, blank or a placeholder",
    "version is filled": "synthetic records without a version: NULL, blank or a placeholder",
    "dataset is filled": "synthetic records without a dataset: NULL, blank or a placeholder",
    "version is semver": "synthetic records whose version is not a semantic version",
    "e-mail has its form": "records whose e-mail address is malformed",
    "method is allowed": "synthetic records whose method is not allowed",
    "purpose is allowed": "synthetic records whose purpose is not allowed",
    "marker is known": "records whose marker is missing or has an unknown value",
    "generated_at is past": "synthetic records generated more than five minutes after as_of",
    "generated_at is possible": "synthetic records generated before the first generator existed",
    "generated_at is before loading": "synthetic records generated after they were loaded",
    "real is not generated": "real records that have a source, a generation time or a dataset",
    "e-mail is not reserved": "real and untagged records with an address in a reserved domain",
    "retention is kept": "synthetic records older than the limit of their purpose",
    "key is unique": "records that share their key with another record",
    "no real e-mail is copied": "synthetic records with the e-mail address of a customer",
    "no decision on synthetic": "regulated decisions on a synthetic contact",
    "dataset is registered": "synthetic records whose dataset is not in the registry",
}
"""What each check counts, by name. The marker of a `synthetic` record is one of INFLUENCED."""

INFLUENCED = ("synthetic", "partial")
REAL = "real"
MARKERS = ("synthetic", "partial", "masked", "real")
METHODS = ("rule_based", "ctgan", "llm")
PURPOSES = ("testing", "model_training", "personalisation")
REGULATED = ("credit_scoring", "eligibility")
FILLED = {
    "source is filled": "SyntheticSource__c",
    "method is filled": "SyntheticMethod__c",
    "version is filled": "SyntheticVersion__c",
    "dataset is filled": "SyntheticDataset__c",
}
"""The column of each check of a text that must not be empty."""

PLACEHOLDERS = (
    *("-", "--", ".", "0", "0.0", "?", "default", "dummy", "false", "fixme", "n.a.", "n/a", "na", "nan", "nil", "none"),
    *("not available", "null", "placeholder", "tba", "tbc", "tbd", "test", "todo", "unknown", "unspecified", "xxx"),
)
"""Texts that count as empty, in lower case."""

LATEST = "2026-11-01 00:05:00+00:00"
EARLIEST = "2024-01-01 00:00:00+00:00"
OLDEST = {
    "testing": "2026-08-03 00:00:00+00:00",
    "model_training": "2016-11-01 00:00:00+00:00",
    "personalisation": "2025-11-01 00:00:00+00:00",
}
"""The earliest allowed generation time, by purpose."""

# RE2, Python, Rust and PostgreSQL read these alike. All but RESERVED match the whole text.
SEMVER = "v?(0|[1-9][0-9]*)[.](0|[1-9][0-9]*)[.](0|[1-9][0-9]*)(-[0-9A-Za-z.-]+)?([+][0-9A-Za-z.-]+)?"
EMAIL = "[^@ ]+@[^@ ]+[.][^@ ]+"
RESERVED = "(test|example|invalid|localhost|example[.](com|net|org))[.]?"
"""The end of a reserved domain, after an `@` or a dot. No person has such an address."""

CONTACT_COLUMNS = (
    *("Id", "Email", "CreatedDate", "RecordOrigin__c", "SyntheticSource__c", "SyntheticGeneratedAt__c"),
    *("SyntheticMethod__c", "SyntheticVersion__c", "SyntheticPurpose__c", "SyntheticDataset__c"),
)
"""The columns of the contacts that the checks read."""
