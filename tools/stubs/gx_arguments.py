"""The arguments that Great Expectations itself gives every expectation."""

from __future__ import annotations

from typing import NamedTuple

from synth_expectations.validation.arguments import GX_FIELDS


class Argument(NamedTuple):
    """An argument in the stub.

    Attributes:
        name: its name.
        type: its type, as source text.
        default: its default, as source text; empty if the argument is required.
        description: what it means, in a sentence or two; may be empty.
    """

    name: str
    type: str
    default: str
    description: str


IMPORTS = (
    "from great_expectations.core.result_format import ResultFormat",
    "from great_expectations.expectations.metadata_types import FailureSeverity",
    "from great_expectations.expectations.model_field_types import ConditionParser",
    "from great_expectations.expectations.row_conditions import RowConditionType",
    "from great_expectations.expectations.window import Window",
    "from great_expectations.render.components import RenderedAtomicContent",
)
"""Where the types below come from."""

ALIASES = (
    '_ResultFormat: TypeAlias = ResultFormat | Literal["BOOLEAN_ONLY", "BASIC", "SUMMARY", "COMPLETE"]',
    '_Severity: TypeAlias = FailureSeverity | Literal["critical", "warning", "info"]',
)
"""Types that Great Expectations takes as an enum or as its value."""

_ARGUMENTS = (
    Argument("severity", "_Severity", "FailureSeverity.CRITICAL", "How serious a violation is."),
    Argument("row_condition", "RowConditionType", "None", "Check only the rows that meet this condition."),
    Argument(
        "condition_parser",
        "ConditionParser | None",
        "None",
        "How Great Expectations reads a row_condition that is text.",
    ),
    Argument("description", "str | None", "None", "A short description, shown in Data Docs."),
    Argument("notes", "str | list[str] | None", "None", "Notes for readers of the suite."),
    Argument("meta", "Mapping[str, object] | None", "None", "Anything else to store with the expectation, as JSON."),
    Argument(
        "id", "str | None", "None", "The expectation's identifier; Great Expectations sets it when it stores one."
    ),
    Argument("batch_id", "str | None", "None", "Set by Great Expectations during a run."),
    Argument(
        "result_format",
        "_ResultFormat | Mapping[str, object]",
        "ResultFormat.BASIC",
        "How much detail a result holds.",
    ),
    Argument("catch_exceptions", "bool", "False", "Whether an error becomes part of the result."),
    Argument(
        "rendered_content", "list[RenderedAtomicContent] | None", "None", "Set by Great Expectations, for display."
    ),
    Argument("windows", "list[Window] | None", "None", "For Great Expectations Cloud: windows of earlier results."),
)


def read_gx_arguments() -> tuple[Argument, ...]:
    """Return Great Expectations' own arguments, in the order of the stub.

    Raises:
        LookupError: the installed Great Expectations has other arguments than those described here.
    """
    differing = GX_FIELDS ^ {argument.name for argument in _ARGUMENTS}
    if differing:
        names = ", ".join(sorted(differing))
        raise LookupError(f"Great Expectations added or removed arguments ({names}): edit tools/stubs/gx_arguments.py.")
    return _ARGUMENTS
