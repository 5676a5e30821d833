"""A CRM in Parquet, written by DuckDB: contacts, and the tables in which they are looked up.

The same number of rows gives the same data. Every sixth record is synthetic. A few records in six thousand break each check: the
residues below say which. There is one customer for five contacts, and one decision for ten.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import duckdb

FILES = 10
_CYCLE = 6000

_SYNTHETIC = "i % 6 = 0"
_CONTACT = {
    "Id": ("'003' || lpad({id}::VARCHAR, 12, '0')", {}),
    "FirstName": ("'First' || (i % 997)", {}),
    "LastName": ("'Last' || (i % 9973)", {}),
    "Email": (
        "'person' || i || '@post.shopper'",
        {
            7: "'not an address'",
            13: "'someone@post'",
            19: "'person' || i || '@example.com'",
            25: "'Person' || i || '@Mail.Example.ORG'",
            126: "'customer' || (i % {customers}) || '@post.shopper'",
            132: "'Customer' || (i % {customers}) || '@Post.Shopper'",
        },
    ),
    "Phone": ("'+4420' || lpad((i % 90000000)::VARCHAR, 8, '0')", {}),
    "Birthdate": ("DATE '1950-01-01' + (i % 20000)::INTEGER", {}),
    "MailingPostalCode": ("'SW' || (i % 99)", {}),
    "CreatedDate": ("TIMESTAMPTZ '2026-10-29 00:00:00+00' + INTERVAL (i % 172800) SECOND", {}),
    "RecordOrigin__c": (
        f"CASE WHEN i % 60 = 30 THEN 'partial' WHEN {_SYNTHETIC} THEN 'synthetic' WHEN i % 60 = 1 THEN 'masked' ELSE 'real' END",
        {8: "NULL", 14: "'both'", 15: "''"},
    ),
    "SyntheticSource__c": (
        "'generator-' || (i % 7)",
        {6: "NULL", 9: "'generator-1'", 12: "'N/A'", 18: "' unknown '"},
    ),
    "SyntheticGeneratedAt__c": (
        "TIMESTAMPTZ '2026-09-01 00:00:00+00' + INTERVAL (i % 5000000) SECOND",
        {
            24: "NULL",
            96: "TIMESTAMPTZ '2027-01-01 00:00:00+00'",
            102: "TIMESTAMPTZ '2023-06-15 00:00:00+00'",
            108: "TIMESTAMPTZ '2026-10-29 01:00:00+00' + INTERVAL (i % 172800) SECOND",
            114: "TIMESTAMPTZ '2026-03-01 00:00:00+00'",
            120: "TIMESTAMPTZ '2025-06-01 00:00:00+00'",
        },
    ),
    "SyntheticMethod__c": (
        "(['rule_based', 'ctgan', 'llm'])[1 + (i // 6) % 3]",
        {30: "NULL", 36: "''", 78: "'magic'", 84: "' CTGAN'"},
    ),
    "SyntheticVersion__c": (
        "'1.' || (i % 20) || '.' || (i % 5)",
        {42: "'TBD'", 48: "NULL", 66: "'latest'", 72: "'1.2'", 144: "'v2.0.0-rc.1'"},
    ),
    "SyntheticPurpose__c": (
        "(['testing', 'model_training', 'personalisation'])[1 + (i // 6) % 3]",
        {90: "'fun'", 102: "'model_training'", 114: "'testing'", 120: "'Personalisation'"},
    ),
    "SyntheticDataset__c": ("'ds-' || (i % 100)", {21: "'ds-1'", 54: "NULL", 60: "'none'", 138: "'ds-x'"}),
}
"""By column, its usual value and its values by residue. Real records have no provenance unless a residue sets it."""

_TABLES = {
    "customer": """
        SELECT 'C' || lpad(j::VARCHAR, 10, '0') AS customer_id, 'customer' || j || '@post.shopper' AS email
        FROM range({customers}) AS numbers(j)""",
    "dataset": "SELECT 'ds-' || j AS dataset_id FROM range(100) AS numbers(j)",
    "credit_decision": """
        SELECT 'D' || lpad(k::VARCHAR, 10, '0') AS decision_id,
          '003' || lpad((CASE WHEN k % 1000 IN (5, 7) THEN (6 * k) % ({rows} - {rows} % 6) ELSE 10 * k + 1 END)::VARCHAR, 12, '0')
            AS contact_id,
          CASE WHEN k % 1000 = 7 OR k % 4 = 0 THEN 'discount' WHEN k % 4 = 1 THEN 'credit_scoring' ELSE 'eligibility' END
            AS decision_type
        FROM range({decisions}) AS numbers(k)""",
}


def make(directory: Path, rows: int) -> None:
    """Write each table as a directory of Parquet files, unless the tables exist."""
    done = directory / "complete"
    if done.is_file():
        return
    sizes = {"rows": rows, "customers": max(rows // 5, 1), "decisions": max(rows // 10, 1)}
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    step = -(-rows // FILES)
    for number in range(FILES):
        first, last = number * step, min((number + 1) * step, rows)
        query = f"SELECT {_contact(sizes)} FROM range({first}, {last}) AS numbers(i)"
        _write(connection, query, directory / "contact" / f"part-{number}.parquet")
    for table, query in _TABLES.items():
        _write(connection, query.format(**sizes), directory / table / "part-0.parquet")
    done.touch()


def _write(connection: duckdb.DuckDBPyConnection, query: str, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    connection.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet, COMPRESSION zstd)")


def _contact(sizes: Mapping[str, int]) -> str:
    columns = []
    for name, (usual, planted) in _CONTACT.items():
        otherwise = usual if not name.startswith("Synthetic") else f"CASE WHEN {_SYNTHETIC} THEN {usual} END"
        cases = " ".join(f"WHEN {residue} THEN {value}" for residue, value in planted.items())
        value = f"CASE i % {_CYCLE} {cases} ELSE {otherwise} END" if planted else otherwise
        # one record in each cycle repeats the key of the record before it
        columns.append(f'{value.format(id=f"(i - (i % {_CYCLE} = 27)::INTEGER)", **sizes)} AS "{name}"')
    return ", ".join(columns)


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]))
