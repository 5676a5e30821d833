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
)
from great_expectations.render.renderer.site_builder import DefaultSiteIndexBuilder, SiteBuilder

from synth_expectations.gx import internals
from synth_expectations.gx.data_docs.sections import with_ours
from synth_expectations.gx.stores import ValidationResultsStore

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
        context = internals.context_of(self)
        store = context.validation_results_store
        sites = dict(_sites(context, self.site_names))
        with store.at_hand(results) if isinstance(store, ValidationResultsStore) else nullcontext():
            for site in sites.values():
                # a set: Great Expectations asks for every result that there ever was whether it is one of them
                site.build({*results, *(each for each in suites if not _has_page(context, site, each))})
        pages = {key: {name: site.get_resource_url(key) for name, site in sites.items()} for key in results}
        missing = sorted({key.batch_identifier for key, found in pages.items() if not all(found.values())})
        if missing:
            raise RuntimeError(f"Data Docs have no page for {', '.join(missing)}; the log says why.")
        return pages


def _sites(context: Any, names: list[str] | None) -> Iterator[tuple[str, SiteBuilder]]:
    """The sites of a project, of some names or all, each made once: Great Expectations makes one for every address."""
    for name, config in (context.variables.data_docs_sites or {}).items():
        if not names or name in names:
            made = with_ours(config)
            yield name, internals.make_site_builder(context, name, made)


def _has_page(context: Any, site: SiteBuilder, suite: ExpectationSuiteIdentifier) -> bool:
    """Whether a suite, where it lies in a file, has a page that is younger than it."""
    backend = context.expectations_store.store_backend
    file, page = internals.file_of(backend, suite.to_tuple()), urlsplit(site.get_resource_url(suite) or "")
    if file is None or page.scheme != "file":
        return False
    try:
        return Path(unquote(page.path)).stat().st_mtime > file.stat().st_mtime
    except OSError:
        return False


class IndexBuilder(DefaultSiteIndexBuilder):
    """Great Expectations' own index, which reads of each result only what it shows: the table, and the verdict."""

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
