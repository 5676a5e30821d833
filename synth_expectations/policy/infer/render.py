"""Proposals as the text of a policy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from synth_expectations.policy.infer import names
from synth_expectations.policy.infer.codes import add_counts
from synth_expectations.policy.infer.model import TODO, Proposal, ProposedValue
from synth_expectations.policy.infer.retention import add_limit, choose_class_column, format_retention
from synth_expectations.policy.infer.scalars import format_comment, format_scalar
from synth_expectations.policy.infer.sources import assign_data_sources

_HEAD = """\
# yaml-language-server: $schema=./policy.schema.json
# Proposed by `synth-expectations init` from names, types and counts: each line says why. Correct what is wrong, answer
# each TODO (compile refuses them by line), then: synth-expectations compile
version: 1
"""


def render_policy(proposals: Sequence[Proposal], *, data_sources: Mapping[str, Mapping[str, str]] | None = None) -> str:
    """Return the text of a whole policy for some tables.

    Args:
        proposals: at least one, each of another table name.
        data_sources: by name, what the policy says of them, such as `{"warehouse": {"use": "../gx"}}`; those that the
            proposals need are added.
    """
    class_column = choose_class_column(proposals)
    limited = [add_limit(proposal, class_column) for proposal in proposals]
    proposals, sources = assign_data_sources(limited, data_sources or {})
    tables = [proposal.table for proposal in proposals]
    blocks = [
        [
            f"description: {format_scalar('Synthetic records in ' + ', '.join(tables))}",
            "owner: TODO  # who answers for these tables, such as crm-data@retailer.example",
            '# approved: {by: dpo@retailer.example, on: "2026-10-01", ticket: GRC-412}  # once it is signed',
        ],
        ["data_sources:", *(f"  {format_source(name, source)}" for name, source in sources.items())],
        format_allowed(proposals),
        format_retention(proposals),
        format_decisions(proposals),
        ["tables:", *(f"  {line}".rstrip() for proposal in proposals for line in format_entry(proposal, tables))],
        ["checkpoints:", "  nightly: {tables: all}"],
    ]
    return _HEAD + "\n".join("\n".join(block) + "\n" for block in blocks if block)


def format_source(name: str, source: Mapping[str, str]) -> str:
    """Return a data source on one line."""
    return f"{format_scalar(name)}: {format_scalar(dict(source))}"


def format_entry(proposal: Proposal, tables: Iterable[str], indent: str = "  ") -> list[str]:
    """Return the lines of a table's entry, its name first.

    Args:
        proposal: of the table.
        tables: the names of all tables of the policy: what a decision's subject may point at.
        indent: of one level.
    """
    lines = [f"{format_scalar(proposal.table)}:"]
    for word, line in proposal.entry.items():
        if isinstance(line, ProposedValue):
            lines.append(indent + _format_line(word, line))
        else:
            lines.append(f"{indent}{word}:")
            lines += [2 * indent + _format_line(inner, inner_line) for inner, inner_line in line.items()]
    references = dict(proposal.references)
    if proposal.subject and "subject" not in references:
        target = _find_target(proposal.subject, [name for name in tables if name != proposal.table])
        references["subject"] = ProposedValue({"table": target or TODO}, f"the table that {proposal.subject} points at")
    if references:
        lines.append(f"{indent}references:")
        lines += [2 * indent + _format_line(word, reference) for word, reference in references.items()]
    lines += [f"{indent}# {note}" for note in proposal.notes]
    return lines


def format_allowed(proposals: Sequence[Proposal]) -> list[str]:
    """Return `allowed:` with the values seen; nothing where no column names a method or a purpose."""
    named: set[str] = set()
    for proposal in proposals:
        columns = proposal.entry["columns"]
        named |= set(columns) if proposal.may_be_synthetic and isinstance(columns, dict) else set()
    seen = {
        "method": ("methods", add_counts(proposal.methods for proposal in proposals)),
        "purpose": ("purposes", add_counts(proposal.purposes for proposal in proposals)),
    }
    lines = [f"  {_format_seen(*seen[word])}" for word in seen if word in named]
    return ["allowed:", *lines] if lines else []


def format_decisions(proposals: Sequence[Proposal]) -> list[str]:
    """Return `decisions:` with the types seen; nothing for tables without decisions."""
    known = [proposal.decision_types for proposal in proposals if proposal.decision_types is not None]
    if not known:
        return []
    seen = add_counts(known)
    words = set(names.load_data()["regulated"])
    regulated = {value: n for value, n in seen.items() if words & set(names.split_words(value))}
    others = {value: n for value, n in seen.items() if value not in regulated}
    first = (
        ProposedValue(list(regulated), f"{_format_counts(regulated)}; by their names: confirm") if regulated else _ASK
    )
    second = (
        ProposedValue(TODO, f"or regulated: {_format_counts(others)}")
        if others
        else ProposedValue([], "no other type seen")
    )
    return ["decisions:", "  " + _format_line("regulated", first), "  " + _format_line("not_regulated", second)]


_ASK = ProposedValue(TODO, "none seen; such as [credit_scoring, eligibility]")


def _format_line(word: str, proposed: ProposedValue) -> str:
    return f"{word}: {format_scalar(proposed.value)}{format_comment(proposed.why)}"


def _format_seen(word: str, values: Mapping[str, int]) -> str:
    if not values:
        return f"{word}: TODO  # none seen"
    return _format_line(word, ProposedValue(list(values), f"seen: {_format_counts(values)}"))


def _format_counts(values: Mapping[str, int]) -> str:
    return ", ".join(f"{value} {n:,}" for value, n in values.items())


def _find_target(column: str, tables: Iterable[str]) -> str | None:
    """Return the table that a column is named after: `contact` for `contact_id` and `ContactId`."""
    called = [part for part in names.split_words(column) if part not in {"id", "key"}]
    return next((table for table in tables if names.to_singular(table) == " ".join(called)), None)
