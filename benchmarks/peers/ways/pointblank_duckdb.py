"""The twenty checks with pointblank on DuckDB, through Ibis: two plans, with a step for each check."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from typing import Any

import ibis
import pointblank as pb
from ibis import _
from ibis.expr.types import BooleanValue, StringValue, Table

from benchmarks.peers.checks import (
    CHECKS,
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
from benchmarks.peers.measurement import Engine, report

_SYNTHETIC = _.RecordOrigin__c.isin(INFLUENCED)
_generated = _.SyntheticGeneratedAt__c


def _text(column: str) -> StringValue:
    return _[column].strip().lower()


def _not_one_of(column: str, values: tuple[str, ...]) -> BooleanValue:
    return _text(column).notin(("", *values))


def _moment(text: str) -> ibis.Value:
    return ibis.literal(text, "timestamp('UTC')")


def _of_synthetic(customer: Table, dataset: Table) -> dict[str, BooleanValue]:
    """Return the violations of each check of synthetic records."""
    limits = [(_text("SyntheticPurpose__c") == purpose, _moment(since)) for purpose, since in OLDEST.items()]
    named = _.SyntheticDataset__c.strip()
    return {
        **{name: _text(column).fill_null("").isin(("", *PLACEHOLDERS)) for name, column in FILLED.items()},
        "generated_at is filled": _generated.isnull(),
        "version is semver": (_.SyntheticVersion__c.strip() != "")
        & ~_.SyntheticVersion__c.strip().re_search(f"^{SEMVER}$"),
        "method is allowed": _not_one_of("SyntheticMethod__c", METHODS),
        "purpose is allowed": _not_one_of("SyntheticPurpose__c", PURPOSES),
        "generated_at is past": _generated > _moment(LATEST),
        "generated_at is possible": _generated < _moment(EARLIEST),
        "generated_at is before loading": _generated > _.CreatedDate,
        "retention is kept": _generated < ibis.cases(*limits),
        "no real e-mail is copied": _text("Email").isin(customer.email.strip().lower()),
        "dataset is registered": (named != "") & named.notin(dataset.dataset_id.strip()),
    }


def _of_all() -> dict[str, BooleanValue]:
    """Return the violations of each check of all records."""
    given = (_.SyntheticSource__c.strip() != "") | (_.SyntheticDataset__c.strip() != "") | _generated.notnull()
    marker = _.RecordOrigin__c.fill_null("")
    return {
        "marker is known": marker.notin(MARKERS),
        "real is not generated": (_.RecordOrigin__c == REAL) & given,
        "e-mail is not reserved": marker.notin((*INFLUENCED, "masked")) & _.Email.re_search(f"(?i)[@.]{RESERVED} *$"),
    }


def _step(plan: pb.Validate, name: str, broken: BooleanValue) -> pb.Validate:
    assert name in CHECKS
    return plan.col_vals_expr(~broken.fill_null(False), brief=name)


def ask(data: Path, engine: Engine) -> dict[str, int | None]:
    """Interrogate both plans. Failing rows are collected, which is the default."""
    connection = ibis.duckdb.connect()
    related = connection._to_duckdb_relation  # every query of Ibis goes through it

    def counted(*arguments: Any, **named: Any) -> Any:
        engine.queries += 1
        return related(*arguments, **named)

    connection._to_duckdb_relation = counted
    connection.raw_sql("SET TimeZone = 'UTC'")
    tables = {
        path.name: connection.read_parquet(path / "*.parquet", table_name=path.name)
        for path in data.iterdir()
        if path.is_dir()
    }
    contact = tables["contact"]
    plan = pb.Validate(contact)
    for name, broken in _of_synthetic(tables["customer"], tables["dataset"]).items():
        plan = _step(plan, name, _SYNTHETIC & broken)
    for name, broken in _of_all().items():
        plan = _step(plan, name, broken)
    plan = plan.col_vals_regex("Email", f"^{EMAIL}$", na_pass=True, brief="e-mail has its form")
    plan = plan.rows_distinct(["Id"], brief="key is unique")
    synthetic = contact.filter(_SYNTHETIC).Id.strip()
    on_synthetic = _text("decision_type").isin(REGULATED) & _.contact_id.strip().isin(synthetic)
    decisions = _step(pb.Validate(tables["credit_decision"]), "no decision on synthetic", on_synthetic)
    counts: dict[str, int | None] = {}
    for validation in (plan, decisions):
        with engine.at_work():
            validation.interrogate()
        for step in validation.validation_info:
            if step.eval_error:
                raise SystemExit(f"{step.brief}: {step.eval_error}")
            counts[step.brief] = step.n_failed
    return counts


if __name__ == "__main__":
    report(ask, {name: version(name) for name in ("pointblank", "ibis-framework", "duckdb")})
