"""The same checks as one query, written by hand for DuckDB."""

from __future__ import annotations

PLACEHOLDERS = """'-', '--', '.', '0', '0.0', '?', 'default', 'dummy', 'false', 'fixme', 'n.a.', 'n/a', 'na', 'nan', 'nil',
 'none', 'not available', 'null', 'placeholder', 'tba', 'tbc', 'tbd', 'test', 'todo', 'unknown', 'unspecified', 'xxx'"""


def _missing(column: str) -> str:
    return f"coalesce(lower(trim({column})), '') IN ('', {PLACEHOLDERS})"


RULES = {
    "marker is missing": "coalesce(trim(marker), '') = ''",
    "marker is another": "lower(trim(marker)) NOT IN ('synthetic', 'real', 'partial', 'masked') AND trim(marker) <> ''",
    "source": f"synthetic AND {_missing('source')}",
    "generated_at": "synthetic AND generated_at IS NULL",
    "method": f"synthetic AND {_missing('method')}",
    "version": f"synthetic AND {_missing('version')}",
    "purpose": f"synthetic AND {_missing('purpose')}",
    "dataset": f"synthetic AND {_missing('dataset')}",
    "future": "synthetic AND generated_at > TIMESTAMPTZ '2026-11-01 00:05:00+00'",
    "too early": "synthetic AND generated_at < TIMESTAMPTZ '2024-01-01 00:00:00+00'",
    "after loading": "synthetic AND generated_at > loaded_at",
    "no semver": (
        "synthetic AND trim(version) <> '' AND NOT regexp_full_match(trim(version), "
        "'v?(0|[1-9][0-9]*)[.](0|[1-9][0-9]*)[.](0|[1-9][0-9]*)(-[0-9A-Za-z.-]+)?([+][0-9A-Za-z.-]+)?')"
    ),
    "other method": "synthetic AND trim(method) <> '' AND lower(trim(method)) NOT IN ('rule_based', 'ctgan', 'llm')",
    "other purpose": (
        "synthetic AND trim(purpose) <> '' AND lower(trim(purpose)) NOT IN ('testing', 'model_training', 'personalisation')"
    ),
    "past its limit, testing": (
        "synthetic AND lower(trim(purpose)) = 'testing' AND generated_at < TIMESTAMPTZ '2026-08-03 00:00:00+00'"
    ),
    "past its limit, model_training": (
        "synthetic AND lower(trim(purpose)) = 'model_training' AND generated_at < TIMESTAMPTZ '2016-11-01 00:00:00+00'"
    ),
    "past its limit, personalisation": (
        "synthetic AND lower(trim(purpose)) = 'personalisation' AND generated_at < TIMESTAMPTZ '2025-11-01 00:00:00+00'"
    ),
    "no class": (
        "synthetic AND coalesce(lower(trim(purpose)), '') NOT IN ('testing', 'model_training', 'personalisation')"
    ),
    "no age": "synthetic AND generated_at IS NULL",
}


def query(glob: str) -> str:
    """Return the query."""
    counts = ",\n  ".join(f"count(*) FILTER (WHERE {rule})" for rule in RULES.values())
    return f"""
SELECT count(*), {counts}
FROM (
  SELECT RecordOrigin__c AS marker, coalesce(lower(trim(RecordOrigin__c)) IN ('synthetic', 'partial'), FALSE) AS synthetic,
    SyntheticSource__c AS source, SyntheticGeneratedAt__c AS generated_at, SyntheticMethod__c AS method,
    SyntheticVersion__c AS version, SyntheticPurpose__c AS purpose, SyntheticDataset__c AS dataset, CreatedDate AS loaded_at
  FROM read_parquet('{glob}')
)"""
