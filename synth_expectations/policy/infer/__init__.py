"""The proposal of `synth-expectations init`: a policy from names, types and counts, each line with its reason."""

from synth_expectations.policy.infer.layout import split_parquet
from synth_expectations.policy.infer.merge import add_to_policy
from synth_expectations.policy.infer.model import (
    TODO,
    ColumnProfile,
    Partition,
    Proposal,
    ProposalError,
    ProposedValue,
    TableProfile,
)
from synth_expectations.policy.infer.parquet import profile_parquet
from synth_expectations.policy.infer.proposal import propose
from synth_expectations.policy.infer.render import render_policy
from synth_expectations.policy.infer.warehouse import profile_table

__all__ = [
    "TODO",
    "ColumnProfile",
    "Partition",
    "Proposal",
    "ProposalError",
    "ProposedValue",
    "TableProfile",
    "add_to_policy",
    "profile_parquet",
    "profile_table",
    "propose",
    "render_policy",
    "split_parquet",
]
