"""The command `controls`: the requirements of regulations, and the expectations that give evidence."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Annotated

import typer

from synth_expectations.cli.catalogue import AsJson
from synth_expectations.cli.console import say
from synth_expectations.controls import controls_to_document, find_regulation, format_controls, load_regulations
from synth_expectations.errors import SynthError


def controls(
    name: Annotated[
        str | None,
        typer.Argument(
            help="Show one regulation in full, such as gdpr; by default all in short.", metavar="[REGULATION]"
        ),
    ] = None,
    as_of: Annotated[
        str | None, typer.Option(help="The day on which requirements apply, such as 2026-11-22; by default today.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List the requirements of regulations, their evidence, and what no expectation can show."""
    day = _parse_day(as_of) if as_of else datetime.now(UTC).date()
    chosen = (find_regulation(name),) if name else load_regulations()
    if as_json:
        say(json.dumps(controls_to_document(chosen, day), indent=2))
        return
    for line in format_controls(chosen, day, whole=bool(name)):
        say(line)


def _parse_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise SynthError(f"{text} is not a day.", "Write 2026-11-22.") from None
