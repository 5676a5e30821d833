"""A/B tests and training on synthetic data that compliance never heard of, and undisclosed synthetic influence."""

from __future__ import annotations

from typing import Any

from synth_expectations.demo.crm import Crm
from synth_expectations.demo.effects import Effect
from synth_expectations.demo.planting.models import DOCUMENTED, RETAINED

DISCLOSED = "expect_synthetic_influence_to_be_disclosed"


def plant(crm: Crm) -> None:
    """Plant all of them."""
    _uses(crm)
    _without_a_use(crm)
    _undisclosed(crm)
    _disclosed(crm)


def _documented(rule: str) -> Effect:
    return Effect("synthetic_use", DOCUMENTED, rule)


def _uses(crm: Crm) -> None:
    for name in ("owner", "purpose", "legal_basis", "dpia_id"):
        for value in (None, "n/a"):
            use = crm.sheets.synthetic_use.add(**{name: value})
            kind = f"use without {name.removesuffix('_id').replace('_', ' ')}"
            crm.ledger.plant(kind, use, _documented(f"{name} is missing or a placeholder"))
    nameless = crm.sheets.synthetic_use.add(use_id="-")
    crm.ledger.plant("use without an id", nameless, _documented("use_id is missing or a placeholder"))
    faults: dict[str, tuple[str, dict[str, Any]]] = {
        "use of unknown risk": ("risk is not one of high, limited, minimal, low", {"risk": "medium?"}),
        "high risk without a conformity assessment": (
            "high risk, and conformity_id is missing or a placeholder",
            {"risk": "high", "conformity_id": None},
        ),
        "compliance was never told": (
            "compliance_told_at is missing or not a time",
            {"compliance_told_at": None},
        ),
        "compliance was told after the start": (
            "compliance was told after the start",
            {"compliance_told_at": crm.ago(days=99)},
        ),
        "use that began nobody knows when": ("started_at is missing or not a time", {"started_at": None}),
        "review in the future": ("last_review_at is in the future", {"last_review_at": crm.ago(days=-2)}),
        "use not reviewed for more than a year": (
            "not reviewed for more than P1Y",
            {
                "started_at": crm.ago(days=800),
                "compliance_told_at": crm.ago(days=810),
                "last_review_at": crm.ago(days=380),
            },
        ),
    }
    for kind, (rule, different) in faults.items():
        for _ in range(2):
            crm.ledger.plant(kind, crm.sheets.synthetic_use.add(**different), _documented(rule))
    long_ago = {"started_at": crm.ago(days=800), "compliance_told_at": crm.ago(days=810)}
    ended = crm.sheets.synthetic_use.add(**long_ago, ended_at=crm.ago(days=700), last_review_at=None)
    crm.ledger.spare("use that ended before its first review", ended, Effect("synthetic_use", DOCUMENTED))
    high = crm.sheets.synthetic_use.add(risk="High", conformity_id="CONF-7")
    crm.ledger.spare("high risk, with a conformity assessment", high, Effect("synthetic_use", DOCUMENTED))


def _without_a_use(crm: Crm) -> None:
    faults = {
        "on synthetic data, without a use on record": crm.sheets.synthetic_dataset,
        "without a use on record, and without a dataset": None,
        "without a use on record, dataset is not registered": "D-9990",
        "without a use on record, dataset is neither synthetic nor real": crm.sheets.unknown_dataset,
    }
    for fault, dataset in faults.items():
        for use in (None, "SU-9999"):
            kind = f"A/B test {fault.split(', ')[0]}"
            experiment = crm.sheets.experiment.add(kind="ab_test", use_id=use, dataset_id=dataset)
            crm.ledger.plant(_short(kind), experiment, _documented(f"experiment {fault}"))
        model = crm.sheets.model.add(decision_type="discount")
        run = crm.sheets.training_run.add(model_id=model, use_id=None, dataset_id=dataset)
        kind = _short(f"training {fault.split(', ')[0]}")
        crm.ledger.plant(kind, run, _documented(f"training run {fault}"))
        if dataset is None:
            crm.ledger.plant(kind, run, Effect("dataset", RETAINED, "run names no dataset"))
        elif dataset == "D-9990":
            crm.ledger.plant(kind, run, Effect("dataset", RETAINED, "run names a dataset that is not listed"))
    real = crm.sheets.experiment.add(kind="ab_test", use_id=None, dataset_id=crm.sheets.real_dataset)
    crm.ledger.spare("A/B test on real data, without a use", real, Effect("synthetic_use", DOCUMENTED))


def _short(kind: str) -> str:
    return kind.replace("without a use on record", "without a use").replace("on synthetic data", "on synthetic data")


def _plant_output(crm: Crm, rule: str, kind: str, **different: Any) -> None:
    output = crm.sheets.recommendation.add(**different)
    crm.ledger.plant(kind, output, Effect("recommendation", DISCLOSED, rule))


def _undisclosed(crm: Crm) -> None:
    discovery = crm.sheets.model.add(decision_type="discount")
    crm.sheets.training_run.add(model_id=discovery, dataset_id=crm.sheets.synthetic_dataset)
    late = crm.sheets.disclosure.add(approved_at=crm.ago(days=20))
    withdrawn = crm.sheets.disclosure.add(withdrawn_at=crm.ago(days=60))
    for model, influenced in ((discovery, "no"), (crm.sheets.plain_model, "yes"), (discovery, "yes")):
        output: dict[str, Any] = {"model_id": model, "influenced": influenced}
        without = "product discovery without a disclosure"
        _plant_output(crm, "influenced, without a disclosure", without, **output, disclosure_id=None)
        unknown = "influenced, disclosure is unknown"
        _plant_output(crm, unknown, "disclosure that nobody knows", **output, disclosure_id="D-404")
        for disclosure in (late, withdrawn):
            kind = "disclosure that was not approved then"
            _plant_output(crm, "influenced, disclosure was not approved then", kind, **output, disclosure_id=disclosure)
    _plant_output(crm, "influenced says neither yes nor no", "output of unknown influence", influenced="perhaps")
    _plant_output(crm, "model is unknown", "output of an unknown model", model_id="M-9997")
    untrained = crm.sheets.model.add(decision_type="discount")
    _plant_output(crm, "model has no training run", "output of a model without training run", model_id=untrained)
    lost = crm.sheets.model.add(decision_type="discount")
    run = crm.sheets.training_run.add(model_id=lost, dataset_id="D-9991")
    rule = Effect("dataset", RETAINED, "run names a dataset that is not listed")
    crm.ledger.plant("training run on an unregistered dataset", run, rule)
    kind = "output of a model on an unregistered dataset"
    _plant_output(crm, "model was trained on a dataset that is not registered", kind, model_id=lost)
    odd = crm.sheets.model.add(decision_type="discount")
    crm.sheets.training_run.add(model_id=odd, dataset_id=crm.sheets.unknown_dataset)
    kind = "output of a model on an unmarked dataset"
    _plant_output(crm, "model was trained on a dataset that is neither synthetic nor real", kind, model_id=odd)


def _disclosed(crm: Crm) -> None:
    for _ in range(5):
        disclosed = crm.sheets.recommendation.add(influenced="yes", disclosure_id=crm.sheets.usual_disclosure)
        reported = Effect("recommendation", DISCLOSED, "influenced, and disclosed")
        crm.ledger.spare("influenced, with an approved disclosure", disclosed, reported)
    unseen = crm.sheets.recommendation.add(influenced="yes", shown_at=None)
    crm.ledger.spare("influenced, and never shown", unseen, Effect("recommendation", DISCLOSED))
    for _ in range(150):
        crm.sheets.recommendation.add()
    for _ in range(10):
        crm.sheets.experiment.add(
            kind="personalisation", use_id=crm.sheets.usual_use, dataset_id=crm.sheets.synthetic_dataset
        )
