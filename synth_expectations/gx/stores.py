"""The stores of a project, and what they hold as it is stored."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any

from great_expectations.core import ExpectationSuiteValidationResult, ExpectationValidationResult
from great_expectations.data_context.store import ExpectationsStore as GxExpectationsStore
from great_expectations.data_context.store import ValidationResultsStore as GxValidationResultsStore
from great_expectations.data_context.types.resource_identifiers import ExpectationSuiteIdentifier
from great_expectations.util import convert_to_json_serializable

from synth_expectations.engine.atomic_file import PRIVATE
from synth_expectations.gx.store_backend import TupleFilesystemStoreBackend
from synth_expectations.redaction import mask_secrets
from synth_expectations.validation.arguments import is_plain
from synth_expectations.validation.result_document import format_document


class ExpectationsStore(GxExpectationsStore):
    """Great Expectations' own store, under a module of this package.

    A `great_expectations.yml` that names it makes every process that opens the project import this package, or fail.
    Without it, Great Expectations drops the expectations that it does not know, and passes with those that are left.
    """


class ValidationResultsStore(GxValidationResultsStore):
    """A store of results without identifiers of persons.

    Great Expectations' own expectations keep observed values, such as the smallest e-mail address of a table. For a
    column that the policy names as an identifier, this store keeps counts only, and Data Docs are made from them. What
    it keeps, such as the keys of violating records, only the owner of its files may read.
    """

    _at_hand: Mapping[Any, ExpectationSuiteValidationResult] = MappingProxyType({})

    def __init__(self, store_backend: Any = None, runtime_environment: Any = None, store_name: Any = None) -> None:
        super().__init__(store_backend, runtime_environment, store_name)
        if isinstance(self.store_backend, TupleFilesystemStoreBackend):
            self.store_backend.mode = PRIVATE

    @contextmanager
    def at_hand(self, results: Mapping[Any, ExpectationSuiteValidationResult]) -> Iterator[None]:
        """Return results that were just written from memory, within the block, instead of reading them again."""
        self._at_hand = results
        try:
            yield
        finally:
            del self._at_hand

    def get(self, key: Any) -> Any:
        """Return a result from memory, or from the store."""
        return self._at_hand.get(key) or super().get(key)

    def serialize(self, value: Any) -> Any:
        """Return the text of a result."""
        if isinstance(value, ExpectationSuiteValidationResult):
            if all(map(_is_plain, value.results)):
                return serialize_plain(value)
            for result in value.results:
                result.exception_info = _mask_texts(result.exception_info)
                result.success = bool(result.success)  # quantiles have numpy's, which cannot be written
                if _shows_identifiers(result):
                    result.result = {name: value for name, value in result.result.items() if _is_count(name, value)}
            try:
                return super().serialize(value)  # type: ignore[no-untyped-call]
            except TypeError:  # a value that JSON has no form for would take the results of all others along
                for result in value.results:
                    result.result = _writable(result.result)
        return super().serialize(value)  # type: ignore[no-untyped-call]


def read_suite(store: GxExpectationsStore, name: str) -> dict[str, Any] | None:
    """Return a suite as it is stored, with the expectations that Great Expectations would drop; None if it is gone."""
    key = ExpectationSuiteIdentifier(name=name)
    if not store.has_key(key):
        return None
    raw = store.store_backend.get(key.to_tuple())
    stored: dict[str, Any] = json.loads(raw) if isinstance(raw, str) else raw
    return stored


def serialize_plain(result: ExpectationSuiteValidationResult) -> str:
    """Return the text of a result of plain expectations."""
    head = {
        "id": result.id,
        "meta": convert_to_json_serializable(dict(result.meta)),
        "statistics": result.statistics,
        "success": result.success,
        "suite_name": result.suite_name,
        "suite_parameters": result.suite_parameters,
    }
    return format_document(map(_as_dict, result.results), head)


def _as_dict(result: ExpectationValidationResult) -> dict[str, Any]:
    config = result.expectation_config
    optional = {"id": config.id, "notes": config.notes, "description": config.description}
    return {
        "exception_info": dict(result.exception_info),
        "expectation_config": {
            "kwargs": config.kwargs,
            "meta": config.meta,
            "severity": getattr(config.severity, "value", config.severity),
            "type": config.type,
            **{name: value for name, value in optional.items() if value is not None},
        },
        "meta": result.meta,
        "result": result.result,
        "success": result.success,
    }


def _mask_texts(info: Any) -> Any:
    """Return what is known of an exception with secrets masked: a driver puts its address into the message."""
    if isinstance(info, dict):
        return {name: _mask_texts(value) for name, value in info.items()}
    return mask_secrets(info) if isinstance(info, str) else info


def _is_plain(result: ExpectationValidationResult) -> bool:
    config = result.expectation_config
    if config is None:
        return False
    return is_plain(config.type, {name: value for name, value in config.kwargs.items() if name != "batch_id"})


def _writable(value: Any) -> Any:
    """Return a value of a result with text for each part that JSON has no form for."""
    if isinstance(value, dict):
        return {str(key): _writable(part) for key, part in value.items()}
    if isinstance(value, list | tuple | set):
        return [_writable(part) for part in value]
    try:
        return convert_to_json_serializable(value)
    except TypeError:
        return str(value)


def _shows_identifiers(result: ExpectationValidationResult) -> bool:
    compiled = ((result.expectation_config and result.expectation_config.meta) or {}).get("synth")
    return bool(isinstance(compiled, dict) and compiled.get("of_identifiers"))


def _is_count(name: str, value: object) -> bool:
    return isinstance(value, int | float) and name.partition("_")[2].startswith(("count", "percent"))
