"""The addition of a table to an existing policy: new lines only, every other byte stays.

The text is read with ruamel.yaml to know where things stand, and read again to prove that only additions were made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from synth_expectations.policy.infer import render, retention
from synth_expectations.policy.infer.model import Proposal, ProposalError
from synth_expectations.policy.infer.scalars import format_scalar
from synth_expectations.policy.infer.sources import assign_data_sources

_BLOCKS = ("tables", "data_sources", "allowed", "retention", "decisions")
Written = Callable[[str], list[str]]


def add_to_policy(text: str, proposal: Proposal, *, file: str = "policy.yml") -> str:
    """Return the policy with one more table.

    What the table needs and the policy lacks (a data source, `allowed`, `retention`, `decisions`) is added too. What
    the policy has is never widened: methods and purposes that it does not name become comments of the new entry.

    Args:
        text: of the policy.
        proposal: for the table; see `dataclasses.replace` for another name.
        file: what errors call the policy.

    Raises:
        ProposalError: the text is not a policy, has such a table already, or is written so that nothing can be added by
            line (a flow mapping with entries).
    """
    policy = _read(text, file)
    tables = policy.get("tables") or CommentedMap()
    if proposal.table in tables:
        line = tables.lc.key(proposal.table)[0] + 1
        raise ProposalError(
            f"{file}:{line} already has a table {proposal.table}.", "Edit it there, or choose another name.", file, line
        )
    kept = policy.get("retention")
    class_column = retention.choose_class_column([proposal]) if kept is None else kept.get("class", "purpose")
    limited = retention.add_limit(proposal, class_column)
    [proposal], sources = assign_data_sources([limited], policy.get("data_sources") or {})
    names = [*map(str, tables), proposal.table]

    def entry(indent: str) -> list[str]:
        unnamed = [f"{indent}# {note}" for note in _list_unnamed(policy, proposal)]
        return render.format_entry(proposal, names, indent) + unnamed

    newline = "\r\n" if "\r\n" in text else "\n"
    lines = text.replace("\r\n", "\n").removesuffix("\n").split("\n")
    lines = _add_entry(lines, policy, "tables", entry, file)
    if proposal.data_source not in (policy.get("data_sources") or {}):
        source = render.format_source(proposal.data_source, sources[proposal.data_source])
        lines = _add_entry(lines, _read("\n".join(lines), file), "data_sources", lambda _: [source], file)
    blocks = {
        "allowed": render.format_allowed([proposal]),
        "retention": retention.format_retention([proposal]),
        "decisions": render.format_decisions([proposal]),
    }
    for word, block in blocks.items():
        if block and word not in policy:
            lines += ["", *block]
    added = "\n".join(lines) + "\n"
    _prove(policy, _read(added, file), proposal, file)
    return added.replace("\n", newline)


def _read(text: str, file: str) -> CommentedMap:
    try:
        policy = YAML().load(text)  # the round-trip loader: it knows lines
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise ProposalError(f"{file}:{line or 1} is not YAML: {error.problem}.", "Fix it first.", file, line) from None
    except YAMLError:
        raise ProposalError(f"{file} is not YAML.", "Fix it first.", file) from None
    if policy is None:
        return CommentedMap()
    if not isinstance(policy, CommentedMap):
        raise ProposalError(
            f"{file} is not a policy: it is not a mapping.", "Start one with init, without --add.", file
        )
    for word in _BLOCKS:
        if not isinstance(policy.get(word) or {}, dict):
            line = policy.lc.key(word)[0] + 1
            raise ProposalError(f"{file}:{line}: {word} is not a mapping.", "Fix it first.", file, line)
    return policy


def _add_entry(lines: list[str], policy: CommentedMap, word: str, written: Written, file: str) -> list[str]:
    """Return the lines with one more entry at the end of a top-level block."""
    block = policy.get(word)
    if word not in policy:
        return [*lines, f"{word}:", *_indent(written("  "), "  ")]
    at = policy.lc.key(word)[0]
    if not block:  # `tables:` or `tables: {}`
        behind = lines[at].partition("#")
        kept = f"{word}:" + (f"  #{behind[2]}" if behind[1] else "")
        return [*lines[:at], kept, *_indent(written("  "), "  "), *lines[at + 1 :]]
    if not isinstance(block, CommentedMap) or block.fa.flow_style():
        raise ProposalError(
            f"{file}:{at + 1}: {word} is written on one line in braces, so no line can be added.",
            f"Write one entry of {word} a line, indented, without braces.",
            file,
            at + 1,
        )
    indent = " " * block.lc.key(next(iter(block)))[1]
    end = _find_end(lines, at)
    return [*lines[:end], *_indent(written(indent), indent), *lines[end:]]


def _find_end(lines: list[str], start: int) -> int:
    """Return the index after a block's last line; comments before the next block belong to that."""
    after = start + 1
    while after < len(lines) and (not lines[after].strip() or lines[after].startswith((" ", "\t", "#"))):
        after += 1
    while not lines[after - 1].strip() or lines[after - 1].startswith("#"):
        after -= 1
    return after


def _indent(lines: Iterable[str], indent: str) -> list[str]:
    return [(indent + line).rstrip() for line in lines]


def _list_unnamed(policy: CommentedMap, proposal: Proposal) -> list[str]:
    """Return notes on values of the table that the policy does not name, for a person to decide."""
    notes = []
    allowed = policy.get("allowed") or {}
    named = policy.get("retention") or {}
    decided = policy.get("decisions") or {}
    types = [*_to_list(decided.get("regulated")), *_to_list(decided.get("not_regulated"))]
    classes = proposal.purposes if named.get("class", "purpose") == "purpose" else proposal.classes
    for key, where, seen, known in (
        ("methods", "allowed", proposal.methods, _to_list(allowed.get("methods"))),
        ("purposes", "allowed", proposal.purposes, _to_list(allowed.get("purposes"))),
        ("classes", "retention", classes, _to_list(named.get("classes"))),
        ("types", "decisions", proposal.decision_types or (), types),
    ):
        new = [f"{value} {n:,}" for value, n in seen if value not in known]
        if new and where in policy:
            notes.append(f"seen here, not yet in {where}: {key} {', '.join(new)}")
    return notes


def _to_list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | dict) else []  # or TODO


def _prove(before: CommentedMap, after: CommentedMap, proposal: Proposal, file: str) -> None:
    """Check that the new text is the old one plus the new table."""

    def without_new(policy: CommentedMap) -> dict[str, Any]:
        blocks = {"tables": {proposal.table}}
        if proposal.data_source not in (before.get("data_sources") or {}):
            blocks["data_sources"] = {proposal.data_source}
        kept = {}
        for word, value in policy.items():
            if word in before:
                gone = blocks.get(word, set())
                kept[word] = {k: v for k, v in value.items() if k not in gone} if gone and value else value
        return {word: value or None for word, value in kept.items()}

    if without_new(before) != without_new(after) or proposal.table not in after["tables"]:
        raise ProposalError(
            f"{format_scalar(proposal.table)} could not be added to {file} automatically.",
            "Add what init prints by hand.",
            file,
        )
