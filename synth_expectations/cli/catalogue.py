"""The commands `list` and `explain`."""

from __future__ import annotations

import json
from itertools import groupby
from typing import Annotated

import typer

from synth_expectations.cli.compile import AsJson
from synth_expectations.cli.console import say


def list_(as_json: AsJson = False) -> None:
    """List every expectation, by family."""
    from synth_expectations.expectations.catalogue import all_expectations

    classes = sorted(
        all_expectations().values(), key=lambda expectation: (expectation.family(), expectation.type_name())
    )
    if as_json:
        from synth_expectations.cli.explanation import to_document

        say(json.dumps([to_document(expectation) for expectation in classes], indent=2))
        return
    for family, members in groupby(classes, key=lambda expectation: expectation.family()):
        say(family)
        for expectation in members:
            say(f"  {expectation.type_name()}")
        say()
    say("More     synth-expectations explain EXPECTATION")


def explain(
    expectation: Annotated[
        str, typer.Argument(help="The name of the expectation, such as expect_records_to_be_tagged.")
    ],
    as_json: AsJson = False,
) -> None:
    """Explain an expectation: its purpose, its arguments, and what it does not show."""
    from synth_expectations.cli.explanation import format_explanation, to_document
    from synth_expectations.expectations.catalogue import expectation_class

    kind = expectation_class(expectation)
    if as_json:
        say(json.dumps(to_document(kind), indent=2))
        return
    for line in format_explanation(kind):
        say(line)
