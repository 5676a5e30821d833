"""The twenty checks as SQL, written by hand for Spark. One scan evaluates all checks that need one record."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.peers.sql import BY_QUERY, OF_ALL, OF_SYNTHETIC, SYNTHETIC
from benchmarks.spark.session import report

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_WHOLE = re.compile(r"regexp_full_match\((.+), '(.+)'\)")
_PART = re.compile(r"regexp_matches\((.+), '(.+)'\)")


def _for_spark(condition: str) -> str:
    matched = _PART.sub(r"\1 RLIKE '\2'", _WHOLE.sub(r"\1 RLIKE '^(\2)$'", condition))
    return matched.replace("TIMESTAMPTZ '", "TIMESTAMP '")


def queries() -> list[tuple[list[str], str]]:
    """Return what is asked, with the checks that each query answers."""
    conditions = {name: f"{SYNTHETIC} AND {condition}" for name, condition in OF_SYNTHETIC.items()} | OF_ALL
    counts = ", ".join(f"count(*) FILTER (WHERE {_for_spark(condition)})" for condition in conditions.values())
    tables = {name: name for name in ("contact", "customer", "credit_decision", "dataset")}
    others = [([name], query.format(**tables)) for name, query in BY_QUERY.items()]
    return [(list(conditions), f"SELECT {counts} FROM contact"), *others]


def ask(data: Path, session: SparkSession) -> dict[str, int | None]:
    """Run one query after the other."""
    for path in data.iterdir():
        if path.is_dir():
            session.read.parquet(str(path)).createOrReplaceTempView(path.name)
    counts: dict[str, int | None] = {}
    for names, query in queries():
        (row,) = session.sql(query).collect()
        counts |= dict(zip(names, map(int, row), strict=True))
    return counts


if __name__ == "__main__":
    report(ask)
