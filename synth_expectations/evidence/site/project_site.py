"""The site of a project: from the project's own ledger, beside it unless another directory is named."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from synth_expectations.engine.object_addresses import is_address
from synth_expectations.errors import SynthError
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.ledger.location import open_store
from synth_expectations.evidence.recorder.location import locate_ledger
from synth_expectations.evidence.site.builder import SiteSummary, write_site
from synth_expectations.policy.governance import EvidenceSection
from synth_expectations.policy.load.loader import load_policy

SITE = "site"
"""The directory of the pages, below that of the ledger."""


class ProjectSite:
    """The evidence site of a project.

    Args:
        root: the directory of great_expectations.yml.
        configuration: its content.
        resolve: gives the value of a text with variables.
        directory: of the pages; by default `site` in the ledger.

    Raises:
        SynthError: the policy cannot be read, or the ledger is in an object store and no directory is named.
    """

    def __init__(
        self,
        root: Path,
        configuration: Mapping[str, Any],
        resolve: Callable[[str], str] = str,
        directory: Path | None = None,
    ) -> None:
        policy = root / "policy.yml"
        section = load_policy(policy).words.evidence if policy.is_file() else EvidenceSection()
        self.location = locate_ledger(root, configuration, section, resolve)
        if directory is None and is_address(self.location):
            raise SynthError(
                "The ledger lies in an object store, and no directory is named for its pages.",
                "Name one: site_directory of the site in great_expectations.yml, or audit site --out DIRECTORY.",
            )
        self.directory = directory or Path(self.location) / SITE

    @property
    def index(self) -> Path:
        """The first page."""
        return self.directory / "index.html"

    def write(self, *, rebuild: bool = False) -> SiteSummary:
        """Write the pages that new entries change; all of them, if asked or if there are none."""
        ledger = EvidenceLedger(open_store(self.location, Path()))
        return write_site(ledger, self.directory, rebuild=rebuild)
