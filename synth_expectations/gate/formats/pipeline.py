"""Pipelines that load files into an org: commands of sf, sfdx and SFDMU, told by their text, whatever the pipeline's format."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_CONTINUED = re.compile(r"\\\r?\n\s*")
_COMMAND = re.compile(
    r"\b(?:sf\s+data\s+(?:import\s+(?:tree|bulk)|upsert\s+bulk|update\s+bulk)|sfdx\s+force:data:(?:tree:import|bulk:upsert)"
    r"|sfd?x?\s+sfdmu[ :]run)\b([^\n|;&]*)",
    re.IGNORECASE,
)
_ORG = re.compile(
    r"(?:^|\s)(?:-o|-u|--target-org|--targetusername|--targetuser)[ =]+[\"']?([^\s\"',\]]+)", re.IGNORECASE
)
_FILES = re.compile(
    r"(?:^|\s)(?:-p|-f|--plan|--files?|--path|--csvfile|--sobjecttreefiles)[ =]+[\"']?([^\s\"'\]]+)", re.IGNORECASE
)
_PRODUCTION = re.compile(r"(?:^|[^a-z])(prod|production|live|prd)(?:[^a-z]|$)", re.IGNORECASE)
_NOT_PRODUCTION = re.compile(
    r"(?:^|[^a-z])(pre|non|not|no)[^a-z]?(?:prod|production|live|prd)|sandbox|scratch", re.IGNORECASE
)


@dataclass(frozen=True)
class PipelineLoad:
    """A command of a pipeline that loads files into production.

    Attributes:
        org: as the command names it.
        paths: of plans, files and SFDMU projects, relative to the root of the repository.
    """

    org: str
    paths: tuple[str, ...]


def list_loads(text: str) -> Iterator[PipelineLoad]:
    """Yield the commands of a pipeline that load files into an org whose name says production."""
    for command in _COMMAND.finditer(_CONTINUED.sub(" ", text)):
        match = _ORG.search(command[1])
        if match and _PRODUCTION.search(match[1]) and not _NOT_PRODUCTION.search(match[1]):
            paths = [path for named in _FILES.findall(command[1]) for path in named.split(",") if path]
            yield PipelineLoad(match[1], tuple(paths))
