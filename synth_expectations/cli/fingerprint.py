"""The command `fingerprint`: identifiers as keyed digests, so that tables are compared without showing a person."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from synth_expectations.cli.compile import Project
from synth_expectations.cli.console import find_project, say, tell
from synth_expectations.errors import SynthError


def fingerprint(
    table: Annotated[str, typer.Argument(help="The table of the policy; with --verify, a file of fingerprints.")],
    out: Annotated[Path | None, typer.Option(help="The Parquet file to write.")] = None,
    new_key: Annotated[Path | None, typer.Option(help="Create the key of this comparison in a new file.")] = None,
    key_file: Annotated[Path | None, typer.Option(help="Use the key that the other side created.")] = None,
    records: Annotated[
        bool, typer.Option("--records", help="For the table to check: include the record of each fingerprint.")
    ] = False,
    destroy_key: Annotated[
        bool,
        typer.Option(
            "--destroy-key", help="Destroy the key after the file is written; for the second of the two sides."
        ),
    ] = False,
    days: Annotated[int, typer.Option(help="For how many days a run accepts the file.", min=1, max=366)] = 30,
    verify: Annotated[
        bool,
        typer.Option(
            "--verify", help="Verify that a file is intact; with --key-file, also that it was made with this key."
        ),
    ] = False,
    project: Project = None,
) -> None:
    """Write fingerprints of a table's identifiers, made with a key for one comparison."""
    from synth_expectations.rules.fingerprints import KINDS
    from synth_expectations.runner.fingerprints.file import read_file
    from synth_expectations.runner.fingerprints.key import destroy_key as destroy
    from synth_expectations.runner.fingerprints.key import make_key, read_key

    now = datetime.now(UTC)
    if verify:
        about = read_file(Path(table), read_key(key_file, now) if key_file else None)
        say(f"{table} is whole: {about.rows:,} fingerprints of {about.records:,} records, key {about.key_id}.")
        say(f"It expires on {about.expires_at:%Y-%m-%d %H:%M} UTC.")
        return
    if out is None or (new_key is None) == (key_file is None):
        raise SynthError(
            "Where to, and with which key?", "Give --out FILE, and --new-key FILE or --key-file FILE of the other side."
        )
    root = find_project(project)
    from synth_expectations.policy.compile.compiler import compile_policy
    from synth_expectations.runner.fingerprinting import fingerprint_table

    compiled = compile_policy(root / "policy.yml")
    path = new_key or key_file
    assert path is not None
    key = make_key(path, now) if new_key else read_key(path, now)
    try:
        about = fingerprint_table(compiled, table, key, out, names_records=records, now=now, days=days)
    except BaseException:
        if new_key:
            destroy(path)  # it would be taken for one that another side has too
        raise
    say(f"{out}: {about.rows:,} fingerprints of {about.records:,} records, key {about.key_id}, SHA-256 {about.sha256}.")
    for kind, count in about.kinds.items():
        if not count:
            hint = ": national numbers need identifiers.calling_code" if "phone" in kind else ""
            tell(f"Note: {table} has no {KINDS[kind]} that could be read{hint}. No copy is found by it.")
    if about.left_out:
        tell(f"Note: {about.left_out:,} values that many records share were left out.")
    if destroy_key:
        destroy(path)
        tell("The key is destroyed.")
    else:
        tell("The key lets anybody test guesses: carry it apart from the file, and let the last side --destroy-key.")
