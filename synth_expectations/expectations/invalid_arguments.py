"""Wrong arguments of an expectation, as a sentence."""

from __future__ import annotations

from pydantic import ValidationError

from synth_expectations.errors import SynthError, nearest, read_invalid_values
from synth_expectations.expectations.base import SyntheticDataExpectation


class WrongArgumentsError(SynthError, ValueError):
    """An expectation was given arguments that it does not take."""


def wrong_arguments(expectation: type[SyntheticDataExpectation], error: ValidationError) -> WrongArgumentsError:
    """Return one sentence for everything that pydantic found wrong; it names each argument, and never its value."""
    messages = []
    for invalid in read_invalid_values(error):
        name = ".".join(map(str, invalid.address))
        match invalid.kind:
            case "missing":
                messages.append(f"{name} is missing")
            case "extra_forbidden":
                guess = nearest(name, list(expectation.model_fields))
                messages.append(f"{name} is no argument of it" + (f" (nearest: {guess})" if guess else ""))
            case _:
                messages.append(f"{name}: {invalid.message}" if name else invalid.message)
    return WrongArgumentsError(f"{expectation.__name__}: {'; '.join(messages)}.", "See: synth-expectations explain.")
