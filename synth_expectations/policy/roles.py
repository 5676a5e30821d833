"""What a table's role asks of it, and where the arguments of an expectation come from: all of it in tables.

An argument that is called like one of the policy's words (`generated_at`, `methods`) is filled from it by its name, so
a new expectation needs a line here only in the role that picks it; `FROM` lists those that are called otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

PROVENANCE = ("source", "generated_at", "method", "algorithm_version", "purpose", "dataset_id")


@dataclass(frozen=True)
class Role:
    """A role of a table.

    Attributes:
        picks: the expectations it asks for, by type; a value names the reference without which it is not asked.
        columns: the words that the table's `columns` must have.
        has_marker: whether its records are about people, so that something says which are synthetic.
    """

    picks: Mapping[str, str | None]
    columns: tuple[str, ...] = ()
    has_marker: bool = True


POINTERS = "@pointers"
"""As the reference of a pick: any that is called like a word of `columns`, whose column points into it."""

JUDGED_BY = {"decisions": ("subject",)}
"""Pointers that a role judges by an expectation of its own: a decision on a synthetic subject, by its oversight."""


def _always(*types: str) -> dict[str, str | None]:
    return dict.fromkeys(types)


ROLES: Mapping[str, Role] = {
    "mixed": Role(
        _always(
            "expect_table_to_have_provenance_columns",
            "expect_records_to_be_tagged",
            "expect_synthetic_records_to_have_provenance",
            "expect_synthetic_provenance_to_be_well_formed",
            "expect_real_records_to_have_no_synthetic_provenance",
            "expect_untagged_records_to_not_look_synthetic",
            "expect_synthetic_records_to_not_copy_real_records",
            "expect_synthetic_records_to_expire_on_time",
        )
        | {
            "expect_synthetic_records_to_be_registered": "registry",
            "expect_synthetic_tags_to_persist": "snapshot",
            "expect_synthetic_records_to_have_lineage": "sync_runs",
        },
        ("key", *PROVENANCE),
    ),
    "synthetic": Role(
        _always(
            "expect_table_to_have_provenance_columns",
            "expect_synthetic_records_to_have_provenance",
            "expect_synthetic_provenance_to_be_well_formed",
            "expect_synthetic_records_to_not_copy_real_records",
            "expect_synthetic_records_to_stay_in_sandbox",
            "expect_synthetic_records_to_expire_on_time",
        )
        | {
            "expect_synthetic_records_to_be_registered": "registry",
            "expect_synthetic_records_to_keep_their_distance": "holdout",
            "expect_synthetic_records_to_have_lineage": "sync_runs",
        },
        ("key", *PROVENANCE),
    ),
    "production": Role(
        _always("expect_table_to_contain_no_synthetic_records", "expect_untagged_records_to_not_look_synthetic")
        | {"expect_references_to_not_resolve_to_synthetic_records": POINTERS},
        ("key",),
    ),
    "sandbox": Role({"expect_sandboxes_to_contain_no_real_records": "production"}, ("key",)),
    "decisions": Role(
        _always("expect_regulated_decisions_to_exclude_synthetic_records", "expect_human_oversight_to_be_effective"),
        (
            "key",
            "subject",
            "decision_type",
            "model_output_at",
            "effective_at",
            "reviewer",
            "reviewed_at",
            "outcome",
        ),
    ),
    "training_runs": Role(
        _always("expect_regulated_models_to_exclude_synthetic_training_data"),
        ("key", "model", "dataset_id", "trainer", "approver", "approved_at"),
        has_marker=False,
    ),
    "registry": Role(
        {"expect_synthetic_datasets_to_be_retained_for_audit": "training_runs"}, ("key",), has_marker=False
    ),
    "uses": Role(
        _always("expect_synthetic_use_to_be_documented"),
        (
            "key",
            "owner",
            "purpose",
            "legal_basis",
            "dpia",
            "compliance_told_at",
            "started_at",
            "last_review_at",
        ),
        has_marker=False,
    ),
    "customer_outputs": Role(
        _always("expect_synthetic_influence_to_be_disclosed"), ("key", "shown_at", "disclosure"), has_marker=False
    ),
    "promotions": Role(_always("expect_promotions_to_be_approved"), ("key",), has_marker=False),
    "access_log": Role(
        _always("expect_synthetic_personas_to_be_accessed_by_allowed_roles"), ("key",), has_marker=False
    ),
    "holds": Role({"expect_legal_holds_to_be_honored": "held"}, ("key", "placed_at", "released_at"), has_marker=False),
    "components": Role(_always("expect_synthetic_components_to_keep_history"), ("key",), has_marker=False),
    "sync_runs": Role({}, ("key",), has_marker=False),
    "people": Role({}, ("key",), has_marker=False),
    "models": Role({}, ("key",), has_marker=False),
    "experiments": Role({}, ("key",), has_marker=False),
    "snapshots": Role({}, ("key",)),
    "corrections": Role({}, ("key",), has_marker=False),
    "disclosures": Role({}, ("key",), has_marker=False),
}

COLUMN_WORDS = ("key", *PROVENANCE, "retention_class", "hold")
"""Words of `columns` that are no argument of an expectation by that name; all other words are."""

FROM = {
    "record_key": "key",
    "anchor": "generated_at",
    "hold_key": "hold",
}
"""Arguments that are columns, but are called otherwise than the word of `columns` that fills them."""

FROM_OF = {
    "expect_synthetic_datasets_to_be_retained_for_audit": {"dataset_id": "key"},
    "expect_synthetic_use_to_be_documented": {"use_id": "key"},
}
"""The same for one expectation: in a registry, the dataset is what each record is about."""

FIELDS = {
    "expect_table_to_have_provenance_columns": (),  # asked by their words, with what each must hold
    "expect_real_records_to_have_no_synthetic_provenance": ("source", "generated_at", "dataset_id"),
}
"""Which provenance an argument `fields` names, where that is not all of it."""

REFERENCE = {
    "expect_regulated_decisions_to_exclude_synthetic_records": "subject",
    "expect_synthetic_records_to_not_copy_real_records": "real",
    "expect_synthetic_tags_to_persist": "snapshot",
    "expect_sandboxes_to_contain_no_real_records": "production",
}
"""Which entry of `references` an argument `reference` means; other references are called like their argument."""

REFERENCE_ITSELF = ("real",)
"""References that are the table itself where none is named: a mixed table holds the real records too."""

INSTEAD_OF = {
    "max_ages": ("max_age",),
    "retention_class": ("max_age",),
}
"""Arguments that the policy does not fill where the expectation itself is given others instead."""

OF_REFERENCE = {
    "people": ("authorised_from", "authorised_until", "trained_from", "trained_until"),
    "holds": ("placed_at", "released_at"),
}
"""Arguments that are columns of a reference but are not called after it, as `people_key` is."""

LOOKED_UP_BY = {"holds": "hold"}
"""References that are only looked up where the table's `columns` has the word."""

SEES_ALL_ROWS = ("retention",)
"""Families whose expectations also see what `where` leaves out: a soft-deleted record is still kept."""
