"""The command `audit close`: end a period with a pack that does not change again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from synth_expectations.cli.audit.options import Store, find_anchor_targets, find_user, open_ledger
from synth_expectations.cli.audit.pack import PSEUDONYM_KEY
from synth_expectations.cli.audit.status import load_project_policy
from synth_expectations.cli.compile import Project
from synth_expectations.cli.console import FAILED, find_project, say, tell

if TYPE_CHECKING:
    from synth_expectations.evidence.cycle.period_close import OpenItems


def close(
    period: Annotated[str, typer.Argument(help="The period to close, which must be over, such as 2026Q4.")],
    out: Annotated[Path | None, typer.Option(help="The zip file to write the pack to.", metavar="FILE")] = None,
    with_reservations: Annotated[
        bool, typer.Option("--with-reservations", help="Close the period despite open items; the cover lists them.")
    ] = False,
    by: Annotated[str, typer.Option(help="Who closes it; by default the user of this process.")] = "",
    key: Annotated[
        Path | None, typer.Option(help="Also sign the manifest with this private key: see audit key.", metavar="FILE")
    ] = None,
    pseudonyms: Annotated[
        Path | None,
        typer.Option(help="The pseudonym key; by default uncommitted/pseudonym.key in the project.", metavar="FILE"),
    ] = None,
    project: Project = None,
    ledger: Store = None,
) -> None:
    """Close a period and write its final pack, or list the open items and refuse."""
    from synth_expectations.evidence.anchors.anchor_maker import make_anchors
    from synth_expectations.evidence.attestations.envelope import sign_manifest
    from synth_expectations.evidence.cycle.open_items import CycleState
    from synth_expectations.evidence.cycle.period_close import (
        check_not_closed,
        close_period,
        find_closable_period,
        list_open_items,
    )
    from synth_expectations.evidence.cycle.sources import SOURCES
    from synth_expectations.evidence.keys.signing_key import read_signing_key
    from synth_expectations.evidence.pack.archive import check_target
    from synth_expectations.evidence.pack.period_entries import read_period_entries
    from synth_expectations.evidence.pack.pseudonyms import PseudonymKey

    policy = load_project_policy(project)
    opened = open_ledger(project, ledger)
    found = find_closable_period(policy, period, opened.now())
    path = out or Path(f"{found.name}.zip")
    check_target(path)
    signing_key = read_signing_key(key) if key else None
    check_not_closed(opened, found)
    read_period_entries(opened, found, opened.read_head())  # there is something to close
    if targets := find_anchor_targets(policy):
        for outcome in make_anchors(opened, targets, policy.directory):
            if outcome.problem:
                tell(f"Not anchored. {outcome.problem}")
    state = CycleState(opened, policy, found, opened.now(), targets)
    looked_at = list_open_items(state, SOURCES)
    count = _show_open(looked_at)
    if count and not with_reservations:
        tell(f"{found.name} is not closed: {count} {'item is' if count == 1 else 'items are'} open.")
        tell("Close them, or close the period with each of them on the cover: --with-reservations")
        raise typer.Exit(FAILED)
    closing, pack = close_period(
        state,
        looked_at,
        PseudonymKey(pseudonyms or find_project(project) / PSEUDONYM_KEY),
        path,
        by.strip() or find_user(),
        (lambda content: sign_manifest(content, signing_key)) if signing_key else None,
    )
    say(f"closed    {found.name}")
    say(f"packed    {path}")
    say(f"head      entry {closing.head.seq}, {closing.head.digest}")
    say(f"manifest  {pack.manifest_sha256}")
    say(f"entry     {closing.header.seq}")
    assert policy.words.cycle
    tell(
        f"To be signed as {', '.join(policy.words.cycle.signers)}: synth-expectations audit sign-off {found.name} --key …"
    )


def _show_open(looked_at: Sequence[OpenItems]) -> int:
    for kind in looked_at:
        say(f"{kind.title}: {len(kind.items) or 'none'}")
        for item in kind.items:
            say(f"  OPEN  {item.sentence}")
            say(f"        {item.remedy}")
    return sum(len(kind.items) for kind in looked_at)
