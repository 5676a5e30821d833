"""The action that builds Data Docs: once a run, and only the pages of that run.

Great Expectations' own action builds the site once a table, and reads every stored result each time.
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
)
from great_expectations.render.renderer.site_builder import DefaultSiteIndexBuilder, SiteBuilder

from synth_expectations.gx import internals
from synth_expectations.gx.data_docs.pages import keep_bytecode
from synth_expectations.gx.data_docs.sections import with_fast_sections
from synth_expectations.gx.stores import ValidationResultsStore

MOST_LISTED = 2000
"""How many results the index lists at most, the newest first, unless the project sets another limit."""


class DocsAction(UpdateDataDocsAction):
    """Builds the pages of all results of a run at once, and the index once."""

    type: Literal["synth_docs"] = "synth_docs"  # type: ignore[assignment]

    def run(self, checkpoint_result: Any, action_context: Any = None) -> dict[Any, dict[str, str]]:
        """Build the pages, and return the address of each result's page, by site.

        Raises:
            RuntimeError: a page was not written. Great Expectations itself only logs that.
        """
        results = checkpoint_result.run_results
        suites = {ExpectationSuiteIdentifier(name=result.suite_name) for result in results.values()}
        context = internals.context_of(self)
        store = context.validation_results_store
        sites = dict(_sites(context, self.site_names))
        with store.at_hand(results) if isinstance(store, ValidationResultsStore) else nullcontext():
            for site in sites.values():
                # a set, because Great Expectations looks up every stored result in it
                site.build({*results, *(suite for suite in suites if not _has_page(context, site, suite))})
        pages = {key: {name: site.get_resource_url(key) for name, site in sites.items()} for key in results}
        missing = sorted({key.batch_identifier for key, urls in pages.items() if not all(urls.values())})
        if missing:
            raise RuntimeError(f"Data Docs have no page for {', '.join(missing)}; the log says why.")
        return pages


def _sites(context: Any, names: list[str] | None) -> Iterator[tuple[str, SiteBuilder]]:
    """Yield the builders of a project's sites, each made once: Great Expectations makes one for every address."""
    for name, config in (context.variables.data_docs_sites or {}).items():
        if not names or name in names:
            yield name, internals.make_site_builder(context, name, with_fast_sections(config))


def _has_page(context: Any, site: SiteBuilder, suite: ExpectationSuiteIdentifier) -> bool:
    """Return whether the file of a suite has a page that is newer than it."""
    backend = context.expectations_store.store_backend
    file, page = internals.file_of(backend, suite.to_tuple()), urlsplit(site.get_resource_url(suite) or "")
    if file is None or page.scheme != "file":
        return False
    try:
        return Path(unquote(page.path)).stat().st_mtime > file.stat().st_mtime
    except OSError:
        return False


class IndexBuilder(DefaultSiteIndexBuilder):
    """The index of Great Expectations, which reads of each result only what it shows: the table and the verdict."""

    def build(self, *given: Any, **named: Any) -> Any:
        """Write the index, and return its address and what it links to."""
        keep_bytecode(self.view_class)
        return super().build(*given, **named)

    @internals.overrides(internals.INDEX_LINKS)
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
