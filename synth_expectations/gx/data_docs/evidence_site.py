"""The evidence site as a site of Data Docs: Great Expectations builds it as it builds its own."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from synth_expectations.evidence.site.project_site import ProjectSite


class EvidenceSiteBuilder:
    """Builds the evidence site of a project, whichever results Great Expectations names.

    In great_expectations.yml:

        data_docs_sites:
          evidence:
            class_name: EvidenceSiteBuilder
            module_name: synth_expectations.gx

    Args:
        data_context: of Great Expectations.
        site_directory: of the pages, relative to great_expectations.yml; by default `site` in the ledger.
        options: what the sites of Great Expectations have, such as sections; nothing of it is about these pages.
    """

    def __init__(self, data_context: Any, site_directory: str | None = None, **options: Any) -> None:
        self._context = data_context
        self._directory = site_directory

    def build(self, resource_identifiers: Any = None, build_index: bool = True) -> tuple[str | None, dict[Any, str]]:
        """Write the pages that new entries of the ledger change, and return the address of the first.

        Args:
            resource_identifiers: not asked: the ledger says what is new.
            build_index: not asked: the first page goes with the others.
        """
        self._open().write()
        return self.get_resource_url(), {}

    def get_resource_url(self, resource_identifier: Any = None, only_if_exists: bool = True) -> str | None:
        """Return the address of the first page, whatever is asked for; None if there is none yet."""
        index = self._open().index
        return index.as_uri() if index.is_file() or not only_if_exists else None

    def clean_site(self) -> None:
        """Remove the pages; the ledger, from which they are made, stays."""
        site = self._open()
        if site.index.is_file():
            shutil.rmtree(site.directory)

    def _open(self) -> ProjectSite:
        # late, and the only edge from this room to the evidence: a process that builds no site does not load it
        from synth_expectations.evidence.site.project_site import ProjectSite

        context, root = self._context, Path(self._context.root_directory)
        configuration = context.project_config_with_variables_substituted.to_dict()
        directory = Path(root, self._directory).resolve() if self._directory else None
        return ProjectSite(
            root, configuration, lambda text: str(context.config_provider.substitute_config(text)), directory
        )
