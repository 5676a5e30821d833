"""Contacts in Parquet, written by DuckDB. They break no rule or every rule."""

from __future__ import annotations

from pathlib import Path

import duckdb

AS_OF = "2026-11-01T00:00:00Z"
FILES = 10

_GOOD = {
    "RecordOrigin__c": "CASE WHEN i % 6 = 0 THEN 'synthetic' ELSE 'real' END",
    "SyntheticSource__c": "'generator-' || (i % 7)",
    "SyntheticGeneratedAt__c": "TIMESTAMPTZ '2026-09-01 00:00:00+00' + INTERVAL (i % 5000000) SECOND",
    "SyntheticMethod__c": "(['rule_based', 'ctgan', 'llm'])[1 + i % 3]",
    "SyntheticVersion__c": "'1.' || (i % 20) || '.0'",
    "SyntheticPurpose__c": "(['testing', 'model_training', 'personalisation'])[1 + i % 3]",
    "SyntheticDataset__c": "'ds-' || (i % 100)",
}
# Every hundredth record breaks a rule, and each one breaks another rule.
_BAD = {
    "RecordOrigin__c": "CASE i % 1700 WHEN 0 THEN NULL WHEN 100 THEN 'both' ELSE good END",
    "SyntheticSource__c": "CASE i % 1700 WHEN 204 THEN NULL WHEN 300 THEN 'n/a' ELSE good END",
    "SyntheticGeneratedAt__c": """CASE i % 1700
        WHEN 402 THEN TIMESTAMPTZ '2027-01-01 00:00:00+00' WHEN 504 THEN TIMESTAMPTZ '2023-01-01 00:00:00+00'
        WHEN 600 THEN TIMESTAMPTZ '2026-03-01 00:00:00+00' WHEN 702 THEN NULL ELSE good END""",
    "SyntheticMethod__c": "CASE i % 1700 WHEN 804 THEN 'magic' WHEN 900 THEN ' ' ELSE good END",
    "SyntheticVersion__c": "CASE i % 1700 WHEN 1002 THEN 'latest' WHEN 1104 THEN 'tbd' ELSE good END",
    "SyntheticPurpose__c": "CASE i % 1700 WHEN 1200 THEN 'fun' WHEN 1302 THEN NULL ELSE good END",
    "SyntheticDataset__c": "CASE i % 1700 WHEN 1404 THEN 'none' ELSE good END",
}


def make(directory: Path, rows: int, *, bad: bool) -> None:
    """Write the contacts, unless they exist."""
    if (directory / f"part-{FILES - 1}.parquet").is_file():
        return
    directory.mkdir(parents=True, exist_ok=True)
    columns = []
    for name, good in _GOOD.items():
        value = _BAD[name].replace("good", f"({good})") if bad else good
        if name != "RecordOrigin__c":  # a real record has no provenance
            value = f"CASE WHEN i % 6 = 0 THEN {value} END"
        columns.append(f'{value} AS "{name}"')
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    step = -(-rows // FILES)
    for number in range(FILES):
        first, last = number * step, min((number + 1) * step, rows)
        connection.execute(
            f"""
            COPY (
              SELECT '003' || lpad(i::VARCHAR, 12, '0') AS "Id",
                'First' || (i % 997) AS "FirstName", 'Last' || (i % 9973) AS "LastName",
                'person' || i || '@firm.benchmark' AS "Email", '+4420' || lpad((i % 90000000)::VARCHAR, 8, '0') AS "Phone",
                DATE '1950-01-01' + (i % 20000)::INTEGER AS "Birthdate", 'SW' || (i % 99) AS "MailingPostalCode",
                TIMESTAMPTZ '2026-10-31 12:00:00+00' AS "CreatedDate", FALSE AS "IsDeleted",
                {", ".join(columns)}
              FROM range({first}, {last}) AS numbers(i)
            ) TO '{directory / f"part-{number}.parquet"}' (FORMAT parquet)
            """
        )
