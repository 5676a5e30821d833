"""The proposal of `synth-expectations init`: a policy from names, types and counts, each line with its reason."""

from synth_expectations.policy.infer.extracts import count_known_in_extract, profile_extract
from synth_expectations.policy.infer.layout import FileKind, find_kinds, list_files, split_tables
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
from synth_expectations.policy.infer.parquet import count_known_in_files, profile_parquet
from synth_expectations.policy.infer.proposal import propose
from synth_expectations.policy.infer.references import ProfiledTable, add_references
from synth_expectations.policy.infer.render import render_policy
from synth_expectations.policy.infer.shared_files import find_shared_files
from synth_expectations.policy.infer.sources import make_names_unique
from synth_expectations.policy.infer.switches import list_switches
from synth_expectations.policy.infer.warehouse import count_known_in_table, profile_table

__all__ = [
    "TODO",
    "ColumnProfile",
    "FileKind",
    "Partition",
    "ProfiledTable",
    "Proposal",
    "ProposalError",
    "ProposedValue",
    "TableProfile",
    "add_references",
    "add_to_policy",
    "count_known_in_extract",
    "count_known_in_files",
    "count_known_in_table",
    "find_kinds",
    "find_shared_files",
    "list_files",
    "list_switches",
    "make_names_unique",
    "profile_extract",
    "profile_parquet",
    "profile_table",
    "propose",
    "render_policy",
    "split_tables",
]
