"""The command `audit sign-off`: sign for a closed period."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from synth_expectations.cli.audit.approve import read_text
from synth_expectations.cli.audit.options import Store, find_anchor_targets, open_ledger
from synth_expectations.cli.audit.status import load_project_policy
from synth_expectations.cli.compile import Project
from synth_expectations.cli.console import say, tell
from synth_expectations.errors import SynthError

if TYPE_CHECKING:
    from synth_expectations.evidence.cycle.closing import PeriodClosing
    from synth_expectations.evidence.cycle.sign_off_terms import Conclusion, SignOffTerms
    from synth_expectations.evidence.keys.signing_key import SigningKey
    from synth_expectations.evidence.ledger.entry import Entry
    from synth_expectations.evidence.ledger.ledger import EvidenceLedger

_CONCLUSIONS = ("effective", "ineffective", "not concluded")


def sign_off(
    period: Annotated[str, typer.Argument(help="The closed period, such as 2026Q4.")],
    key: Annotated[Path | None, typer.Option(help="The signer's private key (PEM).", metavar="FILE")] = None,
    conclude: Annotated[
        list[str] | None,
        typer.Option(
            help="Your conclusion (effective, ineffective or not concluded) for a requirement, such as 'gdpr/Article "
            "22=effective', or for a regulation; may be repeated. By default not concluded.",
            metavar="NAME=CONCLUSION",
        ),
    ] = None,
    remarks: Annotated[str, typer.Option(help="Your remarks, which are signed too.")] = "",
    by: Annotated[str, typer.Option(help="Who signs, with --statement; by default the owner of the key.")] = "",
    role: Annotated[str, typer.Option(help="In which role, with --statement; by default the role of the key.")] = "",
    statement: Annotated[
        Path | None,
        typer.Option(help="Write the statement to sign to this file, for: ssh-keygen -Y sign -n synth-signoff"),
    ] = None,
    ssh_signature: Annotated[
        Path | None, typer.Option(help="Record the signature that ssh-keygen made of --statement: FILE.sig.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(help="Write the signed statement to this file, to hand over with the pack.", metavar="FILE"),
    ] = None,
    project: Project = None,
    ledger: Store = None,
) -> None:
    """Sign off a closed period: its pack, its open items, and your conclusion for each requirement."""
    from synth_expectations.evidence.anchors.anchor_maker import make_anchors
    from synth_expectations.evidence.cycle.closing import ClosingError, read_closings
    from synth_expectations.evidence.cycle.sign_off import sign_off as append_sign_off
    from synth_expectations.evidence.cycle.sign_off_terms import make_terms
    from synth_expectations.evidence.keys.signing_key import read_signing_key
    from synth_expectations.evidence.pack.period import parse_period

    policy = load_project_policy(project)
    if policy.words.cycle is None:
        raise SynthError(
            "The policy has no cycle, so nothing says who signs.", "Add one: cycle: {signers: [compliance]}"
        )
    targets = find_anchor_targets(policy)  # before anything is signed
    for target in (out, statement if ssh_signature is None else None):
        if target is not None:
            _refuse_target(target)
    opened = open_ledger(project, ledger)
    days = parse_period(period)
    closing = next((closing for closing in read_closings(opened).values() if closing.has_days(days)), None)
    if closing is None:
        raise ClosingError(f"{period} is not closed.", f"Close it first: synth-expectations audit close {period}")
    signing_key = read_signing_key(key) if key else None
    if ssh_signature is not None:
        terms = _read_statement(statement, period, closing)
    else:
        signer, signs_as = _find_signer(opened, signing_key, by, role)
        terms = make_terms(opened, closing, signer, signs_as, _parse_conclusions(conclude or []), remarks.strip())
        if statement is not None:
            _write_statement(statement, terms)
            return
        if signing_key is None:
            raise SynthError("The sign-off has no signer.", "Give --key, or --statement and then --ssh-signature.")
    signature = read_text(ssh_signature) if ssh_signature else None
    entry, body = append_sign_off(opened, closing, terms, policy.words.cycle.signers, signing_key, signature)
    if out is not None:
        out.write_bytes(body)
    _show(terms, entry)
    for outcome in make_anchors(opened, targets, policy.directory):
        if outcome.problem:
            tell(f"Not anchored. {outcome.problem} Try again: synth-expectations audit anchor")


def _refuse_target(path: Path) -> None:
    """Refuse a file that cannot be written, before anything is signed."""
    if path.exists() or path.is_symlink():
        raise SynthError(f"{path} is there already.", "Give another name, or remove it.")
    if not path.absolute().parent.is_dir():
        raise SynthError(f"There is no directory {path.parent}.", "Make it, or give another name.")


def _show(terms: SignOffTerms, entry: Entry) -> None:
    from synth_expectations.controls.statuses import EvidenceStatus

    say(f"signed    {terms.period} by {terms.by} as {terms.role}")
    say(f"pack      {terms.manifest_sha256}")
    for status in _CONCLUSIONS:
        count = sum(row.conclusion == status for row in terms.conclusions)
        say(f"{status:<14} {count} {'requirement' if count == 1 else 'requirements'}")
    for row in terms.conclusions:
        if row.conclusion == "effective" and row.counts.get(EvidenceStatus.CONTRARY):
            tell(
                f"Note: {row.regulation}/{row.requirement} is concluded effective, and the pack counts contrary items."
            )
    say(f"entry     {entry.header.seq}")


def _parse_conclusions(texts: list[str]) -> dict[str, Conclusion]:
    conclusions: dict[str, Conclusion] = {}
    for text in texts:
        name, _, conclusion = text.rpartition("=")
        if not name or conclusion not in _CONCLUSIONS:
            raise SynthError(
                f"--conclude: {text} is not a conclusion.",
                f"Write 'gdpr/Article 22=effective': {', '.join(_CONCLUSIONS)}.",
            )
        if name in conclusions:
            raise SynthError(f"--conclude: {name} is there twice.", "Conclude once.")
        conclusions[name] = cast("Conclusion", conclusion)
    return conclusions


def _find_signer(ledger: EvidenceLedger, key: SigningKey | None, by: str, role: str) -> tuple[str, str]:
    """Return who signs, and as what: as the ledger has the owner of the key, unless that is said."""
    from synth_expectations.evidence.keys.key_ring import read_key_ring

    known = read_key_ring(ledger).keys.get(key.keyid) if key else None
    signer = by.strip() or (known.body.person if known else "")
    signs_as = role.strip() or (known.body.role if known else "")
    if not signer or not signs_as:
        raise SynthError("Who signs, and as what?", "Give --by compliance@shop.example --role compliance, for example.")
    return signer, signs_as


def _read_statement(path: Path | None, period: str, closing: PeriodClosing) -> SignOffTerms:
    """Return what was signed elsewhere, about this close and no other."""
    from synth_expectations.evidence.cycle.sign_off_terms import parse_terms

    if path is None:
        raise SynthError("--ssh-signature needs --statement.", "Give the file that was signed.")
    try:
        terms = parse_terms(read_text(path).encode())
    except (ValueError, TypeError):
        raise SynthError(
            f"{path} is not a statement of a sign-off.", f"Make one: audit sign-off {period} --statement {path}"
        ) from None
    body = closing.body
    about = (terms.closing, terms.manifest_sha256, terms.head_sha256, terms.reservations)
    if about != (closing.header.seq, body.manifest_sha256, closing.head.digest, body.terms.reservations):
        raise SynthError(
            "The statement is about another close than the ledger has.", "Write it again, and have it signed."
        )
    return terms


def _write_statement(path: Path, terms: SignOffTerms) -> None:
    from synth_expectations.evidence.canonical import encode_document
    from synth_expectations.evidence.cycle.sign_off import NAMESPACE

    path.write_bytes(encode_document(terms.build_statement()))
    tell(f"Sign it: ssh-keygen -Y sign -n {NAMESPACE} -f ~/.ssh/id_ed25519 {path}")
    tell(f"Then: synth-expectations audit sign-off {terms.period} --statement {path} --ssh-signature {path}.sig")
