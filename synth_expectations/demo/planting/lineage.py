"""Ways by which generated data reaches the credit decisions, and ways that only look so."""

from __future__ import annotations

from synth_expectations.demo.crm import Crm
from synth_expectations.demo.effects import Effect

REACHES = "expect_synthetic_datasets_to_not_reach_regulated_decisions"
_UNAPPROVED = "synthetic data reaches a regulated decision without an approved step"
_INCOMPLETE = "step, job, dataset or direction is missing"
_APPROVED = "synthetic data comes as far as an approved step: not counted"
_SCORING = "airflow/score_credit"
_TABLE = "lineage_step"


def plant(crm: Crm) -> None:
    """Plant all of them."""
    sheets = crm.sheets
    sheets.dataset.add(generator="airflow/generate_applicants")
    sheets.dataset.add(generator="airflow/generate_shoppers")
    sheets.dataset.add(generator="airflow/export_orders", origin="real", snapshot_location=None)
    _run(crm, "airflow/generate_applicants", writes=("s3://lake/applicants",))
    _run(crm, "airflow/generate_shoppers", writes=("s3://lake/shoppers",))
    _run(crm, "airflow/export_orders", writes=("s3://lake/orders",))
    _run(crm, "airflow/clean", reads=("s3://lake/applicants",), writes=("s3://lake/applicants_clean",))
    _run(crm, "airflow/clean", reads=("s3://lake/orders",), writes=("s3://lake/orders_clean",))
    _run(crm, "airflow/build_features", reads=("s3://lake/applicants_clean",), writes=("s3://lake/features",))
    by_two_steps = _run(crm, _SCORING, reads=("s3://lake/features", "s3://lake/orders_clean"))
    effect = Effect(_TABLE, REACHES, _UNAPPROVED)
    crm.ledger.plant("synthetic data at a decision, unapproved", by_two_steps[0], effect)
    _expired(crm, effect)
    nameless = _run(crm, "airflow/lookalikes", reads=(None,))
    crm.ledger.plant("step that reads nobody knows what", nameless[0], Effect(_TABLE, REACHES, _INCOMPLETE))
    _negatives(crm, by_two_steps[1])


def _run(crm: Crm, job: str, reads: tuple[str | None, ...] = (), writes: tuple[str | None, ...] = ()) -> list[str]:
    """Add what a run of a job reads and writes; return the keys of its rows."""
    step = f"{job} #{len(crm.sheets.lineage_step.rows)}"
    directions = [("reads", dataset) for dataset in reads] + [("writes", dataset) for dataset in writes]
    return [
        crm.sheets.lineage_step.add(step=step, job=job, direction=direction, dataset=dataset)
        for direction, dataset in directions
    ]


def _expired(crm: Crm, effect: Effect) -> None:
    """Plant a way through a step whose approval has expired by as_of."""
    crm.sheets.step_approval.add(job="airflow/augment", approval_expires_at=crm.ago(days=1))
    _run(crm, "airflow/augment", reads=("s3://lake/shoppers",), writes=("s3://lake/augmented",))
    key = _run(crm, _SCORING, reads=("s3://lake/augmented",))[0]
    crm.ledger.plant("synthetic data behind an expired approval", key, effect)


def _negatives(crm: Crm, cleaned_orders: str) -> None:
    """Spare what only looks like a way: an approved step, another run of a job, and data that goes elsewhere."""
    crm.sheets.step_approval.add(job="airflow/assess_applicants")
    assessed = _run(crm, "airflow/assess_applicants", reads=("s3://lake/applicants",), writes=("s3://lake/assessed",))
    crm.ledger.spare("synthetic data at an approved step", assessed[0], Effect(_TABLE, REACHES, _APPROVED))
    after = _run(crm, _SCORING, reads=("s3://lake/assessed",))[0]
    crm.ledger.spare("decision behind an approved step", after, Effect(_TABLE, REACHES))
    crm.ledger.spare("real data of a job that cleans both", cleaned_orders, Effect(_TABLE, REACHES))
    shown = _run(crm, "airflow/recommend", reads=("s3://lake/shoppers",), writes=("s3://lake/recommendations",))
    crm.ledger.spare("synthetic data that goes elsewhere", shown[0], Effect(_TABLE, REACHES))
