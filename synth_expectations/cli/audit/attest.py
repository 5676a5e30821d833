"""The command `audit attest`: sign the record of a run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from synth_expectations.cli.audit.options import Store, open_ledger
from synth_expectations.cli.compile import Project
from synth_expectations.cli.console import say, tell
from synth_expectations.errors import SynthError


def attest(
    key: Annotated[Path, typer.Option(help="The private key (PEM) of the person responsible for the run.")],
    run: Annotated[str | None, typer.Option(help="The id of the run; by default the last one that ended.")] = None,
    out: Annotated[
        Path | None, typer.Option(help="Also write the statements to this directory, for programs that read in-toto.")
    ] = None,
    project: Project = None,
    ledger: Store = None,
) -> None:
    """Sign the record of a run in the ledger, so that the owner of the ledger cannot rewrite it unnoticed."""
    from synth_expectations.evidence.attestations.run_attestation import attest_run
    from synth_expectations.evidence.keys.signing_key import read_signing_key

    if out is not None and out.exists() and not out.is_dir():
        raise SynthError(f"{out} is not a directory.", "Name a directory: --out attestations")
    attestation = attest_run(open_ledger(project, ledger), read_signing_key(key), run)
    say(f"run     {attestation.record.run_id}")
    say(f"entry   {attestation.entry.header.seq}")
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        for name, content in (("run", attestation.run), ("test-result", attestation.test_result)):
            path = out / f"{attestation.record.run_id}.{name}.dsse.json"
            path.write_bytes(content)
            tell(f"Wrote {path}")
