"""Invalid arguments of an expectation, as a sentence."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import ValidationError

from synth_expectations.errors import SynthError, nearest
from synth_expectations.expectations.base import SyntheticDataExpectation


class InvalidArgumentsError(SynthError, ValueError):
    """An expectation was given arguments that it does not accept."""


def describe_invalid_arguments(
    expectation: type[SyntheticDataExpectation], error: ValidationError
) -> InvalidArgumentsError:
    """Return one error for everything that pydantic found; it names each argument and never shows a value."""
    return InvalidArgumentsError(
        f"{expectation.__name__}: {'; '.join(_messages(expectation, error))}.", "See: synth-expectations explain."
    )


def _messages(expectation: type[SyntheticDataExpectation], error: ValidationError) -> Iterator[str]:
    for problem in error.errors(include_url=False, include_context=False, include_input=False):
        name = ".".join(str(part) for part in problem["loc"])
        match problem["type"]:
            case "missing":
                yield f"{name} is missing"
            case "extra_forbidden":
                guess = nearest(name, list(expectation.model_fields))
                yield f"{name} is not an argument of it" + (f" (nearest: {guess})" if guess else "")
            case _:
                text = problem["msg"].removeprefix("Value error, ")
                yield f"{name}: {text}" if name else text
