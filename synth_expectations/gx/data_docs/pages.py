"""The pages of Great Expectations, written in less time: the views and renderers that its sections use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from great_expectations import __version__ as gx_version
from great_expectations.data_context import AbstractDataContext
from great_expectations.data_context.store import ExpectationsStore
from great_expectations.render.renderer import ValidationResultsPageRenderer
from great_expectations.render.view import DefaultJinjaPageView
from great_expectations.render.view.view import DefaultJinjaView
from jinja2 import pass_context
from jinja2.runtime import Context

from synth_expectations.engine.template_bytecode import TemplateBytecode
from synth_expectations.gx.internals import is_text_template
from synth_expectations.gx.stores import read_suite
from synth_expectations.redaction import escape_invisible

_BYTECODE = TemplateBytecode(Path(__file__).parent, gx_version)
"""Of Great Expectations' templates: each view compiles them anew, which takes most of the time of a small page."""


def keep_bytecode(view: Any) -> None:
    """Let a view of Great Expectations read its templates as bytecode, if it has templates of Jinja."""
    if isinstance(view, DefaultJinjaView):
        view.env.bytecode_cache = _BYTECODE


class PageView(DefaultJinjaPageView):
    """The view that writes a page."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        keep_bytecode(self)
        self.env.auto_reload = False  # it would look for a changed template file for each part of each page
        assert self.env.loader is not None
        source, *_ = self.env.loader.get_source(self.env, "string_template.j2")
        self._text_is_a_filter = is_text_template(source)  # nine of ten parts of a page are texts

    def render(self, *given: Any, **named: Any) -> str:
        """Return the page, with what is invisible in names and values escaped, also in those of other expectations."""
        return escape_invisible(str(super().render(*given, **named)), keep="\n\r\t")

    @pass_context
    def render_content_block(
        self, jinja_context: Any, content_block: Any, index: Any = None, *given: Any, **named: Any
    ) -> Any:
        """Return a part of the page.

        The context is passed on as a plain mapping: to copy one of Jinja's, each of its names is looked up, for every
        cell of a table.
        """
        if self._text_is_a_filter and _is_text(content_block) and not (given[1:] or named.get("render_to_markdown")):
            return str(self.render_string_template(content_block["string_template"]))
        around = jinja_context.get_all() if isinstance(jinja_context, Context) else jinja_context
        return super().render_content_block(around, content_block, index, *given, **named)


def _is_text(content_block: Any) -> bool:
    return isinstance(content_block, dict) and content_block.get("content_block_type") == "string_template"


class ResultsRenderer(ValidationResultsPageRenderer):
    """The renderer of a result's page."""

    def __init__(self, data_context: AbstractDataContext, **named: Any) -> None:
        super().__init__(data_context=_Notes(data_context.expectations_store), **named)


@dataclass(frozen=True)
class _About:
    """What the page of a result reads of its suite."""

    meta: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class _Notes:
    """A project that gives the page of a result the notes of its suite.

    Great Expectations would make every expectation of the suite for them.
    """

    store: ExpectationsStore

    @property
    def suites(self) -> _Notes:
        """The project itself, from which the page gets its suite."""
        return self

    def get(self, name: str) -> _About:
        """Return the notes of a suite; none if it is gone."""
        return _About((read_suite(self.store, name) or {}).get("meta") or {})
