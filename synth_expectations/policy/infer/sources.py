"""The data sources of proposals: files in another directory need another data source."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from synth_expectations.policy.infer.model import Proposal, ProposedValue

_FILES = ("parquet", "csv", "json")
_DEFAULT = re.compile(r"^\$\{\w+:-([^}]*)\}$")


def assign_data_sources(
    proposals: Sequence[Proposal], known: Mapping[str, Mapping[str, str]]
) -> tuple[list[Proposal], dict[str, dict[str, str]]]:
    """Return the proposals with matching data sources, and all data sources, the known ones first.

    A directory below one that is known is written below it (`lake/crm/contact/*.parquet`); any other one becomes a data
    source of its own, `lake_2`.
    """
    sources = {name: dict(source) for name, source in known.items()}
    proposals = _share_directories(_share_types(proposals), sources)
    settled: list[Proposal] = []
    for proposal in make_names_unique(proposals):
        placed = _place(proposal, sources)
        sources.setdefault(placed.data_source, placed.source)
        settled.append(placed)
    return settled, sources


def make_names_unique(proposals: Sequence[Proposal]) -> Iterator[Proposal]:
    """Yield the proposals with unique names: `contact` and `contact_2` for tables of two schemas."""
    used: set[str] = set()
    for proposal in proposals:
        name, number = proposal.table, 1
        while name in used:
            number += 1
            name = f"{proposal.table}_{number}"
        used.add(name)
        yield replace(proposal, table=name)


def _share_types(proposals: Sequence[Proposal]) -> Sequence[Proposal]:
    """Return the proposals with one type for all directories, so that their tables can look records up in each other."""
    if not any(proposal.source.get("type") == "files" for proposal in proposals):
        return proposals
    return [
        replace(proposal, source={**proposal.source, "type": "files"})
        if proposal.source.get("type") == "parquet"
        else proposal
        for proposal in proposals
    ]


def _share_directories(proposals: Sequence[Proposal], known: Mapping[str, Mapping[str, str]]) -> Sequence[Proposal]:
    """Return the proposals with files of sibling directories read from their common parent."""
    files = [proposal for proposal in proposals if "path" in proposal.source and proposal.data_source not in known]
    paths = {proposal.data_source: set[str]() for proposal in files}
    for proposal in files:
        paths[proposal.data_source].add(_find_directory(proposal.source["path"]))
    roofs = {name: _find_common_directory(directories) for name, directories in paths.items()}
    moved = []
    for proposal in proposals:
        roof = roofs.get(proposal.data_source) if proposal in files else None
        if roof:
            directory = _find_directory(proposal.source["path"])
            below = os.path.relpath(directory, roof).replace(os.sep, "/")
            source = {
                **proposal.source,
                "path": proposal.source["path"].replace(_format_path(directory), _format_path(roof)),
            }
            moved.append(
                _rename(replace(proposal, source=source), proposal.data_source, "" if below == "." else f"{below}/")
            )
        else:
            moved.append(proposal)
    return moved


def _find_common_directory(paths: set[str]) -> str | None:
    if len(paths) < 2 or len({os.path.isabs(path) for path in paths}) > 1 or any("${" in path for path in paths):
        return None
    common = os.path.commonpath(paths)
    return None if common in {"", os.sep} or set(common.split(os.sep)) <= {"..", "."} else common


def _format_path(path: str) -> str:
    return path if path.startswith(".") or os.path.isabs(path) else f"./{path}"


def _place(proposal: Proposal, sources: Mapping[str, Mapping[str, str]]) -> Proposal:
    name, number = proposal.data_source, 1
    while name in sources:
        below = _relate(proposal.source, sources[name]) if _holds(sources[name], proposal) else None
        if below is not None:
            return _rename(proposal, name, below)
        number += 1
        name = f"{proposal.data_source}_{number}"
    return _rename(proposal, name, "")


def _holds(source: Mapping[str, str], proposal: Proposal) -> bool:
    """Return whether a data source takes the files of a table: one of Parquet takes no others."""
    return not (source.get("type") == "parquet" and proposal.source.get("type") == "files")


def _relate(new: Mapping[str, str], known: Mapping[str, str]) -> str | None:
    """Return a directory's path below a known one: `""` if it is the same or unknown, None if elsewhere."""
    if "path" not in new or "path" not in known:
        return ""
    new_directory, known_directory = _find_directory(new["path"]), _find_directory(known["path"])
    if "${" in known_directory or "${" in new_directory:
        return ""  # known at run time only
    if os.path.isabs(new_directory) != os.path.isabs(known_directory):
        return None
    relative = os.path.relpath(new_directory, known_directory)
    if relative == ".":
        return ""
    return None if relative.startswith("..") else relative.replace(os.sep, "/") + "/"


def _find_directory(path: str) -> str:
    match = _DEFAULT.match(path)
    return os.path.normpath(match[1] if match else path)


def _rename(proposal: Proposal, name: str, below: str) -> Proposal:
    if name == proposal.data_source and not below:
        return proposal
    entry = dict(proposal.entry)
    for word in (*_FILES, "data_source"):
        line = entry.get(word)
        if isinstance(line, ProposedValue):
            rest = line.value.removeprefix(proposal.data_source).removeprefix("/")
            entry[word] = ProposedValue(f"{name}/{below}{rest}" if word in _FILES else name, line.why)
    variable = re.sub(r"\W", "_", proposal.data_source).upper()
    fresh = re.sub(r"\W", "_", name).upper()
    source = {key: value.replace("${" + variable, "${" + fresh, 1) for key, value in proposal.source.items()}
    return replace(proposal, entry=entry, data_source=name, source=source)
