"""The renderers of expectations for Great Expectations' Data Docs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from great_expectations.core import ExpectationValidationResult
from great_expectations.expectations.expectation_configuration import ExpectationConfiguration
from great_expectations.expectations.row_conditions import deserialize_row_condition
from great_expectations.render.components import (
    LegacyDiagnosticRendererType,
    LegacyRendererType,
    RenderedStringTemplateContent,
    RenderedTableContent,
)
from great_expectations.render.renderer.renderer import renderer
from great_expectations.render.renderer_configuration import RendererConfiguration, RendererValueType

from synth_expectations.errors import SynthError
from synth_expectations.expectations.catalogue import expectation_class
from synth_expectations.gx.internals import TEMPLATE, overrides
from synth_expectations.redaction import escape_invisible
from synth_expectations.rules.formatting import format_violations
from synth_expectations.rules.verdict import Verdict
from synth_expectations.validation.arguments import make_expectation
from synth_expectations.validation.result_detail import verdict_in_meta

_ICONS = {
    Verdict.ERRORED: ("fas fa-exclamation-triangle text-warning", "❗"),
    Verdict.FAILED: ("fas fa-times text-danger", "❌"),
    Verdict.PASSED: ("fas fa-check-circle text-success", "✅"),
    Verdict.NOTHING_TO_CHECK: ("fas fa-minus-circle text-secondary", "\N{HEAVY MINUS SIGN}"),
}
"""The CSS classes of Great Expectations' icons, and their characters in Markdown."""


class RenderedExpectation:
    """The renderers. They have the names of those that they replace: Great Expectations takes the last of a name."""

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
    @renderer(renderer_type=LegacyDiagnosticRendererType.STATUS_ICON)
    def _diagnostic_status_icon_renderer(
        cls, result: ExpectationValidationResult | None = None, **_: Any
    ) -> RenderedStringTemplateContent:
        """Return the verdict beside Great Expectations' icon, which offline pages lack: it is a web font."""
        verdict = verdict_of(result)
        icon, markdown = _ICONS[verdict]
        template = {
            "template": "$icon $verdict",
            "params": {"icon": "", "verdict": verdict.shown, "markdown_status_icon": markdown},
            "styling": {"params": {"icon": {"classes": icon.split(), "tag": "i"}}},
        }
        # the filter Failed Only hides these
        hidden = {"parent": {"classes": ["hide-succeeded-validation-target-child"]}}
        return RenderedStringTemplateContent(
            content_block_type="string_template",
            string_template=template,
            styling=hidden if verdict is Verdict.PASSED else None,
        )

    @classmethod
    @renderer(renderer_type=LegacyDiagnosticRendererType.OBSERVED_VALUE)
    def _diagnostic_observed_value_renderer(cls, result: ExpectationValidationResult | None = None, **_: Any) -> str:
        details = _details(result)
        if not details or result is None:
            return "--"
        if details["verdict"] == Verdict.NOTHING_TO_CHECK:
            return "nothing to check"
        numbers = result.result
        return f"{numbers['unexpected_count']:,} of {numbers['element_count']:,} {_unit(details)}"

    @classmethod
    @renderer(renderer_type=LegacyDiagnosticRendererType.UNEXPECTED_STATEMENT)
    def _diagnostic_unexpected_statement_renderer(
        cls, result: ExpectationValidationResult | None = None, **_: Any
    ) -> list[Any]:
        """Return the verdict as a sentence."""
        verdict, details = verdict_of(result), _details(result)
        if verdict is Verdict.ERRORED:
            message = _exception(result)
            return [_text(f"Errored, not checked: nothing is known about it. {message}".strip(), "alert alert-danger")]
        if not details or result is None:
            return []
        if verdict is Verdict.NOTHING_TO_CHECK:
            return [_text(f"Nothing to check. {details['reason']}", "alert alert-secondary")]
        count, records, of = result.result["unexpected_count"], result.result["element_count"], _unit(details)
        finding = format_violations(count, records, of=of) if count else f"none of {records:,} {of} breaks a rule"
        findings = [share["sentence"] for share in details.get("shares", ()) if share["exceeds"]]
        shown = [f"{verdict.shown.capitalize()}: {finding}.", *(f"The table: {sentence}." for sentence in findings)]
        return [_text(line) for line in shown]

    @classmethod
    @renderer(renderer_type=LegacyDiagnosticRendererType.UNEXPECTED_TABLE)
    def _diagnostic_unexpected_table_renderer(
        cls, result: ExpectationValidationResult | None = None, **_: Any
    ) -> list[Any] | None:
        """Return each rule that was broken, the as_of, and what the verdict does not show."""
        details = _details(result)
        if not details:
            return None
        rules = [rule for rule in details["rules"] if rule["count"]]
        lines = [f"As of {details['as_of']}."] if "as_of" in details else []
        lines += (details.get("figures") or {}).get("sentences", ())
        lines += [f"Does not show: {details['does_not_show']}"] if details["does_not_show"] else []
        table = [_table(rules, details.get("sample") or {}, _unit(details))] if rules else []
        return table + [_text(line, "text-muted") for line in lines]

    @overrides(TEMPLATE)
    @classmethod
    def _prescriptive_template(cls, renderer_configuration: RendererConfiguration) -> RendererConfiguration:
        """Set the sentence for Great Expectations' atomic renderers."""
        sentence = sentence_of(renderer_configuration.configuration, renderer_configuration.result)
        renderer_configuration.add_param("sentence", RendererValueType.STRING, value=sentence)
        renderer_configuration.template_str = "$sentence"
        return renderer_configuration


def sentence_of(configuration: ExpectationConfiguration | None, result: ExpectationValidationResult | None) -> str:
    """Return the sentence of a stored expectation: with its arguments, if they are known, and with what narrows it."""
    configuration = configuration or (result.expectation_config if result else None)
    if configuration is None:
        return ""
    kwargs = configuration.kwargs
    source = expectation_class(configuration.type)
    try:
        arguments = {name: value for name, value in kwargs.items() if name in source.model_fields}
        sentence = make_expectation(source, arguments).sentence()
    except (SynthError, ValueError):  # a $PARAMETER, or arguments that the run reports as errored
        sentence = source.summary()
    return " ".join([f"{sentence}.", *_limits(kwargs)])


def _limits(kwargs: Mapping[str, Any]) -> Iterator[str]:
    condition, share = kwargs.get("row_condition"), kwargs.get("mostly")
    if condition:
        condition = deserialize_row_condition(condition) if isinstance(condition, dict) else condition
        yield f"Only records where {condition if isinstance(condition, str) else repr(condition)}."
    if isinstance(share, int | float) and share < 1:
        yield f"At least {100 * share:g} % of them must hold."


def verdict_of(result: ExpectationValidationResult | None) -> Verdict:
    """Return the verdict of a result, also of one that raised, or that lost its details."""
    details = _details(result)
    if details and not _exception(result):
        return Verdict(details["verdict"])
    if result is not None and not _exception(result) and (kept := verdict_in_meta(result.meta)):
        return Verdict(kept)
    if result is None or _exception(result) or not result.result:
        return Verdict.ERRORED
    return Verdict.PASSED if result.success else Verdict.FAILED


def _details(result: ExpectationValidationResult | None) -> dict[str, Any]:
    details = (result.result or {}).get("details") if result else None
    return details if isinstance(details, dict) and "verdict" in details else {}


def _unit(details: dict[str, Any]) -> str:
    """Return what the numbers of a result count."""
    return str(details.get("of", "records"))


def _exception(result: ExpectationValidationResult | None) -> str:
    return "" if result is None else exception_message(result.exception_info)


def exception_message(info: dict[str, Any] | None) -> str:
    """Return the sentence of an exception, which Great Expectations keeps flat or by metric; empty if there is none."""
    if not info:
        return ""
    entries = [info] if "raised_exception" in info else [entry for entry in info.values() if isinstance(entry, dict)]
    return next((str(entry.get("exception_message")) for entry in entries if entry.get("raised_exception")), "")


def _table(rules: list[dict[str, Any]], sample: dict[str, Any], of: str) -> RenderedTableContent:
    by_rule, key = sample.get("by_rule", {}), sample.get("key")
    rows = [[_cell(rule["name"]), f"{rule['count']:,}", _keys(by_rule.get(rule["name"], []), rule)] for rule in rules]
    head = ["Rule", of.capitalize(), f"Sample ({_cell(key)})" if key else "Sample"]
    styling = {"body": {"classes": ["table-bordered", "table-sm", "mt-3"]}}
    return RenderedTableContent(content_block_type="table", table=rows, header_row=head, styling=styling)


def _keys(keys: list[str], rule: dict[str, Any]) -> str:
    if not rule["judged"]:
        return "reported, not counted"
    more = rule["count"] - len(keys)
    return _cell(", ".join(keys)) + (f" and {more:,} more" if keys and more > 0 else "")


def _cell(text: str) -> str:
    """Return text for a cell of a table, which Great Expectations does not escape."""
    return escape(escape_invisible(text)).replace("$", "&#36;")


def _text(text: str, classes: str = "") -> RenderedStringTemplateContent:
    """Return a line of text, as a parameter of a template: Great Expectations escapes parameters alone."""
    template: dict[str, Any] = {"template": "$text", "params": {"text": escape_invisible(text)}, "tag": "div"}
    if classes:
        template["styling"] = {"classes": classes.split()}
    return RenderedStringTemplateContent(content_block_type="string_template", string_template=template)
