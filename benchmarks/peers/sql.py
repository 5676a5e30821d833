"""The conditions as SQL for DuckDB, used by hand and by Soda Core. The module imports nothing but Python."""

from __future__ import annotations

from benchmarks.peers.checks import (
    EARLIEST,
    EMAIL,
    FILLED,
    INFLUENCED,
    LATEST,
    MARKERS,
    METHODS,
    OLDEST,
    PLACEHOLDERS,
    PURPOSES,
    REAL,
    REGULATED,
    RESERVED,
    SEMVER,
)


def listed(values: tuple[str, ...]) -> str:
    """Return a list in SQL."""
    return "(" + ", ".join(f"'{value}'" for value in values) + ")"


def _text(column: str) -> str:
    return f"lower(trim({column}))"


def _not_one_of(column: str, values: tuple[str, ...]) -> str:
    return f"trim({column}) <> '' AND {_text(column)} NOT IN {listed(values)}"


SYNTHETIC = f"RecordOrigin__c IN {listed(INFLUENCED)}"
_GENERATED = "SyntheticGeneratedAt__c"

OF_SYNTHETIC = {
    **{name: f"coalesce({_text(column)}, '') IN {listed(('', *PLACEHOLDERS))}" for name, column in FILLED.items()},
    "generated_at is filled": f"{_GENERATED} IS NULL",
    "version is semver": f"""trim(SyntheticVersion__c) <> ''
      AND NOT regexp_full_match(trim(SyntheticVersion__c), '{SEMVER}')""",
    "method is allowed": _not_one_of("SyntheticMethod__c", METHODS),
    "purpose is allowed": _not_one_of("SyntheticPurpose__c", PURPOSES),
    "generated_at is past": f"{_GENERATED} > TIMESTAMPTZ '{LATEST}'",
    "generated_at is possible": f"{_GENERATED} < TIMESTAMPTZ '{EARLIEST}'",
    "generated_at is before loading": f"{_GENERATED} > CreatedDate",
    "retention is kept": f"""{_GENERATED} < CASE {_text("SyntheticPurpose__c")}
      {" ".join(f"WHEN '{purpose}' THEN TIMESTAMPTZ '{oldest}'" for purpose, oldest in OLDEST.items())} END""",
}
"""Conditions that a violation meets, for checks of synthetic records."""

OF_ALL = {
    "e-mail has its form": f"NOT regexp_full_match(Email, '{EMAIL}')",
    "marker is known": f"coalesce(RecordOrigin__c, '') NOT IN {listed(MARKERS)}",
    "real is not generated": f"""RecordOrigin__c = '{REAL}' AND (trim(SyntheticSource__c) <> '' OR {_GENERATED} IS NOT NULL
      OR trim(SyntheticDataset__c) <> '')""",
    # (?i) and white space in the pattern take a third of the time of lower(trim(Email))
    "e-mail is not reserved": f"""coalesce(RecordOrigin__c, '') NOT IN {listed((*INFLUENCED, "masked"))}
      AND regexp_matches(Email, '(?i)[@.]{RESERVED}[ ]*$')""",
}
"""Conditions that a violation meets, for checks of all records."""

BY_QUERY = {
    "key is unique": """
SELECT coalesce(sum(n), 0) FROM (SELECT count(*) AS n FROM {contact} GROUP BY Id HAVING count(*) > 1)""",
    "no real e-mail is copied": f"""
SELECT count(*) FROM {{contact}} WHERE {SYNTHETIC}
  AND {_text("Email")} IN (SELECT {_text("email")} FROM {{customer}})""",
    "no decision on synthetic": f"""
SELECT count(*) FROM {{credit_decision}} WHERE {_text("decision_type")} IN {listed(REGULATED)}
  AND trim(contact_id) IN (SELECT trim(Id) FROM {{contact}} WHERE {SYNTHETIC})""",
    "dataset is registered": f"""
SELECT count(*) FROM {{contact}} WHERE {SYNTHETIC} AND trim(SyntheticDataset__c) <> ''
  AND trim(SyntheticDataset__c) NOT IN (SELECT trim(dataset_id) FROM {{dataset}})""",
}
"""The queries of checks that need more than one record."""
