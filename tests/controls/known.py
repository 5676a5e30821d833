"""The catalogue by name, so that the files can be read while a part of it is not installed yet."""

from __future__ import annotations

CATALOGUE = frozenset(
    f"expect_{name}"
    for name in (
        "table_to_have_provenance_columns",
        "records_to_be_tagged",
        "synthetic_records_to_have_provenance",
        "synthetic_provenance_to_be_well_formed",
        "real_records_to_have_no_synthetic_provenance",
        "synthetic_records_to_be_registered",
        "synthetic_tags_to_persist",
        "table_to_contain_no_synthetic_records",
        "untagged_records_to_not_look_synthetic",
        "references_to_not_resolve_to_synthetic_records",
        "synthetic_records_to_not_copy_real_records",
        "synthetic_records_to_stay_in_sandbox",
        "sandboxes_to_contain_no_real_records",
        "synthetic_records_to_keep_their_distance",
        "regulated_decisions_to_exclude_synthetic_records",
        "regulated_models_to_exclude_synthetic_training_data",
        "human_oversight_to_be_effective",
        "synthetic_records_to_expire_on_time",
        "synthetic_datasets_to_be_retained_for_audit",
        "legal_holds_to_be_honored",
        "synthetic_influence_to_be_disclosed",
        "synthetic_use_to_be_documented",
        "synthetic_records_to_have_lineage",
        "promotions_to_be_approved",
        "synthetic_personas_to_be_accessed_by_allowed_roles",
        "synthetic_components_to_keep_history",
    )
)
