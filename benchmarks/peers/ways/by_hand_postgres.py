"""The twenty checks as SQL, written by hand for PostgreSQL. One scan evaluates all checks that need one record."""

from __future__ import annotations

import os
import re
from pathlib import Path

import psycopg

from benchmarks.peers.checks import CONTACT_COLUMNS
from benchmarks.peers.measurement import Engine, report
from benchmarks.peers.sql import BY_QUERY, OF_ALL, OF_SYNTHETIC, SYNTHETIC

_WHOLE = re.compile(r"regexp_full_match\((.+), '(.+)'\)")
_PART = re.compile(r"regexp_matches\((.+), '(.+)'\)")
_MIXED_CASE = re.compile(rf"\b({'|'.join(CONTACT_COLUMNS)})\b")


def in_postgres(condition: str) -> str:
    return _quoted(_PART.sub(r"\1 ~ '\2'", _WHOLE.sub(r"\1 ~ '^(\2)$'", condition)))


def _quoted(query: str) -> str:
    return _MIXED_CASE.sub(r'"\1"', query)


def _queries() -> list[tuple[list[str], str]]:
    conditions = {name: f"{SYNTHETIC} AND {condition}" for name, condition in OF_SYNTHETIC.items()} | OF_ALL
    counts = ", ".join(f"count(*) FILTER (WHERE {in_postgres(condition)})" for condition in conditions.values())
    tables = {name: name for name in ("contact", "customer", "credit_decision", "dataset")}
    others = [([name], _quoted(query.format(**tables))) for name, query in BY_QUERY.items()]
    return [(list(conditions), f"SELECT {counts} FROM contact"), *others]


def ask(_: Path, engine: Engine) -> dict[str, int | None]:
    """Run one query after the other."""
    counts: dict[str, int | None] = {}
    with psycopg.connect(os.environ["PEERS_URL"].replace("+psycopg", "")) as connection:
        for names, query in _queries():
            with engine.at_work():
                (row,) = connection.execute(query.encode()).fetchall()
            engine.queries += 1
            counts |= dict(zip(names, map(int, row), strict=True))
    return counts


if __name__ == "__main__":
    report(ask, {"psycopg": psycopg.__version__})
