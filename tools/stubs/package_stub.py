"""The stub of the package: a class for each expectation, with the arguments that it takes."""

from __future__ import annotations

import inspect
import json
import subprocess
import sys
import textwrap
from collections.abc import Iterable, Iterator
from enum import Enum
from pathlib import Path
from typing import Any, get_type_hints

from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from synth_expectations.expectations.base import SyntheticDataExpectation, TimedExpectation
from synth_expectations.expectations.catalogue import all_expectations
from tools.stubs.argument_types import VALUE, find_models, format_model_name, format_type
from tools.stubs.gx_arguments import ALIASES, IMPORTS, Argument, read_gx_arguments

ROOT = Path(__file__).parents[2]
STUB_PATH = "synth_expectations/__init__.pyi"

_BASE = "_SyntheticDataExpectation"
_LONGEST_DEFAULT = 40
_WIDTH = 120

_IMPORTS = (
    "from great_expectations.core.expectation_validation_result import ExpectationValidationResult",
    "from great_expectations.execution_engine.execution_engine import ExecutionEngine",
    "from great_expectations.expectations.expectation import BatchExpectation",
)

_VALIDATE = """\
    def _validate(
        self,
        metrics: dict[str, object],
        runtime_configuration: dict[str, object] | None = None,
        execution_engine: ExecutionEngine[object] | None = None,
    ) -> ExpectationValidationResult | dict[str, object]: ..."""


def format_stub() -> str:
    """Return the text of the stub, formatted by ruff with the settings of the repository."""
    expectations = [kind for kind in all_expectations().values() if kind.__module__.startswith("synth_expectations.")]
    models = dict.fromkeys(model for kind in expectations for hint in _hints(kind) for model in find_models(hint))
    parts = [
        _head(),
        *map(_typed_dict, models),
        _base_class(),
        *map(_expectation_class, expectations),
    ]
    ruff = [sys.executable, "-m", "ruff", "format", "--stdin-filename", STUB_PATH, "-"]
    text = "\n".join(parts)
    done = subprocess.run(ruff, cwd=ROOT, input=text, capture_output=True, encoding="utf-8", check=True)  # noqa: S603
    return done.stdout


def _head() -> str:
    """Return what stands before the classes."""
    lines = [
        "# Made by `python -m tools.stubs` from the expectation classes. Edit those, not this file.",
        '"""Great Expectations for synthetic records in a retail CRM."""',
        "",
        "from collections.abc import Mapping, Sequence",
        "from datetime import datetime",
        "from typing import Literal, NotRequired, TypeAlias, TypedDict",
        "",
        *sorted(_IMPORTS + IMPORTS),
        "",
        "from synth_expectations.gx import references as references",
        "from synth_expectations.gx.guard import GuardAction as GuardAction",
        "",
        "__version__: str",
        "",
        'SuiteParameter = TypedDict("SuiteParameter", {"$PARAMETER": str})',
        '"""An argument whose value is given to each run: `{"$PARAMETER": "name"}`."""',
        "",
        f"{VALUE}: TypeAlias = bool | int | float | str",
        *ALIASES,
        "",
    ]
    return "\n".join(lines)


def _hints(model: type[BaseModel]) -> list[Any]:
    hints = get_type_hints(model, include_extras=True)
    return [hints[name] for name in model.model_fields]


def _typed_dict(model: type[BaseModel]) -> str:
    """Return the dictionary that a user writes for a model."""
    arguments = _read_arguments(model)
    fields = [
        f"    {argument.name}: {argument.type if not argument.default else f'NotRequired[{argument.type}]'}"
        for argument in arguments
    ]
    return "\n".join([f"class {format_model_name(model)}(TypedDict):", *_docstring(model, arguments), *fields, ""])


def _base_class() -> str:
    attributes = map(_attribute, _read_arguments(SyntheticDataExpectation, is_parameter_allowed=True))
    inherited = ["    row_condition: RowConditionType", "    condition_parser: ConditionParser | None"]
    return "\n".join([f"class {_BASE}(BatchExpectation):", *attributes, *inherited, "", _VALIDATE, ""])


def _expectation_class(kind: type[SyntheticDataExpectation]) -> str:
    arguments = _read_arguments(kind, is_parameter_allowed=True)
    shared = set(TimedExpectation.model_fields)
    own_first = sorted(arguments, key=lambda argument: (bool(argument.default), argument.name in shared))
    every = [*own_first, *read_gx_arguments()]
    inherited = {*map(_attribute, _read_arguments(SyntheticDataExpectation, is_parameter_allowed=True))}
    attributes = [attribute for attribute in map(_attribute, arguments) if attribute not in inherited]
    lines = [f"class {kind.__name__}({_BASE}):", *_docstring(kind, every), "", *attributes]
    lines += ["    def __init__(", "        self,", "        *,", *map(_parameter, every), "    ) -> None: ...", ""]
    return "\n".join(lines)


def _read_arguments(model: type[BaseModel], *, is_parameter_allowed: bool = False) -> list[Argument]:
    """Return the fields of a model as arguments; those of an expectation may each be a `$PARAMETER`."""
    arguments = []
    for (name, field), hint in zip(model.model_fields.items(), _hints(model), strict=True):
        text = format_type(hint)
        if is_parameter_allowed:
            type_of_value = text.removesuffix(" | None")
            text = f"{type_of_value} | SuiteParameter{text.removeprefix(type_of_value)}"
        default = field.get_default(call_default_factory=True)
        source = "" if default is PydanticUndefined else _default(default)
        arguments.append(Argument(name, text, source, field.description or ""))
    return arguments


def _attribute(argument: Argument) -> str:
    return f"    {argument.name}: {argument.type}"


def _parameter(argument: Argument) -> str:
    default = f" = {argument.default}" if argument.default else ""
    return f"        {argument.name}: {argument.type}{default},"


def _default(value: Any) -> str:
    """Return the source text of a default; `...` for one that is too long to read."""
    text = _source(value)
    return text if len(text) <= _LONGEST_DEFAULT else "..."


def _source(value: Any) -> str:
    if isinstance(value, Enum):
        return _source(value.value)
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, tuple):
        return f"({', '.join(map(_source, value))}{',' * (len(value) == 1)})"
    return repr(value)


def _docstring(model: type[BaseModel], arguments: Iterable[Argument]) -> Iterator[str]:
    """Yield the lines of a class's docstring, with the descriptions of its arguments."""
    text = inspect.cleandoc(model.__doc__ or "")
    described = [
        textwrap.fill(
            f"{argument.name}: {argument.description}", _WIDTH, initial_indent=" " * 8, subsequent_indent=" " * 12
        )
        for argument in arguments
        if argument.description
    ]
    quotes = 'r"""' if "\\" in text + "".join(described) else '"""'
    yield textwrap.indent(f"{quotes}{text}", "    ")
    if described:
        yield ""
        yield f"    {'Args' if issubclass(model, SyntheticDataExpectation) else 'Attributes'}:"
        yield from described
    yield '    """'
