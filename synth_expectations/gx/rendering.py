"""How our expectations read in Great Expectations' Data Docs."""

from __future__ import annotations

from html import escape
from typing import Any

from great_expectations.core import ExpectationValidationResult
from great_expectations.expectations.expectation_configuration import ExpectationConfiguration
from great_expectations.render.components import (
    LegacyDiagnosticRendererType,
    LegacyRendererType,
    RenderedStringTemplateContent,
    RenderedTableContent,
)
from great_expectations.render.renderer.renderer import renderer
from great_expectations.render.renderer_configuration import RendererConfiguration, RendererValueType

from synth_expectations.catalogue import expectation_class
from synth_expectations.errors import SynthError
from synth_expectations.verdicts import Verdict


class RenderedExpectation:
    """The renderers, under the names of those that they replace: Great Expectations takes the last by name."""

    @classmethod
    @renderer(renderer_type=LegacyRendererType.PRESCRIPTIVE)
    def _prescriptive_renderer(
        cls,
        configuration: ExpectationConfiguration | None = None,
        result: ExpectationValidationResult | None = None,
        runtime_configuration: dict[str, Any] | None = None,
        **_: Any,
    ) -> list[RenderedStringTemplateContent]:
        return [_text(sentence_of(configuration, result))]

    @classmethod
    @renderer(renderer_type=LegacyDiagnosticRendererType.OBSERVED_VALUE)
    def _diagnostic_observed_value_renderer(cls, result: ExpectationValidationResult | None = None, **_: Any) -> str:
        details = _details(result)
        if not details or result is None:
            return "--"
        if details["verdict"] == Verdict.NOTHING_TO_CHECK:
            return "nothing to check"
        found = result.result
        return f"{found['unexpected_count']:,} of {found['element_count']:,} records"

    @classmethod
    @renderer(renderer_type=LegacyDiagnosticRendererType.UNEXPECTED_STATEMENT)
    def _diagnostic_unexpected_statement_renderer(
        cls, result: ExpectationValidationResult | None = None, **_: Any
    ) -> list[Any]:
        raised = _exception(result)
        if raised:
            return [_text(f"Errored, not checked: nothing is known of it. {raised}", "alert alert-danger")]
        details = _details(result)
        if not details or result is None:
            return []
        if "reason" in details:
            return [_text(f"Nothing to check. {details['reason']}", "alert alert-secondary")]
        count = result.result["unexpected_count"]
        if not count:
            return []
        share = result.result["unexpected_percent"]
        shown = f"{share:.2g}" if share < 99.5 else f"{share:.0f}"  # not 1e+02
        said = f"{count:,} of {result.result['element_count']:,} records ({shown} %) break a rule."
        return [_text(said)]

    @classmethod
    @renderer(renderer_type=LegacyDiagnosticRendererType.UNEXPECTED_TABLE)
    def _diagnostic_unexpected_table_renderer(
        cls, result: ExpectationValidationResult | None = None, **_: Any
    ) -> list[Any] | None:
        details = _details(result)
        if not details or not any(rule["count"] for rule in details["rules"]):
            return None
        by_rule = details.get("sample", {}).get("by_rule", {})
        key = details.get("sample", {}).get("key")
        rows = [
            [_cell(rule["name"]), f"{rule['count']:,}", _keys(by_rule.get(rule["name"], []), rule)]
            for rule in details["rules"]
            if rule["count"]
        ]
        head = ["Rule", "Records", f"Sample ({escape(key)})" if key else "Sample"]
        styling = {"body": {"classes": ["table-bordered", "table-sm", "mt-3"]}}
        return [RenderedTableContent(content_block_type="table", table=rows, header_row=head, styling=styling)]

    @classmethod
    def _prescriptive_template(cls, renderer_configuration: RendererConfiguration) -> RendererConfiguration:
        """The sentence for GX's atomic renderers."""
        said = sentence_of(renderer_configuration.configuration, None)
        renderer_configuration.add_param("sentence", RendererValueType.STRING, value=said)
        renderer_configuration.template_str = "$sentence"
        return renderer_configuration


def sentence_of(configuration: ExpectationConfiguration | None, result: ExpectationValidationResult | None) -> str:
    """The sentence of a stored expectation, with its arguments where they can be read."""
    configuration = configuration or (result.expectation_config if result else None)
    if configuration is None:
        return ""
    governed = expectation_class(configuration.type)
    try:
        known = {name: value for name, value in configuration.kwargs.items() if name in governed.model_fields}
        return governed.model_validate(known).sentence() + "."
    except (SynthError, ValueError):  # a $PARAMETER, or arguments that the run reports as errored
        return governed.summary() + "."


def _details(result: ExpectationValidationResult | None) -> dict[str, Any]:
    found = (result.result or {}).get("details") if result else None
    return found if isinstance(found, dict) and "verdict" in found else {}


def _exception(result: ExpectationValidationResult | None) -> str:
    return "" if result is None else exception_message(result.exception_info)


def exception_message(info: dict[str, Any] | None) -> str:
    """The sentence of an exception as Great Expectations keeps it: flat, or by metric."""
    if not info:
        return ""
    entries = [info] if "raised_exception" in info else [each for each in info.values() if isinstance(each, dict)]
    return next((str(each.get("exception_message")) for each in entries if each.get("raised_exception")), "")


def _keys(keys: list[str], rule: dict[str, Any]) -> str:
    if not rule["judged"]:
        return "reported, not counted"
    more = rule["count"] - len(keys)
    return escape(", ".join(keys)) + (f" and {more:,} more" if keys and more > 0 else "")


def _cell(text: str) -> str:
    return escape(text).replace("$", "&#36;")


def _text(text: str, classes: str = "") -> RenderedStringTemplateContent:
    # As a parameter of its own: a dollar in the text would start one.
    template: dict[str, Any] = {"template": "$text", "params": {"text": escape(text)}}
    styling = {"classes": classes.split()} if classes else None
    return RenderedStringTemplateContent(
        content_block_type="string_template", string_template=template, styling=styling
    )
