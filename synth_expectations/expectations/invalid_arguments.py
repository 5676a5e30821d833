"""Wrong arguments of an expectation, as a sentence."""

from __future__ import annotations

from pydantic import ValidationError

from synth_expectations.errors import SynthError, nearest
from synth_expectations.expectations.base import SyntheticDataExpectation


class WrongArgumentsError(SynthError, ValueError):
    """An expectation was given arguments that it does not take."""


def wrong_arguments(expectation: type[SyntheticDataExpectation], error: ValidationError) -> WrongArgumentsError:
    """One sentence for everything that pydantic found wrong, naming each argument and never its value."""
    said = []
    for each in error.errors(include_url=False, include_context=False, include_input=False):
        name = ".".join(str(part) for part in each["loc"])
        match each["type"]:
            case "missing":
                said.append(f"{name} is missing")
            case "extra_forbidden":
                guess = nearest(name, list(expectation.model_fields))
                said.append(f"{name} is no argument of it" + (f" (nearest: {guess})" if guess else ""))
            case _:
                text = each["msg"].removeprefix("Value error, ")
                said.append(f"{name}: {text}" if name else text)
    return WrongArgumentsError(f"{expectation.__name__}: {'; '.join(said)}.", "See: synth-expectations explain.")
