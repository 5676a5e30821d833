"""The small tables around the CRM: registries, logs and documents, as someone keeps them in a sheet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pyarrow as pa

from synth_expectations.demo import effects

_TEXT, _TIME, _FLAG = pa.string(), pa.timestamp("us", "UTC"), pa.bool_()

_GENERATED = {
    "email": _TEXT,
    "environment": _TEXT,
    "source": _TEXT,
    "generated_at": _TIME,
    "method": _TEXT,
    "version": _TEXT,
    "purpose": _TEXT,
    "dataset_id": _TEXT,
}
"""The columns of generated people: an address, where they may be used, and where they come from."""

_PROFILE = {
    "profile_id": _TEXT,
    "yearly_spend": pa.float64(),
    "orders": pa.int32(),
    "days_since_order": pa.int32(),
    "basket": pa.float64(),
    "segment": _TEXT,
}

SHEETS: Mapping[str, Mapping[str, pa.DataType]] = {
    "dataset": {
        "dataset_id": _TEXT,
        "origin": _TEXT,
        "purpose": _TEXT,
        "registered_at": _TIME,
        "retired_at": _TIME,
        "deleted_at": _TIME,
        "snapshot_location": _TEXT,
        "checksum": _TEXT,
        "generator": _TEXT,
    },
    "model": {"model_id": _TEXT, "decision_type": _TEXT, "deployed_at": _TIME, "retired_at": _TIME},
    "training_run": {
        "run_id": _TEXT,
        "model_id": _TEXT,
        "dataset_id": _TEXT,
        "use_id": _TEXT,
        "ended_at": _TIME,
        "trained_by": _TEXT,
        "approved_by": _TEXT,
        "approved_at": _TIME,
        "approval_expires_at": _TIME,
    },
    "synthetic_use": {
        "use_id": _TEXT,
        "owner": _TEXT,
        "purpose": _TEXT,
        "legal_basis": _TEXT,
        "dpia_id": _TEXT,
        "risk": _TEXT,
        "conformity_id": _TEXT,
        "compliance_told_at": _TIME,
        "started_at": _TIME,
        "ended_at": _TIME,
        "last_review_at": _TIME,
    },
    "experiment": {"experiment_id": _TEXT, "kind": _TEXT, "use_id": _TEXT, "dataset_id": _TEXT},
    "recommendation": {
        "output_id": _TEXT,
        "shown_at": _TIME,
        "influenced": _TEXT,
        "model_id": _TEXT,
        "disclosure_id": _TEXT,
    },
    "disclosure": {"disclosure_id": _TEXT, "approved_at": _TIME, "withdrawn_at": _TIME},
    "promotion": {
        "promotion_id": _TEXT,
        "requested_by": _TEXT,
        "approved_by": _TEXT,
        "approved_at": _TIME,
        "promoted_at": _TIME,
        "validation_run": _TEXT,
        "validation_status": _TEXT,
        "emergency": _FLAG,
    },
    "component": {
        "component_id": _TEXT,
        "component_version": _TEXT,
        "holds_synthetic": _TEXT,
        "marker_history": _FLAG,
        "provenance_history": _FLAG,
    },
    "access_log": {
        "access_id": _TEXT,
        "accessed_by": _TEXT,
        "accessed_at": _TIME,
        "access_role": _TEXT,
        "record_id": _TEXT,
    },
    "sandbox_contact": {"Id": _TEXT, "Email": _TEXT, "record_origin": _TEXT},
    "profile_training": _PROFILE,
    "profile_holdout": _PROFILE,
    "generated_profile": {
        **_PROFILE,
        **_GENERATED,
    },
    "sync_run": {"run_id": _TEXT, "status": _TEXT, "target": _TEXT, "ended_at": _TIME},
    "lineage_step": {"step_key": _TEXT, "step": _TEXT, "job": _TEXT, "direction": _TEXT, "dataset": _TEXT},
    "step_approval": {
        "approval_id": _TEXT,
        "job": _TEXT,
        "approved_by": _TEXT,
        "approved_at": _TIME,
        "approval_expires_at": _TIME,
    },
    "contact_snapshot": {
        "Id": _TEXT,
        "RecordOrigin__c": _TEXT,
        effects.GENERATED_AT: _TIME,
        effects.VERSION: _TEXT,
        effects.DATASET: _TEXT,
        "taken_at": _TIME,
    },
    "correction": {"Id": _TEXT, "reason": _TEXT, "approver": _TEXT},
    "persona": {
        "persona_id": _TEXT,
        **_GENERATED,
    },
}
"""Columns with their types by table; the first is the key."""


class Sheet:
    """A table that is being filled.

    Args:
        name: of the table.
        usual: the values of a row that has nothing wrong.
    """

    def __init__(self, name: str, **usual: Any) -> None:
        self.name, self.columns = name, SHEETS[name]
        self._usual = usual
        self.rows: list[dict[str, Any]] = []

    def add(self, **different: Any) -> str:
        """Add a usual row with some other values; return its key."""
        key = next(iter(self.columns))
        prefix = "".join(word[0] for word in self.name.split("_")).upper()
        row = {key: f"{prefix}-{len(self.rows) + 1:04d}", **self._usual, **different}
        self.rows.append(row)
        return str(row[key])

    def to_arrow(self) -> pa.Table:
        """Return all rows, in their order."""
        return pa.Table.from_pylist(self.rows, pa.schema(list(self.columns.items())))


class Sheets:
    """All sheets, and the rows that others refer to.

    Args:
        as_of: the moment for which they are made, in UTC.
    """

    def __init__(self, as_of: datetime) -> None:
        def ago(days: int) -> datetime:
            return as_of - timedelta(days=days)

        self.synthetic_use = Sheet(
            "synthetic_use",
            owner="crm-data@retailer.example",
            purpose="testing of campaigns",
            legal_basis="legitimate interest",
            dpia_id="DPIA-12",
            risk="limited",
            compliance_told_at=ago(120),
            started_at=ago(100),
            last_review_at=ago(30),
        )
        self.usual_use = self.synthetic_use.add()
        self.dataset = Sheet(
            "dataset",
            origin="synthetic",
            registered_at=ago(900),
            purpose="model_training",
            snapshot_location="s3://audit/",
            checksum="9f2c",
        )
        self.synthetic_dataset = self.dataset.add()
        self.real_dataset = self.dataset.add(origin="real", snapshot_location=None)
        self.testing_dataset = self.dataset.add(purpose="testing")
        self.unknown_dataset = self.dataset.add(origin="unclear")
        self.model = Sheet("model", decision_type="discount", deployed_at=ago(200))
        self.plain_model = self.model.add()
        self.training_run = Sheet(
            "training_run", use_id=self.usual_use, ended_at=ago(300), trained_by="ml@retailer.example"
        )
        self.training_run.add(model_id=self.plain_model, dataset_id=self.real_dataset)
        self.experiment = Sheet("experiment", kind="ab_test", use_id=self.usual_use)
        self.disclosure = Sheet("disclosure", approved_at=ago(150))
        self.usual_disclosure = self.disclosure.add()
        self.recommendation = Sheet(
            "recommendation",
            shown_at=ago(50),
            influenced="no",
            model_id=self.plain_model,
            disclosure_id=self.usual_disclosure,
        )
        self.promotion = Sheet(
            "promotion",
            requested_by="dev@retailer.example",
            approved_by="release-board@retailer.example",
            approved_at=ago(31),
            promoted_at=ago(30),
            validation_run="VR-77",
            validation_status="passed",
            emergency=False,
        )
        self.component = Sheet(
            "component",
            component_version="3.1.0",
            holds_synthetic="yes",
            marker_history=True,
            provenance_history=True,
        )
        self.access_log = Sheet("access_log", accessed_by="P-001", accessed_at=ago(10), access_role="crm_tester")
        self.sandbox_contact = Sheet("sandbox_contact", record_origin="synthetic")
        self.persona = Sheet(
            "persona",
            environment="sandbox",
            source="persona-factory",
            generated_at=ago(20),
            method="rule_based",
            version="2.0.1",
            purpose="testing",
            dataset_id=self.testing_dataset,
        )
        self.profile_training, self.profile_holdout = Sheet("profile_training"), Sheet("profile_holdout")
        self.generated_profile = Sheet(
            "generated_profile",
            environment="sandbox",
            source="shopper-model",
            method="ctgan",
            version="1.4.0",
            purpose="personalisation",
            dataset_id=self.dataset.add(purpose="personalisation"),
        )
        self.sync_run = Sheet("sync_run", status="succeeded", target="Contact", ended_at=ago(-30))
        self.usual_run = self.sync_run.add()
        self.lineage_step = Sheet("lineage_step")
        self.step_approval = Sheet("step_approval", approved_by="risk-board@retailer.example", approved_at=ago(260))
        self.contact_snapshot = Sheet("contact_snapshot", taken_at=ago(1))
        self.correction = Sheet("correction")

    def by_name(self) -> dict[str, Sheet]:
        """Return the sheets by the name of their table."""
        return {sheet.name: sheet for sheet in vars(self).values() if isinstance(sheet, Sheet)}
