"""List the expectations of the installed Great Expectations for the policy's compiler, which does not import it."""

from __future__ import annotations

import json
from pathlib import Path

import great_expectations as gx
import great_expectations.expectations  # registers them all
from great_expectations.expectations.registry import get_expectation_impl, list_registered_expectation_implementations

FILE = Path(__file__).parents[1] / "synth_expectations" / "policy" / "gx_expectations.json"


def installed_types() -> list[str]:
    """Return the types that Great Expectations registers itself, sorted."""
    types = list_registered_expectation_implementations()
    return sorted(name for name in types if get_expectation_impl(name).__module__.startswith("great_expectations."))


def main() -> None:
    """Write the list, with the version that it was made from."""
    document = {"great_expectations": gx.__version__, "types": installed_types()}
    FILE.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")
    print(f"{FILE.name}: {len(document['types'])} expectations of Great Expectations {gx.__version__}")


if __name__ == "__main__":
    main()
