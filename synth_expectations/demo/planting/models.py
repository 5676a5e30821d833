"""Fraud and credit models trained on synthetic data without approval, and datasets that no audit can reproduce."""

from __future__ import annotations

from typing import Any

from synth_expectations.demo.crm import Crm
from synth_expectations.demo.effects import Effect

MODELS = "expect_regulated_models_to_exclude_synthetic_training_data"
RETAINED = "expect_synthetic_datasets_to_be_retained_for_audit"
DOCUMENTED = "expect_synthetic_use_to_be_documented"
_WATCHED = {"fraud": "watched", "credit_scoring": "regulated"}


def plant(crm: Crm) -> None:
    """Plant all of them; the rows that later runs and outputs refer to come first."""
    _ordinary(crm)
    for kind in _WATCHED:
        _unapproved(crm, kind)
    _broken_chains(crm)
    _kept_too_short(crm)
    _negatives(crm)


def _ordinary(crm: Crm) -> None:
    for number in range(20):
        model = crm.sheets.model.add(decision_type=("credit_scoring", "eligibility", "fraud", "discount")[number % 4])
        crm.sheets.training_run.add(model_id=model, dataset_id=crm.sheets.real_dataset)


def _run(crm: Crm, kind: str, **different: Any) -> str:
    """Add a run of a deployed model on a synthetic dataset, with everything that an approval needs."""
    approved = {
        "approved_by": "risk-board@retailer.example",
        "approved_at": crm.ago(days=260),
        "approval_expires_at": crm.ago(days=-200),
    }
    if "model_id" not in different:
        different = {**different, "model_id": crm.sheets.model.add(decision_type=kind)}
    return crm.sheets.training_run.add(**{"dataset_id": crm.sheets.synthetic_dataset, **approved, **different})


def _unapproved(crm: Crm, kind: str) -> None:
    watched = _WATCHED[kind]
    faults: dict[str, dict[str, Any]] = {
        "without approval": {"approved_by": None, "approved_at": None},
        "trainer is missing": {"trained_by": " "},
        "approved by its trainer": {"trained_by": "Risk-Board@retailer.example "},
        "approved after deployment": {"approved_at": crm.ago(days=100)},
        "approval has expired": {"approval_expires_at": crm.ago(days=1)},
    }
    for fault, different in faults.items():
        for _ in range(2):
            rule = f"{watched} model, synthetic dataset: {fault}"
            crm.ledger.plant(
                f"{watched} model: {fault}", _run(crm, kind, **different), Effect("training_run", MODELS, rule)
            )


def _broken_chains(crm: Crm) -> None:
    def make_chain_effect(rule: str) -> Effect:
        return Effect("training_run", MODELS, rule)

    def make_retention_effect(rule: str) -> Effect:
        return Effect("dataset", RETAINED, rule)

    ledger = crm.ledger
    ledger.plant(
        "training run that names no model", _run(crm, "fraud", model_id=None), make_chain_effect("model is missing")
    )
    ledger.plant(
        "training run of an unknown model", _run(crm, "fraud", model_id="M-9999"), make_chain_effect("model is unknown")
    )
    other = _run(crm, "loyalty")
    ledger.plant("model for a decision that nobody listed", other, make_chain_effect("type of decision is in no list"))
    nothing = _run(crm, "fraud", dataset_id=None)
    ledger.plant("training run that names no dataset", nothing, make_chain_effect("dataset is missing"))
    ledger.plant("training run that names no dataset", nothing, make_retention_effect("run names no dataset"))
    unlisted = _run(crm, "fraud", dataset_id="D-9999")
    ledger.plant("training run on an unregistered dataset", unlisted, make_chain_effect("dataset is not registered"))
    ledger.plant(
        "training run on an unregistered dataset",
        unlisted,
        make_retention_effect("run names a dataset that is not listed"),
    )
    unknown = _run(crm, "fraud", dataset_id=crm.sheets.unknown_dataset)
    rule = make_chain_effect("dataset is neither synthetic nor real")
    ledger.plant("training run on a dataset without a marker", unknown, rule)
    untrained = crm.sheets.model.add(decision_type="fraud")
    ledger.plant("model in use, and nobody trained it", untrained, make_chain_effect("model has no training run"))


def _kept_too_short(crm: Crm) -> None:
    def make_retention_effect(rule: str) -> Effect:
        return Effect("dataset", RETAINED, rule)

    gone = make_retention_effect("deleted less than P6M after its last use (model_training)")
    for days in (170, 100, 10):
        dataset = crm.sheets.dataset.add(deleted_at=crm.ago(days=5))
        retired = crm.sheets.model.add(
            decision_type="discount", deployed_at=crm.ago(days=400), retired_at=crm.ago(days=390)
        )
        crm.sheets.training_run.add(model_id=retired, dataset_id=dataset, ended_at=crm.ago(days=days))
        crm.ledger.plant("dataset deleted before an audit could", dataset, gone)
    model = crm.sheets.model.add(decision_type="discount")
    for purpose, least in (("model_training", "P6M"), ("testing", "P0D"), ("personalisation", "P0D")):
        in_use = crm.sheets.dataset.add(deleted_at=crm.ago(days=5), purpose=purpose)
        crm.sheets.training_run.add(model_id=model, dataset_id=in_use, ended_at=crm.ago(days=500))
        rule = make_retention_effect(f"deleted less than {least} after its last use ({purpose})")
        crm.ledger.plant("dataset deleted while its model is in use", in_use, rule)
    undated = crm.sheets.dataset.add(deleted_at=crm.ago(days=5), purpose="testing")
    crm.sheets.training_run.add(model_id=retired, dataset_id=undated, ended_at=None)
    rule = make_retention_effect("deleted, and when a run used it is unknown")
    crm.ledger.plant("deleted dataset, used nobody knows when", undated, rule)
    lost = crm.sheets.dataset.add(deleted_at=crm.ago(days=5), purpose="testing")
    run = crm.sheets.training_run.add(model_id="M-9998", dataset_id=lost, ended_at=crm.ago(days=500))
    crm.ledger.plant(
        "deleted dataset of an unknown model",
        lost,
        make_retention_effect("deleted, and a model trained on it is unknown"),
    )
    crm.ledger.plant("training run of an unknown model", run, Effect("training_run", MODELS, "model is unknown"))
    unclassed = crm.sheets.dataset.add(purpose="research")
    rule = make_retention_effect("class without a minimum: not one of model_training, personalisation, testing")
    crm.ledger.plant("dataset of no retention class", unclassed, rule)
    for column in ("snapshot_location", "checksum"):
        dataset = crm.sheets.dataset.add(**{column: "tbd"})
        rule = make_retention_effect(f"there, but {column} is missing or a placeholder")
        crm.ledger.plant(f"dataset without {column.replace('_', ' ')}", dataset, rule)
    nameless = crm.sheets.dataset.add(dataset_id="  ")
    crm.ledger.plant("dataset without an id", nameless, make_retention_effect("dataset_id is missing"))


def _negatives(crm: Crm) -> None:
    for kind, watched in _WATCHED.items():
        approved = Effect("training_run", MODELS, f"{watched} model, synthetic dataset: approved")
        for _ in range(3):
            crm.ledger.spare(f"{watched} model, approved before deployment", _run(crm, kind), approved)
    for _ in range(2):
        waiting = crm.sheets.model.add(decision_type="fraud", deployed_at=None)
        run = _run(crm, "fraud", model_id=waiting, approved_by=None, approved_at=None)
        reported = Effect("training_run", MODELS, "synthetic dataset, model is not deployed")
        crm.ledger.spare("fraud model that is not deployed yet", run, reported)
    run = _run(crm, "discount", approved_by=None, approved_at=None)
    crm.ledger.spare("discount model on synthetic data", run, Effect("training_run", MODELS))
    for _ in range(3):
        dataset = crm.sheets.dataset.add(deleted_at=crm.ago(days=5))
        retired = crm.sheets.model.add(
            decision_type="discount", deployed_at=crm.ago(days=600), retired_at=crm.ago(days=300)
        )
        crm.sheets.training_run.add(model_id=retired, dataset_id=dataset, ended_at=crm.ago(days=650))
        crm.ledger.spare("dataset deleted long after its last use", dataset, Effect("dataset", RETAINED))
    unused = crm.sheets.dataset.add(deleted_at=crm.ago(days=5))
    reported = Effect("dataset", RETAINED, "deleted, and no run ever used it")
    crm.ledger.spare("deleted dataset that no run ever used", unused, reported)
