"""A private name of another package, and the check that it is still what was seen."""

from __future__ import annotations

import importlib
import inspect
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from synth_expectations.errors import SynthError


class GreatExpectationsVersionWarning(UserWarning):
    """A name of Great Expectations has moved or is taken, and a substitute is used."""


class Use(Enum):
    """How a private name is used."""

    READ = "read"
    CALLED = "called"
    OVERRIDDEN = "overridden"


@dataclass(frozen=True)
class PrivateName:
    """A private name of Great Expectations.

    Attributes:
        owner: the module and class that has it.
        name: the name itself.
        use: how this package uses it.
        without: what happens without it, as a sentence; for a required name, what would go wrong.
        seen_in: the version of Great Expectations that had it.
        parameters: those of the method when it was seen, without `self` and `cls`; None for anything else.
        required: whether nothing can safely take its place.
        used_by: a method or property of the owner that must still use it; empty if any may.
        on_instances: whether only instances have it; then `used_by` proves that it is there.
    """

    owner: str
    name: str
    use: Use
    without: str
    seen_in: str
    parameters: tuple[str, ...] | None = None
    required: bool = False
    used_by: str = ""
    on_instances: bool = False

    @property
    def label(self) -> str:
        """The owner and the name, as sentences write them."""
        return f"{self.owner.rpartition('.')[2]}.{self.name}"

    def definition(self) -> Any:
        """Return what the owner has under the name, a class method as such; None if it is gone."""
        return inspect.getattr_static(_import(self.owner), self.name, None)

    def problem(self) -> str:
        """Return how the name differs from what was seen, to follow "Great Expectations"; empty if it does not."""
        owner = _import(self.owner)
        if owner is None or not (self.on_instances or hasattr(owner, self.name)):
            return f"has no {self.label}"
        if self.used_by and self.name not in _names_in(getattr(owner, self.used_by, None)):
            return f"does not use {self.label} in {self.used_by}"
        if self.parameters is not None and not self._has_parameters(getattr(owner, self.name)):
            return f"gives {self.label} other parameters"
        return ""

    def _has_parameters(self, method: Any) -> bool:
        """Return whether a method takes what it took; one that is only called may have more optional parameters."""
        wanted = self.parameters or ()
        found = [
            parameter
            for parameter in inspect.signature(method).parameters.values()
            if parameter.name not in {"self", "cls"}
        ]
        if tuple(parameter.name for parameter in found[: len(wanted)]) != wanted:
            return False
        more = found[len(wanted) :]
        return not more or (self.use is Use.CALLED and all(map(_is_optional, more)))


def check_names(names: Iterable[PrivateName], version: str) -> frozenset[PrivateName]:
    """Check private names, and warn once of all optional ones that have changed.

    Args:
        names: to check.
        version: of Great Expectations, as it is installed.

    Returns:
        The names that have changed.

    Raises:
        SynthError: a required name has changed; names the version installed and the one that had it.
    """
    changed = {name: problem for name in names if (problem := name.problem())}
    for name, problem in changed.items():
        if name.required:
            raise SynthError(
                f"Great Expectations {version} {problem}, which {name.seen_in} had. {name.without}",
                f"Install the version that was tested: pip install 'great-expectations=={name.seen_in}'",
            )
    if changed:
        tested = ", ".join(sorted({name.seen_in for name in changed}))
        effects = " ".join(dict.fromkeys(name.without for name in changed))
        warnings.warn(
            f"Great Expectations {version} differs from {tested}, which was tested: "
            f"it {', it '.join(changed.values())}. {effects} Verdicts stay the same.",
            GreatExpectationsVersionWarning,
            stacklevel=2,
        )
    return frozenset(changed)


def _import(dotted: str) -> Any:
    """Return a module, or a class of one; None if it is gone."""
    try:
        return importlib.import_module(dotted)
    except ImportError:
        module, _, name = dotted.rpartition(".")
    try:
        return getattr(importlib.import_module(module), name, None)
    except ImportError:
        return None


def _names_in(method: Any) -> tuple[str, ...]:
    """Return the names that the code of a method or property uses."""
    function = method.fget if isinstance(method, property) else method
    code = getattr(inspect.unwrap(function), "__code__", None) if callable(function) else None
    return code.co_names if code else ()


def _is_optional(parameter: inspect.Parameter) -> bool:
    variable = {inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD}
    return parameter.default is not inspect.Parameter.empty or parameter.kind in variable
