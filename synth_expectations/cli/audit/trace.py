"""The command `audit trace`: where one person's record stands, and what descends from one dataset."""

from __future__ import annotations

import os
import sys
import unicodedata
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from synth_expectations.cli.audit.options import Store, find_location, find_user, open_ledger
from synth_expectations.cli.audit.pack import find_pseudonym_key
from synth_expectations.cli.audit.sample import Pseudonyms
from synth_expectations.cli.compile import Project
from synth_expectations.cli.console import FAILED, PASSED, WRONG, find_project, say, say_error, tell
from synth_expectations.errors import SynthError
from synth_expectations.rules.nothing import NOTHING

if TYPE_CHECKING:
    from synth_expectations.evidence.ledger.ledger import EvidenceLedger
    from synth_expectations.runner.tracing.record_trace import RecordTrace

_LONGEST_KEY = 100_000
_LONGEST_REASON = 500


def trace(
    table: Annotated[str | None, typer.Argument(help="The table of the policy that the record is in.")] = None,
    key_from_stdin: Annotated[
        bool,
        typer.Option(
            "--key-from-stdin", help="Read the record key from stdin, so that the process list does not show it."
        ),
    ] = False,
    as_of: Annotated[
        str | None,
        typer.Option(help="The time at which limits and holds are evaluated (ISO 8601; UTC); by default now."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(help="The file to write the trace to; .json for programs. It must not exist.", metavar="FILE"),
    ] = None,
    why: Annotated[str, typer.Option(help="The request, such as DSR-2026-77. It stays on record.")] = "",
    by: Annotated[str, typer.Option(help="Who traces; by default the user of this process.")] = "",
    erasure: Annotated[
        bool, typer.Option("--erasure", help="After an erasure: exit 1 if anything of the record is left.")
    ] = False,
    dataset: Annotated[
        str | None,
        typer.Option(help="Instead of tracing a record, print what descends from this dataset.", metavar="ID"),
    ] = None,
    pseudonyms: Pseudonyms = None,
    project: Project = None,
    ledger: Store = None,
) -> None:
    """Find one record in all tables of the policy, and list what was not searched. The ledger keeps no record key."""
    reason = _read_reason(why)
    if dataset is not None:
        if table or key_from_stdin or erasure:
            raise SynthError(
                "--dataset traces a dataset, and no record.", "Leave TABLE, --key-from-stdin and --erasure out."
            )
        _trace_dataset(project, ledger, dataset.strip(), reason, by or find_user(), pseudonyms)
        return
    if table is None or not key_from_stdin:
        raise SynthError(
            "Which record? A key on the command line could be read by every user of this machine.",
            "Give TABLE and --key-from-stdin: audit trace contact --key-from-stdin --out FILE --why DSR-77 < key.txt",
        )
    if out is None or not reason:
        raise SynthError("Where is the trace written to, and why is it made?", "Give --out FILE and --why TEXT.")
    _refuse_target(out, ledger or find_location(project), find_project(project))
    raise typer.Exit(
        _trace_record(
            project, ledger, (table, _read_key()), as_of, out, (reason, by or find_user()), erasure, pseudonyms
        )
    )


def _trace_record(
    project: Path | None,
    store: str | None,
    record: tuple[str, str],
    as_of: str | None,
    out: Path,
    request: tuple[str, str],
    is_erasure: bool,
    pseudonyms: Path | None,
) -> int:
    """Trace a record, and return the exit code: 2 if its table, or after an erasure one with its key, was not read."""
    from synth_expectations.cli.run import parse_timestamp
    from synth_expectations.evidence.tracing.results import find_results_with_key
    from synth_expectations.runner.policy_tables import PolicyTables
    from synth_expectations.runner.tracing.key_forms import read_key_forms
    from synth_expectations.runner.tracing.record_trace import trace_record
    from synth_expectations.runner.tracing.trace_document import TraceContext, encode_record_trace, format_record_trace

    now = datetime.now(UTC)
    tables = PolicyTables.read(find_project(project))
    kind = tables.find(record[0]).key_kinds.get(tables.find_key(record[0]), "")
    opened = open_ledger(project, store)
    found = trace_record(tables, *record, parse_timestamp(as_of) if as_of else now)
    results, unreadable = find_results_with_key(
        opened, found.spellings, lambda keys: read_key_forms(keys, kind, found.as_of)
    )
    if unreadable:
        found.not_searched.insert(0, (f"{unreadable:,} results in the ledger", "they are not JSON"))
    entry = _note(opened, found, request, is_erasure, pseudonyms or find_pseudonym_key(project))
    context = TraceContext(*request, now, entry, is_erasure, tuple(results))
    text = (encode_record_trace if out.suffix.lower() == ".json" else format_record_trace)(found, context)
    _write_private(out, text, entry)
    say(f"entry         {entry}")
    noun = "result" if len(results) == 1 else "results"
    say(
        f"found         in {len(found.found)} of {len(found.places)} searches, and in {len(results)} {noun} of the ledger"
    )
    say(f"not searched  {len(found.not_searched)}, each with its reason in the file")
    tell(f"Wrote {out}, which only its owner can read.")
    if is_erasure and (found.remainders or results):
        return FAILED
    if found.table in found.failed or (is_erasure and (found.failed or unreadable)):
        unread = [*found.failed, *([f"{unreadable:,} results in the ledger"] if unreadable else [])]
        say_error(
            SynthError(
                f"Could not be read: {', '.join(unread)}. So it is unknown which data of the record is there.",
                "The file has the reasons. Trace it again when they can be read.",
            )
        )
        return WRONG
    return PASSED


def _note(
    ledger: EvidenceLedger, found: RecordTrace, request: tuple[str, str], is_erasure: bool, key_file: Path
) -> int:
    from synth_expectations.evidence.ledger.entry import EntryKind
    from synth_expectations.evidence.pack.pseudonyms import PseudonymKey
    from synth_expectations.evidence.pack.verifier.verify import make_pseudonym
    from synth_expectations.evidence.tracing.entries import TracedBody

    key = PseudonymKey(key_file)
    why, by = request
    body = TracedBody(
        about="record",
        table=found.table,
        pseudonym=make_pseudonym(found.form or found.key, key.load()),
        pseudonym_key_id=str(key.id),
        found=len(found.found),
        not_searched=len(found.not_searched),
        is_erasure=is_erasure,
        why=why,
        by=by,
    )
    return ledger.append(EntryKind.TRACED, body).header.seq


def _trace_dataset(
    project: Path | None, store: str | None, dataset: str, why: str, by: str, pseudonyms: Path | None
) -> None:
    from synth_expectations.evidence.ledger.entry import EntryKind
    from synth_expectations.evidence.pack.pseudonyms import PseudonymKey
    from synth_expectations.evidence.pack.verifier.verify import make_pseudonym
    from synth_expectations.evidence.tracing.entries import TracedBody
    from synth_expectations.runner.policy_tables import PolicyTables
    from synth_expectations.runner.tracing.dataset_trace import trace_dataset
    from synth_expectations.runner.tracing.trace_document import format_dataset_trace

    _refuse_nothing(dataset, "--dataset")
    tables = PolicyTables.read(find_project(project))
    opened = open_ledger(project, store)
    found = trace_dataset(tables, dataset, datetime.now(UTC))
    key = PseudonymKey(pseudonyms or find_pseudonym_key(project))
    body = TracedBody(
        about="dataset",
        table=found.registry,
        pseudonym=make_pseudonym(dataset, key.load()),
        pseudonym_key_id=str(key.id),
        found=sum(bool(descendants.count) for descendants in found.descendants),
        not_searched=len(found.not_searched),
        why=why,
        by=by,
    )
    entry = opened.append(EntryKind.TRACED, body).header.seq
    say(format_dataset_trace(found).rstrip("\n"))
    tell(f"Entry {entry} of the ledger says that it was traced.")


def _read_reason(why: str) -> str:
    if len(why) > _LONGEST_REASON:
        raise SynthError(f"--why has more than {_LONGEST_REASON} characters.", "Give the number of the request.")
    return unicodedata.normalize("NFC", why).strip()


def _read_key() -> str:
    """Return the key on stdin: one line, of which the end does not count."""
    if sys.stdin.isatty():
        tell("The key of the record, then Enter:")
        text = sys.stdin.readline()
    else:
        try:
            text = sys.stdin.read(_LONGEST_KEY + 3)
        except UnicodeDecodeError:
            raise SynthError("stdin is not valid text.", "Give the key in UTF-8.") from None
    key = text.rstrip("\r\n")
    if any("\ud800" <= sign <= "\udfff" for sign in key):  # what Python makes of bytes that are not UTF-8
        raise SynthError("stdin is not valid text.", "Give the key in UTF-8.")
    if "\n" in key:
        raise SynthError("stdin has more than one line.", "Trace one record at a time.")
    if len(key) > _LONGEST_KEY:
        raise SynthError(f"The key has more than {_LONGEST_KEY:,} characters.", "No table has such a key.")
    _refuse_nothing(key, "stdin")
    return key


def _refuse_nothing(text: str, where: str) -> None:
    if "\0" in text:
        raise SynthError(
            f"{where}: the key has a NUL character, which no database keeps.", "Give the key as it is stored."
        )
    if text.strip().casefold() in {"", *NOTHING}:
        raise SynthError(
            f"{where}: there is no key: it is empty, or a word such as NULL.", "Give the key of one record."
        )


def _refuse_target(out: Path, location: str, root: Path) -> None:
    """Refuse a file that exists, or that lies where others read or where packs are made of."""
    if out.exists() or out.is_symlink():
        raise SynthError(f"{out} is there already.", "A trace is never written over another file: give a new name.")
    if not out.absolute().parent.is_dir():
        raise SynthError(f"There is no directory {out.parent}.", "Make it, or name another: --out FILE")
    places = [root] if "://" in location else [root, Path(location)]
    if any(out.resolve().is_relative_to(place.resolve()) for place in places):
        raise SynthError(
            f"{out} lies in the project or its ledger, which others read.", "Name a file where only you read."
        )


def _write_private(out: Path, text: str, entry: int) -> None:
    try:
        descriptor = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(text)
    except OSError as error:
        raise SynthError(
            f"{out} cannot be written: {error.strerror or error}. Entry {entry} says that the record was traced.",
            "Trace it again, into a file that can be written.",
        ) from None
