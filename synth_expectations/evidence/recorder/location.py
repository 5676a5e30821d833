"""The place of a project's ledger: what its policy names, or `evidence` beside its suites."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from synth_expectations.engine.object_addresses import is_address
from synth_expectations.errors import SynthError
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.ledger.location import DIRECTORY, open_store
from synth_expectations.evidence.ledger.store import ENTRIES
from synth_expectations.policy.governance import EvidenceSection

_IGNORED = "/.findings.state\n/.gitignore\n/.site.state\n/index/\n/ledger/\n/objects/\n/site/\n"
"""What git is told to ignore: a directory that was there before may hold files that are none of ours."""


def locate_ledger(
    root: Path, configuration: Mapping[str, Any], section: EvidenceSection, resolve: Callable[[str], str] = str
) -> str:
    """Return the directory of a project's ledger, or its address.

    Args:
        root: the directory of great_expectations.yml.
        configuration: its content.
        section: of the policy.
        resolve: gives the value of a text with variables.

    Raises:
        SynthError: a variable is not set, or the ledger lies outside of the project, which has no name in it.
    """
    home = _find_home(root, configuration)
    if section.store is None:
        return os.path.abspath(home / DIRECTORY)
    store = resolve(section.store)
    location = store if is_address(store) else os.path.abspath(root / store)
    if section.project is None and (is_address(store) or not Path(location).is_relative_to(os.path.abspath(home))):
        raise SynthError(
            "The ledger lies outside of the project, where another project may write to it too.",
            "Name this one in the policy, so that the two are never taken for one: evidence.project: crm",
        )
    return location


def open_ledger(location: str, project: str | None = None) -> EvidenceLedger:
    """Return the ledger of a location; a directory without one is made or used, and git told to ignore it.

    Args:
        location: its directory or address.
        project: the name of the project in it; None if it has none, or does not matter.

    Raises:
        OSError: the directory cannot be made.
        LedgerError: nothing can be appended to it, or it is the ledger of another project.
    """
    if not is_address(location) and not (Path(location) / ENTRIES).exists():
        Path(location).mkdir(parents=True, exist_ok=True)
        # results hold record keys: who wants them in a repository removes this file
        with suppress(FileExistsError), open(Path(location) / ".gitignore", "x", encoding="utf-8") as ignored:
            ignored.write(_IGNORED)
    ledger = EvidenceLedger(open_store(location, Path.cwd()))
    ledger.check_writable()
    ledger.open_project(project or "")
    return ledger


def _find_home(root: Path, configuration: Mapping[str, Any]) -> Path:
    """Return the directory in which the directory of the suites lies; the project's where they lie elsewhere."""
    stores = configuration.get("stores") or {}
    store = stores.get(str(configuration.get("expectations_store_name", "expectations_store"))) or {}
    directory = (store.get("store_backend") or {}).get("base_directory")
    if not directory or "$" in str(directory):
        return root
    return Path(os.path.normpath(root / str(directory))).parent
