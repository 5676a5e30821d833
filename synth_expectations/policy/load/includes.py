"""The files that policy.yml includes, which add tables and profiles."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from synth_expectations.policy.errors import PolicyError
from synth_expectations.policy.load.plain_yaml import Address
from synth_expectations.policy.load.yaml import Document, Mark, find_leftovers, read_draft

_INCLUDED = {"tables", "profiles"}
"""What a file of `include` may hold."""


def read_with_includes(path: Path, errors: list[PolicyError]) -> tuple[dict[str, Any], dict[Address, Mark]]:
    """Read a policy together with all files that it includes.

    Args:
        path: of policy.yml.
        errors: gets what is wrong with any of them as YAML, and tables that are there twice.

    Raises:
        PolicyError: policy.yml itself cannot be read.
    """
    document = read_draft(path)
    errors += find_leftovers(document)
    data, marks = dict(document.data), dict(document.marks)
    for file in _list_included(path, document, errors):
        try:
            other = read_draft(file)
        except PolicyError as error:
            errors.append(error)
            continue
        errors += find_leftovers(other)
        for block, entries in other.data.items():
            at = other.find_mark((block,))
            if block not in _INCLUDED:
                hint = "An included file holds tables and profiles."
                errors.append(PolicyError(f"{block} does not belong here.", hint, at.file, at.line))
            elif entries is not None and not isinstance(entries, dict):
                errors.append(PolicyError(f"{block} is not a mapping of names.", "", at.file, at.line))
            elif entries and isinstance(data.get(block, {}), dict | None):
                data[block] = _join_blocks(block, data.get(block) or {}, entries, marks, other, errors)
                marks.setdefault((block,), at)
                marks |= {at: mark for at, mark in other.marks.items() if at[:1] == (block,) and at not in marks}
    return data, marks


def _join_blocks(
    block: str,
    known: dict[str, Any],
    entries: dict[str, Any],
    marks: Mapping[Address, Mark],
    other: Document,
    errors: list[PolicyError],
) -> dict[str, Any]:
    for name in known.keys() & entries.keys():
        before, mark = marks[block, name], other.find_mark((block, name))
        hint = f"It is also in {before.file}:{before.line}: rename one."
        errors.append(PolicyError(f"{block}.{name} is there twice.", hint, mark.file, mark.line))
    return {**known, **entries}


def _list_included(path: Path, document: Document, errors: list[PolicyError]) -> list[Path]:
    """Return the files that a policy includes, without duplicates."""
    paths: dict[Path, None] = {}
    patterns = document.data.get("include") or []
    for pattern in patterns if isinstance(patterns, list) else [patterns]:
        mark, subject = document.find_mark(("include",)), f"include: {pattern}"
        if not isinstance(pattern, str):
            continue  # said by the model
        if not pattern or Path(pattern).is_absolute():
            hint = "Name files from the policy's own directory, as policy.d/*.yml."
            errors.append(
                PolicyError(f"{subject} is not a pattern of files beside the policy.", hint, mark.file, mark.line)
            )
            continue
        try:
            files = sorted(path.parent.glob(pattern))
        except (ValueError, IndexError, OSError):  # as `a**`, a null byte, or a directory that cannot be listed
            files = []
        if not files:
            errors.append(PolicyError(f"{subject} matches no file.", "Correct it.", mark.file, mark.line))
        paths |= dict.fromkeys(files)
    return list(paths)
