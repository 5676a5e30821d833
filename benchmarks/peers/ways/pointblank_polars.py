"""The twenty checks with pointblank on Polars: two plans, with a step for each check."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import pointblank as pb
import polars as pl

from benchmarks.peers.measurement import Engine, report
from benchmarks.peers.polars_conditions import broken, contacts, decided_on_synthetic, decisions


def _step(plan: pb.Validate, name: str, fails: pl.Expr) -> pb.Validate:
    return plan.col_vals_expr(fails.fill_null(value=False).not_(), brief=name)


def ask(data: Path, engine: Engine) -> dict[str, int | None]:
    """Interrogate both plans. Failing rows are collected, which is the default."""
    counts: dict[str, int | None] = {}
    with engine.at_work():
        people = contacts(data)
        plan = pb.Validate(people)
        for name, (_, fails) in broken(data).items():
            plan = _step(plan, name, fails)
        plan = plan.rows_distinct(["Id"], brief="key is unique")
        decided = _step(pb.Validate(decisions(data)), "no decision on synthetic", decided_on_synthetic(people))
        for validation in (plan, decided):
            for step in validation.interrogate().validation_info:
                if step.eval_error:
                    raise SystemExit(f"{step.brief}: {step.eval_error}")
                counts[step.brief] = step.n_failed
    return counts


if __name__ == "__main__":
    report(ask, {name: version(name) for name in ("pointblank", "polars")})
