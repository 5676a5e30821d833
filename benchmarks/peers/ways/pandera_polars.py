"""The twenty checks with pandera on Polars: two schemas, with an expression for each check.

Frames are read first, because pandera checks only names and types of a lazy frame by default.
"""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import pandera.polars as pa
import polars as pl
from pandera.errors import SchemaErrors

from benchmarks.peers.checks import CHECKS, CONTACT_COLUMNS
from benchmarks.peers.measurement import Engine, report
from benchmarks.peers.polars_conditions import broken, contacts, decided_on_synthetic, decisions


def _check(name: str, fails: pl.Expr) -> pa.Check:
    holds = fails.fill_null(value=False).not_()
    return pa.Check(lambda checked: checked.lazyframe.select(holds), name=name)


def ask(data: Path, engine: Engine) -> dict[str, int | None]:
    """Validate both frames, and collect all errors."""
    with engine.at_work():
        people = contacts(data)
        checks: dict[str, list[pa.Check]] = {}
        for name, (column, fails) in broken(data).items():
            checks.setdefault(column, []).append(_check(name, fails))
        columns = {name: pa.Column(nullable=True, checks=checks.get(name)) for name in CONTACT_COLUMNS}
        columns["Id"] = pa.Column(unique=True)
        counts = _failures(pa.DataFrameSchema(columns), people)
        decided = pa.Column(checks=_check("no decision on synthetic", decided_on_synthetic(people)))
        counts |= _failures(pa.DataFrameSchema({"contact_id": decided}), decisions(data))
    return {name: counts.get(name, 0) for name in CHECKS}


def _failures(schema: pa.DataFrameSchema, frame: pl.DataFrame) -> dict[str, int]:
    try:
        schema.validate(frame, lazy=True)
    except SchemaErrors as errors:
        failures = errors.failure_cases.group_by("check").len().rows()
        return {"key is unique" if check == "field_uniqueness" else check: count for check, count in failures}
    return {}


if __name__ == "__main__":
    report(ask, {name: version(name) for name in ("pandera", "polars")})
