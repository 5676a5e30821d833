"""List the expectations of the installed Great Expectations for the policy's compiler, which does not import it."""

from __future__ import annotations

import json
from pathlib import Path

import great_expectations as gx
import great_expectations.expectations  # registers them all
from great_expectations.expectations.expectation import BatchExpectation
from great_expectations.expectations.registry import get_expectation_impl, list_registered_expectation_implementations

_NOT_OF_A_POLICY = {"condition_parser", "library_metadata"}
"""Arguments that `compile` writes, or that Great Expectations keeps for itself."""

FILE = Path(__file__).parents[1] / "synth_expectations" / "policy" / "gx_expectations.json"


def installed_types() -> list[str]:
    """Return the types that Great Expectations registers itself, sorted."""
    types = list_registered_expectation_implementations()
    return sorted(name for name in types if get_expectation_impl(name).__module__.startswith("great_expectations."))


def arguments_of(type_name: str) -> dict[str, list[str]]:
    """Return the arguments that a policy may give an expectation, sorted: those that it needs, and the others."""
    own = {
        name: field.required
        for name, field in get_expectation_impl(type_name).__fields__.items()
        if name not in BatchExpectation.__fields__.keys() | _NOT_OF_A_POLICY
    }
    return {
        "needed": sorted(name for name, needed in own.items() if needed),
        "optional": sorted(name for name, needed in own.items() if not needed),
    }


def main() -> None:
    """Write the list, with the version that it was made from."""
    types = {type_name: arguments_of(type_name) for type_name in installed_types()}
    document = {"great_expectations": gx.__version__, "types": types}
    FILE.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")
    print(f"{FILE.name}: {len(document['types'])} expectations of Great Expectations {gx.__version__}")


if __name__ == "__main__":
    main()
