"""Data Docs that take the time of the pages they write, and not that of the tables or of the runs before.

Great Expectations' own action builds the site once a table, and each time reads every result that there ever was.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any, Literal
from urllib.parse import unquote, urlsplit

from great_expectations.checkpoint import UpdateDataDocsAction
from great_expectations.data_context.types.resource_identifiers import (
    ExpectationSuiteIdentifier,
    ValidationResultIdentifier,
)
from great_expectations.render.renderer.site_builder import DefaultSiteIndexBuilder

from synth_expectations.gx.store import ValidationResultsStore

MOST_LISTED = 2000
"""How many results the index lists at most, the newest, where the project does not say otherwise."""


class DocsAction(UpdateDataDocsAction):
    """Builds the pages of all results of a run at once, and the index once."""

    type: Literal["synth_docs"] = "synth_docs"  # type: ignore[assignment]

    def run(self, checkpoint_result: Any, action_context: Any = None) -> dict[Any, dict[str, str]]:
        """The address of each result's page, by site.

        Raises:
            RuntimeError: a page was not written: Great Expectations only logs what it could not render.
        """
        results = checkpoint_result.run_results
        suites = {ExpectationSuiteIdentifier(name=each.suite_name) for each in results.values()}
        context = self._resolve_context().context
        store = context.validation_results_store
        with store.at_hand(results) if isinstance(store, ValidationResultsStore) else nullcontext():
            # a set: Great Expectations asks for every result that there ever was whether it is one of them
            wanted = {*results, *(each for each in suites if not self._has_page(context, each))}
            self._build_data_docs(site_names=self.site_names, resource_identifiers=wanted)
        pages = {key: dict(self._addresses(key)) for key in results}
        missing = sorted({key.batch_identifier for key, sites in pages.items() if not all(sites.values())})
        if missing:
            raise RuntimeError(f"Data Docs have no page for {', '.join(missing)}; the log says why.")
        return pages

    def _has_page(self, context: Any, suite: ExpectationSuiteIdentifier) -> bool:
        """Whether a suite, where it lies in a file, has pages that are younger than it."""
        backend = context.expectations_store.store_backend
        folder = getattr(backend, "full_base_directory", None)
        if folder is None:
            return False
        file = Path(folder, backend._convert_key_to_filepath(suite.to_tuple()))
        pages = [unquote(urlsplit(url).path) for _, url in self._addresses(suite) if url and url.startswith("file:")]
        sites = len(self._get_docs_sites_urls(site_names=self.site_names))
        try:
            written = file.stat().st_mtime
            return bool(pages) and len(pages) == sites and all(Path(each).stat().st_mtime > written for each in pages)
        except OSError:
            return False

    def _addresses(self, key: ValidationResultIdentifier | ExpectationSuiteIdentifier) -> Iterator[tuple[str, str]]:
        for site in self._get_docs_sites_urls(resource_identifier=key, site_names=self.site_names):
            yield site["site_name"], site["site_url"]


class IndexBuilder(DefaultSiteIndexBuilder):
    """Great Expectations' own index, which reads of each result only what it shows: the table, and the verdict."""

    def _add_validations_to_index_links(
        self, index_links_dict: dict[str, Any], validation_and_profiling_result_site_keys: list[Any]
    ) -> None:
        newest_first = sorted(
            validation_and_profiling_result_site_keys, key=lambda key: key.run_id.run_time, reverse=True
        )
        store = self.data_context.stores[self.site_section_builders_config["validations"]["source_store_name"]]
        for key in newest_first[: self.validation_results_limit or MOST_LISTED]:
            stored = json.loads(store.store_backend.get(key.to_tuple()))
            meta = stored.get("meta") or {}
            self.add_resource_info_to_index_links_dict(
                index_links_dict=index_links_dict,
                expectation_suite_name=key.expectation_suite_identifier.name,
                section_name="validations",
                batch_identifier=key.batch_identifier,
                run_id=key.run_id,
                validation_success=stored.get("success"),
                run_time=key.run_id.run_time,
                run_name=key.run_id.run_name,
                asset_name=meta.get("active_batch_definition", {}).get("data_asset_name"),
                batch_kwargs={},
                batch_spec=meta.get("batch_spec") or {},
            )
