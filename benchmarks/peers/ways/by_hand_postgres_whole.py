"""The twenty checks as SQL by hand for PostgreSQL, with the other questions that this package answers.

They are the same rules: every kind of white space is trimmed, the marker too, retention is counted by class, and a decision's
subject must be given, known and tagged. Not asked: letters with accents in two forms, ids of Salesforce in two lengths, and the
addresses of sample people.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path

import psycopg

from benchmarks.peers.checks import INFLUENCED, MARKERS, METHODS, OLDEST, PLACEHOLDERS, PURPOSES, REAL, REGULATED
from benchmarks.peers.measurement import Engine, report
from benchmarks.peers.sql import BY_QUERY, OF_ALL, OF_SYNTHETIC, SYNTHETIC, listed
from benchmarks.peers.ways.by_hand_postgres import in_postgres

_SPACES = (
    r"E' \t\r\n\x0b\x0c\x1c\x1d\x1e\x1f\u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    r"\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202f\u205f\u2060\u3000\u00ad\ufeff'"
)
_TRIM = re.compile(r"\btrim\(([^()]+)\)")
_FOLDED = re.compile(r"(?:lower\()?\btrim\((\w+)\)\)?")
_GENERATED = "SyntheticGeneratedAt__c"
_DECISION = "no decision on synthetic"
_COPIES = "no real e-mail is copied"

_MORE_OF_SYNTHETIC = (
    f"coalesce(lower(trim(SyntheticPurpose__c)), '') IN {listed(('', *PLACEHOLDERS))}",
    f"coalesce(lower(trim(SyntheticPurpose__c)), '') NOT IN {listed(PURPOSES)}",
    f"coalesce(lower(trim(SyntheticMethod__c)), '') NOT IN {listed(METHODS)}",
    "coalesce(trim(SyntheticDataset__c), '') = ''",
    *(
        f"lower(trim(SyntheticPurpose__c)) = '{purpose}' AND {_GENERATED} < TIMESTAMPTZ '{oldest}'"
        for purpose, oldest in OLDEST.items()
    ),
)
_MORE_OF_ALL = (
    *(f"RecordOrigin__c = '{marker}'" for marker in MARKERS),
    "coalesce(RecordOrigin__c, '') = ''",
    f"RecordOrigin__c = '{REAL}' AND trim(SyntheticSource__c) <> ''",
    f"RecordOrigin__c = '{REAL}' AND trim(SyntheticDataset__c) <> ''",
    f"{_GENERATED} > TIMESTAMPTZ '2026-11-01 00:00:00+00:00'",
)

_OF_LOOKUPS = {
    _COPIES: f"""
SELECT count(*) FILTER (WHERE n <= 20), count(*) FILTER (WHERE n > 20) FROM contact JOIN (
  SELECT lower(trim(email)) AS address, count(*) AS n FROM customer GROUP BY 1) AS known
ON lower(trim(Email)) = address WHERE {SYNTHETIC}""",
    _DECISION: f"""
WITH decided AS MATERIALIZED (
  SELECT trim(contact_id) AS subject, lower(trim(decision_type)) AS kind FROM credit_decision
  WHERE lower(trim(decision_type)) <> 'discount'),
known AS (
  SELECT trim(Id) AS id, bool_or(RecordOrigin__c IN {listed(INFLUENCED)}) AS influenced,
    bool_or(RecordOrigin__c IN {listed(MARKERS)}) AS tagged
  FROM contact WHERE trim(Id) IN (SELECT subject FROM decided) GROUP BY 1)
SELECT count(*) FILTER (WHERE influenced), count(*) FILTER (WHERE coalesce(subject, '') = ''),
  count(*) FILTER (WHERE subject <> '' AND id IS NULL), count(*) FILTER (WHERE NOT tagged)
FROM decided LEFT JOIN known ON subject = id WHERE kind IN {listed(REGULATED)}""",
}
"""The queries with lookups, the count of the check first."""


_TEXTS = (
    "SyntheticSource__c",
    "SyntheticMethod__c",
    "SyntheticVersion__c",
    "SyntheticPurpose__c",
    "SyntheticDataset__c",
)
_MARKED = "lower(trim(RecordOrigin__c)) AS RecordOrigin__c"
_RECORDS = f"(SELECT Email, {_GENERATED}, {_TEXTS[0]}, {_TEXTS[-1]}, {_MARKED} FROM contact OFFSET '0') AS records"
_SYNTHETIC_RECORDS = f"""(SELECT CreatedDate, {_GENERATED}, {", ".join(f"lower(trim({text})) AS {text}" for text in _TEXTS)}
FROM contact WHERE lower(trim(RecordOrigin__c)) IN {listed(INFLUENCED)} OFFSET '0') AS records"""
"""Records whose texts are trimmed once, however many conditions read them; OFFSET keeps the planner from doing it again."""


def _written(query: str) -> str:
    """Return SQL for PostgreSQL that trims all kinds of white space."""
    return _TRIM.sub(rf"btrim(\1, {_SPACES})".replace("\\", "\\\\").replace("\\\\1", "\\1"), in_postgres(query))


def _count(conditions: Iterable[str], *, are_trimmed: bool = False) -> str:
    """Return what counts each condition, on texts that may be trimmed already."""
    written = (_FOLDED.sub(r"\1", condition) if are_trimmed else condition for condition in conditions)
    return ", ".join(f"count(*) FILTER (WHERE {_written(condition)})" for condition in written)


def queries() -> list[tuple[list[str], str]]:
    """Return the queries, each with the checks that its first columns count."""
    of_synthetic = _count((*OF_SYNTHETIC.values(), *_MORE_OF_SYNTHETIC), are_trimmed=True)
    of_all = _count((*OF_ALL.values(), *_MORE_OF_ALL))
    tables = {name: name for name in ("contact", "customer", "credit_decision", "dataset")}
    return [
        (list(OF_SYNTHETIC), f"SELECT {of_synthetic} FROM {_written(_SYNTHETIC_RECORDS)}"),
        (list(OF_ALL), f"SELECT {of_all} FROM {_written(_RECORDS)}"),
        *(
            ([name], _written(_mark(_OF_LOOKUPS.get(name) or query.format(**tables))))
            for name, query in BY_QUERY.items()
        ),
    ]


def _mark(query: str) -> str:
    return query.replace("RecordOrigin__c", "lower(trim(RecordOrigin__c))")


def ask(_: Path, engine: Engine) -> dict[str, int | None]:
    """Run one query after the other."""
    counts: dict[str, int | None] = {}
    with psycopg.connect(os.environ["PEERS_URL"].replace("+psycopg", "")) as connection:
        for names, query in queries():
            with engine.at_work():
                (row,) = connection.execute(query.encode()).fetchall()
            engine.queries += 1
            counts |= dict(zip(names, map(int, row), strict=False))
    return counts


if __name__ == "__main__":
    report(ask, {"psycopg": psycopg.__version__})
