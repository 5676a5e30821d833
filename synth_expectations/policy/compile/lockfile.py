"""policy.lock.json: what `compile` wrote last, to notice edits by hand, and which policy it compiled."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from synth_expectations.policy.errors import PolicyError

NAME = "policy.lock.json"


@dataclass(frozen=True)
class Lock:
    """What `compile` wrote.

    Attributes:
        compiled_by: the version of this package.
        policy: the policy's name, digest, owner and runbook.
        files: digests of the files written, by their path from the project.
        data_sources: digests of the data sources in great_expectations.yml, without assets of others.
        assets: the assets that were written, by data source.
        left_out: the expectations that the policy excludes or narrows.
        not_covered: the expectations that roles ask for and the policy does not say enough for.
    """

    compiled_by: str = ""
    policy: dict[str, Any] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    data_sources: dict[str, str] = field(default_factory=dict)
    assets: dict[str, list[str]] = field(default_factory=dict)
    left_out: list[dict[str, str]] = field(default_factory=list)
    not_covered: list[dict[str, Any]] = field(default_factory=list)

    def document(self) -> dict[str, Any]:
        """Return it as plain data."""
        return asdict(self)


_ITEM_KEYS = {
    "left_out": {"table", "type", "reason", "approved_by", "until", "narrowed"},
    "not_covered": {"table", "type", "because", "needs", "in_part"},
}


def _has_keys(item: Any, keys: set[str]) -> bool:
    return isinstance(item, dict) and item.keys() == keys


def _has_texts(document: Mapping[str, Any]) -> bool:
    """Return whether the digests of a lock are texts, and its assets lists of names."""
    digests = [digest for name in ("files", "data_sources") for digest in document.get(name, {}).values()]
    lists = list(document.get("assets", {}).values())
    names = [asset for assets in lists if isinstance(assets, list) for asset in assets]
    return all(isinstance(assets, list) for assets in lists) and all(isinstance(text, str) for text in digests + names)


def read_lock(root: Path) -> Lock:
    """Return the lock of a project; an empty one if it was never compiled.

    Raises:
        PolicyError: it cannot be read.
    """
    file = root / NAME
    if not file.is_file():
        return Lock()
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        document = None
    kinds = {field_.name: type(getattr(Lock(), field_.name)) for field_ in fields(Lock)}
    if (
        not isinstance(document, dict)
        or any(type(value) is not kinds.get(name) for name, value in document.items())
        or not _has_texts(document)
        or any(not _has_keys(item, keys) for name, keys in _ITEM_KEYS.items() for item in document.get(name, ()))
    ):
        raise PolicyError("It cannot be read.", "Remove it, and compile with --force.", str(file))
    return Lock(**document)
