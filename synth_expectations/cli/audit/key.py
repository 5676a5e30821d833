"""The command `audit key`: a key for signatures, and whose it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from synth_expectations.cli.audit.options import (
    Store,
    end_of,
    find_location,
    open_ledger,
    parse_day,
    read_ledger,
    shorten,
    start_of,
)
from synth_expectations.cli.compile import Project
from synth_expectations.cli.console import say, tell
from synth_expectations.errors import SynthError

if TYPE_CHECKING:
    from synth_expectations.evidence.ledger.ledger import EvidenceLedger


def key(
    file: Annotated[
        Path | None, typer.Argument(help="Create a key, and write the private key to this file, outside the ledger.")
    ] = None,
    public: Annotated[
        Path | None, typer.Option(help="Add an existing public key: PEM, or the .pub file of an SSH key.")
    ] = None,
    person: Annotated[str, typer.Option(help="The owner of the key, such as dpo@shop.example.")] = "",
    role: Annotated[str, typer.Option(help="The role in which they sign, such as dpo or operator.")] = "",
    valid_from: Annotated[str | None, typer.Option("--from", help="The first day in UTC; by default now.")] = None,
    valid_until: Annotated[str | None, typer.Option("--until", help="The last day in UTC; by default none.")] = None,
    revoke: Annotated[
        str | None, typer.Option(help="Revoke a key, by its id or at least its first eight digits.", metavar="KEYID")
    ] = None,
    since: Annotated[
        str | None, typer.Option(help="With --revoke: the time of the loss (ISO 8601; UTC); by default now.")
    ] = None,
    reason: Annotated[str, typer.Option(help="With --revoke: the reason.")] = "",
    project: Project = None,
    ledger: Store = None,
) -> None:
    """Add a key to the ledger, or revoke one. Without options, list the keys."""
    if sum(given is not None for given in (file, public, revoke)) > 1:
        raise SynthError("Only one thing at a time: FILE makes a key, --public takes one in, --revoke ends one.")
    if revoke is not None:
        _revoke(open_ledger(project, ledger), revoke, since, reason)
    elif file is None and public is None:
        _list_keys(read_ledger(project, ledger))
    else:
        if not person.strip() or not role.strip():
            raise SynthError(
                "Whose key is it, and as what do they sign?", "Give --person dpo@shop.example --role dpo, for example."
            )
        limits = valid_from, valid_until
        _add(open_ledger(project, ledger), ledger or find_location(project), file, public, (person, role), limits)


def _add(
    ledger: EvidenceLedger,
    location: str,
    file: Path | None,
    public: Path | None,
    owner: tuple[str, str],
    limits: tuple[str | None, str | None],
) -> None:
    from synth_expectations.evidence.keys.key_ring import add_key, read_key_ring
    from synth_expectations.evidence.keys.signing_key import make_key_file, read_public_key

    first, last = limits
    valid_from = start_of(parse_day(first, "--from")) if first else ledger.now()
    valid_until = end_of(parse_day(last, "--until")) if last else None
    if valid_until and valid_until <= valid_from:
        raise SynthError(f"The key would end on {last}, before it begins.", "Give a later --until.")
    if file is not None:
        if "://" not in location and file.resolve().is_relative_to(Path(location).resolve()):
            raise SynthError(f"{file} is in the ledger.", "Keep a private key where nobody else can read it.")
        if _find_public_file(file).exists():
            raise SynthError(
                f"{_find_public_file(file)} is there already: it is the public part of another key.",
                "Give another name, or remove it.",
            )
        made = make_key_file(file).public
    else:
        assert public is not None
        made = read_public_key(public)
    if made.keyid in read_key_ring(ledger).keys:
        raise SynthError(f"The ledger has the key {shorten(made.keyid)} already.", "List the keys: audit key")
    entry = add_key(ledger, made, *owner, valid_from, valid_until)
    say(f"key     {made.keyid}")
    say(f"of      {owner[0]}, {owner[1]}")
    say(f"entry   {entry.header.seq}")
    if file is not None:
        public_file = _find_public_file(file)
        public_file.write_text(made.pem, encoding="utf-8")
        tell(f"{file} is the private key: it signs, only its owner may read it, and no copy of it is kept.")
        tell(f"Give {public_file} to whoever verifies: audit verify --trust {public_file.name}")


def _find_public_file(file: Path) -> Path:
    return file.with_name(f"{file.name}.pub")


def _revoke(ledger: EvidenceLedger, keyid: str, since: str | None, reason: str) -> None:
    from synth_expectations.cli.run import parse_timestamp
    from synth_expectations.evidence.keys.key_ring import format_time, read_key_ring, revoke_key

    if not reason.strip():
        raise SynthError("Why is the key revoked?", "Give --reason.")
    ring = read_key_ring(ledger)
    wanted = keyid.strip().lower()
    found = [known for known in ring.keys if known.startswith(wanted)] if len(wanted) >= 8 else []
    if len(found) != 1:
        raise SynthError(f"{keyid} names {len(found) or 'no'} keys of the ledger.", "List them: audit key")
    end = parse_timestamp(since) if since else ledger.now()
    if end > ledger.now():
        raise SynthError(f"--since: {since} is still to come.", "A revocation is about what has happened.")
    before, entry_of_first = ring.revocations.get(found[0], (None, 0))
    if before and end >= before.since:
        raise SynthError(
            f"The key {shorten(found[0])} was revoked already as of {format_time(before.since)}, by entry {entry_of_first}.",
            "A second revocation can only go further back: give an earlier --since.",
        )
    entry = revoke_key(ledger, found[0], end, reason)
    say(f"key     {found[0]}")
    say(f"revoked as of {format_time(end)}, by entry {entry.header.seq}")
    tell("What it signed before that time holds. Add a new key: audit key FILE --person … --role …")


def _list_keys(ledger: EvidenceLedger) -> None:
    from synth_expectations.evidence.keys.key_ring import format_time, read_key_ring

    ring = read_key_ring(ledger)
    for keyid, known in ring.keys.items():
        body = known.body
        until = f" until {format_time(body.valid_until)}" if body.valid_until else ""
        say(f"{keyid}  {body.person}, {body.role}; from {format_time(body.valid_from)}{until}")
        if revocation := ring.revocations.get(keyid):
            say(f"    revoked as of {format_time(revocation[0].since)}: {revocation[0].reason}")
    if not ring.keys:
        tell("The ledger has no keys. Add one: audit key FILE --person dpo@shop.example --role dpo")
