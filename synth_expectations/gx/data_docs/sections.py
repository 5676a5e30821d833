"""Sections of Data Docs that write the pages of Great Expectations in less time."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from great_expectations.data_context.types.resource_identifiers import (
    ExpectationSuiteIdentifier,
    SiteSectionIdentifier,
    ValidationResultIdentifier,
)
from great_expectations.render.renderer.site_builder import DefaultSiteSectionBuilder
from great_expectations.render.util import resource_key_passes_run_name_filter

from synth_expectations.gx.data_docs.stored_suite import make_stored_suite
from synth_expectations.gx.stores import read_suite

_VIEW = {"module_name": "synth_expectations.gx.data_docs.pages", "class_name": "PageView"}
_RESULTS = {"module_name": "synth_expectations.gx.data_docs.pages", "class_name": "ResultsRenderer"}
_SECTION = {"module_name": __name__}


def with_fast_sections(site: Mapping[str, Any]) -> dict[str, Any]:
    """Return the configuration of a site, with the sections of this module where the project sets none.

    Args:
        site: as the project has it.
    """
    sections: dict[str, Any] = {
        "expectations": {**_SECTION, "class_name": "Suites", "view": dict(_VIEW)},
        "validations": {**_SECTION, "class_name": "Results", "view": dict(_VIEW), "renderer": dict(_RESULTS)},
        "profiling": {**_SECTION, "class_name": "Results"},
    }
    return {**site, "site_section_builders": {**sections, **(site.get("site_section_builders") or {})}}


class _Section(DefaultSiteSectionBuilder, ABC):
    """A section that writes pages itself if it can, and else lets Great Expectations write them.

    Great Expectations would list every stored suite or result to find the few that are wanted.
    """

    def build(self, resource_identifiers: Iterable[Any] | None = None) -> None:
        """Write the pages of some suites or results; of all, if none are named."""
        if not resource_identifiers or self.validation_results_limit:
            super().build(resource_identifiers)
            return
        if left := {key for key in self.own_keys(resource_identifiers) if not self._write(key)}:
            super().build(left)

    @abstractmethod
    def own_keys(self, keys: Iterable[Any]) -> Iterator[Any]:
        """Yield the keys whose pages are in this section."""

    @abstractmethod
    def resource(self, key: Any) -> Any:
        """Return what a page is made of; None if Great Expectations must read it."""

    def _write(self, key: Any) -> bool:
        """Write a page, and return whether it could be."""
        try:
            resource = self.resource(key)
            if resource is None:
                return False
            page = self.view_class.render(
                self.renderer_class.render(resource),
                data_context_id=self.data_context_id,
                show_how_to_buttons=self.show_how_to_buttons,
            )
            self.target_store.set(SiteSectionIdentifier(site_section_name=self.name, resource_identifier=key), page)
        except Exception:  # noqa: BLE001 - Great Expectations tries again, and logs what is wrong
            return False
        return True


class Suites(_Section):
    """The pages of suites."""

    def own_keys(self, keys: Iterable[Any]) -> Iterator[Any]:
        """Yield the keys of suites."""
        yield from (key for key in keys if isinstance(key, ExpectationSuiteIdentifier))

    def resource(self, key: ExpectationSuiteIdentifier) -> Any:
        """Return the suite, if all its expectations are plain."""
        return make_stored_suite(read_suite(self.source_store, key.name))


class Results(_Section):
    """The pages of results."""

    def own_keys(self, keys: Iterable[Any]) -> Iterator[Any]:
        """Yield the keys of results whose run has a name for this section."""
        for key in keys:
            if isinstance(key, ValidationResultIdentifier) and (
                key.run_id.run_name is None or resource_key_passes_run_name_filter(key, self.run_name_filter)
            ):
                yield key

    def resource(self, key: ValidationResultIdentifier) -> Any:
        """Return the result, if its run has a name: Great Expectations' store makes one up for a run without."""
        return None if key.run_id.run_name is None else self.source_store.get(key)
