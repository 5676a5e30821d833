"""The sections of Data Docs where a project does not say how they are made: the same pages, in less time."""

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


def with_ours(site: Mapping[str, Any]) -> dict[str, Any]:
    """The configuration of a site, with our sections where it says nothing of its own.

    Args:
        site: as the project has it.
    """
    ours: dict[str, Any] = {
        "expectations": {**_SECTION, "class_name": "Suites", "view": dict(_VIEW)},
        "validations": {**_SECTION, "class_name": "Results", "view": dict(_VIEW), "renderer": dict(_RESULTS)},
        "profiling": {**_SECTION, "class_name": "Results"},
    }
    return {**site, "site_section_builders": {**ours, **(site.get("site_section_builders") or {})}}


class _Section(DefaultSiteSectionBuilder, ABC):
    """Writes the pages that are asked for, and leaves what it does not know to Great Expectations.

    That would list all that there ever was, to find what it was asked for.
    """

    def build(self, resource_identifiers: Iterable[Any] | None = None) -> None:
        """Write the pages of some suites or results; of all that there are, if none are named."""
        if not resource_identifiers or self.validation_results_limit:
            super().build(resource_identifiers)
            return
        if left := {key for key in self.asked(resource_identifiers) if not self._wrote(key)}:
            super().build(left)

    @abstractmethod
    def asked(self, keys: Iterable[Any]) -> Iterator[Any]:
        """Those that this section is of."""

    @abstractmethod
    def resource(self, key: Any) -> Any:
        """What a page is made of; None if Great Expectations must read it."""

    def _wrote(self, key: Any) -> bool:
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
        except Exception:  # noqa: BLE001 - Great Expectations tries it again, and logs what is wrong
            return False
        return True


class Suites(_Section):
    """The pages of suites."""

    def asked(self, keys: Iterable[Any]) -> Iterator[Any]:
        """The suites."""
        yield from (key for key in keys if isinstance(key, ExpectationSuiteIdentifier))

    def resource(self, key: ExpectationSuiteIdentifier) -> Any:
        """A suite of ours alone."""
        return make_stored_suite(read_suite(self.source_store, key.name))


class Results(_Section):
    """The pages of results."""

    def asked(self, keys: Iterable[Any]) -> Iterator[Any]:
        """The results of runs whose name the section is of."""
        for key in keys:
            if isinstance(key, ValidationResultIdentifier) and (
                key.run_id.run_name is None or resource_key_passes_run_name_filter(key, self.run_name_filter)
            ):
                yield key

    def resource(self, key: ValidationResultIdentifier) -> Any:
        """A result of a run that has a name: that of another one is what Great Expectations' store makes of none."""
        return None if key.run_id.run_name is None else self.source_store.get(key)
