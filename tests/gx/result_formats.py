"""What a result holds in each of Great Expectations' result formats, as its page "Result format" defines them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from great_expectations.core import ExpectationValidationResult
from great_expectations.core.result_format import ResultFormat

from synth_expectations.testing import Table
from tests.gx.contacts import contacts, no_copies, provenance

PERSON = "zebedee@planted.example"
ROWS = (
    {"email": PERSON},
    {"email": PERSON, "source": "n/a"},
    {"email": PERSON, "source": "", "version": None},
    {"email": PERSON, "id": None, "source": None},
    {"email": "nobody@x.test"},
)
NUMBERS = {"element_count", "unexpected_count", "unexpected_percent", "details"}
SOME_KEYS = NUMBERS | {"partial_unexpected_index_list"}
ALL_KEYS = SOME_KEYS | {"unexpected_index_list"}


@dataclass(frozen=True)
class Form:
    """A result format, and the fields that a result has in it."""

    given: Any
    fields: set[str]
    details: set[str] = field(default_factory=set)


FORMS = [
    Form("BOOLEAN_ONLY", set()),
    Form(ResultFormat.BOOLEAN_ONLY, set()),
    Form({"result_format": "BOOLEAN_ONLY", "include_unexpected_rows": True}, set()),
    Form({"result_format": "BOOLEAN_ONLY", "return_unexpected_index_query": True}, {"unexpected_index_query"}),
    Form("BASIC", NUMBERS),
    Form({"result_format": "BASIC", "return_unexpected_index_query": True}, NUMBERS | {"unexpected_index_query"}),
    Form("SUMMARY", SOME_KEYS, {"sample", "condition"}),
    Form({"result_format": "SUMMARY", "partial_unexpected_count": 1}, SOME_KEYS, {"sample", "condition"}),
    Form({"result_format": "SUMMARY", "partial_unexpected_count": 0}, NUMBERS, {"sample", "condition"}),
    Form("COMPLETE", ALL_KEYS | {"unexpected_index_query"}, {"sample", "condition"}),
    Form(
        {"result_format": "COMPLETE", "unexpected_index_column_names": ["email"], "include_unexpected_rows": True},
        ALL_KEYS | {"unexpected_index_query"},
        {"sample", "condition"},
    ),
    Form({"result_format": "COMPLETE", "return_unexpected_index_query": False}, ALL_KEYS, {"sample", "condition"}),
]

BROKEN: dict[str, tuple[Callable[[], Any], list[str | None]]] = {
    "of the record alone": (provenance, ["c2", "c3", None]),
    "with a lookup": (no_copies, ["c1", "c2", "c3", None]),
}
"""An expectation that fails, and the keys of the records that break it, in their order."""


def records() -> Table:
    return contacts(*ROWS)


def find_differences(
    validate: Callable[[Any, Any], ExpectationValidationResult],
) -> Iterator[str]:
    """Yield what is wrong with the result of an expectation in a format.

    Args:
        validate: returns the result of an expectation in a format.
    """
    for name, (make, keys) in BROKEN.items():
        for form in FORMS:
            result = validate(make(), form.given)
            found = result.result
            where = f"{name}, {form.given}"
            if result.success or result.exception_info.get("raised_exception"):
                yield f"{where}: it did not fail: {result.exception_info}"
            if set(found) != form.fields:
                yield f"{where}: {sorted(set(found) ^ form.fields)}"
            if form.details != {"sample", "condition"} & set(found.get("details", ())):
                yield f"{where}: details hold {sorted(found.get('details', ()))}"
            if "unexpected_index_list" in found and found["unexpected_index_list"] != [{"id": key} for key in keys]:
                yield f"{where}: {found['unexpected_index_list']}"
            if not found.get("unexpected_index_query", "SELECT").lstrip().upper().startswith(("SELECT", "WITH")):
                yield f"{where}: {found['unexpected_index_query']}"
            limit = form.given.get("partial_unexpected_count", 20) if isinstance(form.given, dict) else 20
            some = [{"id": key} for key in keys][:limit]
            if found.get("partial_unexpected_index_list", some) != some:
                yield f"{where}: {found['partial_unexpected_index_list']}"
            if PERSON in str(result.to_json_dict()):
                yield f"{where}: it shows a value"
