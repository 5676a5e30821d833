"""Whether a stored expectation still is what compile made of the policy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import synth_expectations
from synth_expectations.expectations.catalogue import all_expectations
from synth_expectations.expectations.invalid_arguments import InvalidArgumentsError
from synth_expectations.validation.arguments import has_parameter, make_expectation, own_arguments


def check_digest(stored: Mapping[str, Any]) -> str:
    """Return that the rules of a stored expectation are not those that were compiled, as a sentence.

    Empty if they are, if the expectation was never compiled, or if only the run knows its arguments.
    """
    compiled = ((stored.get("meta") or {}).get("synth") or {}) if isinstance(stored.get("meta"), dict) else {}
    expectation_class = all_expectations().get(stored["type"])
    if expectation_class is None or "rules_sha256" not in compiled:
        return ""
    arguments = own_arguments(stored["kwargs"])
    if has_parameter(arguments):
        return ""
    try:
        now = make_expectation(expectation_class, arguments).rules_sha256()
    except InvalidArgumentsError as error:
        return str(error)
    if now == compiled["rules_sha256"]:
        return ""
    revision = compiled.get("revision", "another version")
    return (
        f"Compiled by {revision}, this is {synth_expectations.__version__}, and what it would check differs: "
        "compile, then review the diff."
    )
