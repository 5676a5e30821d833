"""The failures of synthetic data in retail CRMs that the demo plants, and the expectations that find each."""

from __future__ import annotations

from collections.abc import Mapping

FAILURES: Mapping[str, tuple[str, ...]] = {
    "Sync jobs mix synthetic and real customers without tags": (
        "expect_records_to_be_tagged",
        "expect_synthetic_tags_to_persist",
        "expect_synthetic_records_to_have_lineage",
        "expect_real_records_to_have_no_synthetic_provenance",
        "expect_untagged_records_to_not_look_synthetic",
    ),
    "Synthetic records without source, method, version, time or purpose": (
        "expect_table_to_have_provenance_columns",
        "expect_synthetic_records_to_have_provenance",
        "expect_synthetic_provenance_to_be_well_formed",
    ),
    "Real people copied into synthetic records and sandboxes": (
        "expect_synthetic_records_to_not_copy_real_records",
        "expect_synthetic_records_to_keep_their_distance",
        "expect_sandboxes_to_contain_no_real_records",
    ),
    "Synthetic personas used without access control": ("expect_synthetic_personas_to_be_accessed_by_allowed_roles",),
    "Synthetic records in production reporting and customer communications": (
        "expect_table_to_contain_no_synthetic_records",
        "expect_references_to_not_resolve_to_synthetic_records",
    ),
    "Synthetic data in credit scoring or eligibility without human oversight": (
        "expect_regulated_decisions_to_exclude_synthetic_records",
        "expect_human_oversight_to_be_effective",
        "expect_synthetic_datasets_to_not_reach_regulated_decisions",
    ),
    "Fraud and other models trained on synthetic transactions without approval": (
        "expect_regulated_models_to_exclude_synthetic_training_data",
    ),
    "Product discovery influenced by synthetic behaviour without disclosure": (
        "expect_synthetic_influence_to_be_disclosed",
    ),
    "A/B tests and personalisation that compliance was never told of": ("expect_synthetic_use_to_be_documented",),
    "Retention that makes an audit impossible, or never ends": (
        "expect_synthetic_records_to_expire_on_time",
        "expect_synthetic_datasets_to_be_retained_for_audit",
        "expect_legal_holds_to_be_honored",
    ),
    "No dataset registry, no owner": ("expect_synthetic_records_to_be_registered",),
    "Promoted from sandbox to production without approval": (
        "expect_promotions_to_be_approved",
        "expect_synthetic_records_to_stay_in_sandbox",
    ),
    "Custom objects without versions or audit logs": ("expect_synthetic_components_to_keep_history",),
}
"""By the failure in words; each expectation stands once, at the failure that it is about first."""


def find_failure(expectation: str) -> str:
    """Return the failure that an expectation finds.

    Raises:
        KeyError: it stands nowhere in `FAILURES`.
    """
    for failure, expectations in FAILURES.items():
        if expectation in expectations:
            return failure
    raise KeyError(expectation)
