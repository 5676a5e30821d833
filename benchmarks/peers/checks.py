"""The twenty checks: what each counts, and the constants that all ways of asking share. Nothing but Python in it.

What it means is the same for all: the marker is compared as it is; other texts are trimmed and compared in lower case.
The records hold such variants, so that a way which asks less finds another number.
"""

from __future__ import annotations

AS_OF = "2026-11-01T00:00:00Z"

CHECKS = {
    "source is filled": "synthetic records without a source: NULL, blank or a placeholder",
    "generated_at is filled": "synthetic records without a generation time",
    "method is filled": "synthetic records without a method: NULL, blank or a placeholder",
    "version is filled": "synthetic records without a version: NULL, blank or a placeholder",
    "dataset is filled": "synthetic records without a dataset: NULL, blank or a placeholder",
    "version is semver": "synthetic records whose version is another text",
    "e-mail has its form": "records whose e-mail address is none",
    "method is allowed": "synthetic records whose method is none of the allowed",
    "purpose is allowed": "synthetic records whose purpose is none of the allowed",
    "marker is known": "records whose marker is missing or none of its values",
    "generated_at is past": "synthetic records generated later than five minutes after as_of",
    "generated_at is possible": "synthetic records generated before there was a generator",
    "generated_at is before loading": "synthetic records generated after they were loaded",
    "real is not generated": "real records that have a source, a generation time or a dataset",
    "e-mail is not reserved": "real and untagged records with an address of a reserved domain",
    "retention is kept": "synthetic records older than the limit of their purpose",
    "key is unique": "records whose key another one has",
    "no real e-mail is copied": "synthetic records with the e-mail address of a customer",
    "no decision on synthetic": "regulated decisions on a synthetic contact",
    "dataset is registered": "synthetic records of a dataset that the registry does not have",
}
"""By name, what is counted. A `synthetic` record is one whose marker is one of INFLUENCED."""

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
"""Checks of text columns that must hold something, with the column."""

PLACEHOLDERS = (
    *("-", "--", ".", "0", "0.0", "?", "default", "dummy", "false", "fixme", "n.a.", "n/a", "na", "nan", "nil", "none"),
    *("not available", "null", "placeholder", "tba", "tbc", "tbd", "test", "todo", "unknown", "unspecified", "xxx"),
)
"""Texts that say nothing, in lower case."""

LATEST = "2026-11-01 00:05:00+00:00"
EARLIEST = "2024-01-01 00:00:00+00:00"
OLDEST = {
    "testing": "2026-08-03 00:00:00+00:00",
    "model_training": "2016-11-01 00:00:00+00:00",
    "personalisation": "2025-11-01 00:00:00+00:00",
}
"""By purpose, what must have been generated since."""

# In what RE2, Python, Rust and PostgreSQL read alike, of the whole text but for RESERVED.
SEMVER = "v?(0|[1-9][0-9]*)[.](0|[1-9][0-9]*)[.](0|[1-9][0-9]*)(-[0-9A-Za-z.-]+)?([+][0-9A-Za-z.-]+)?"
EMAIL = "[^@ ]+@[^@ ]+[.][^@ ]+"
RESERVED = "(test|example|invalid|localhost|example[.](com|net|org))[.]?"
"""How the domain of an address ends that is no person's: after an `@` or a dot."""

CONTACT_COLUMNS = (
    *("Id", "Email", "CreatedDate", "RecordOrigin__c", "SyntheticSource__c", "SyntheticGeneratedAt__c"),
    *("SyntheticMethod__c", "SyntheticVersion__c", "SyntheticPurpose__c", "SyntheticDataset__c"),
)
"""Those of the contacts that the checks read."""
