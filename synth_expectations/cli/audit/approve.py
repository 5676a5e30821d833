"""The command `audit approve`: put the approval of a policy into the ledger."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from synth_expectations.cli.audit.options import Store, open_ledger, parse_day, shorten
from synth_expectations.cli.compile import Project
from synth_expectations.cli.console import find_project, say, tell
from synth_expectations.errors import SynthError

if TYPE_CHECKING:
    from synth_expectations.evidence.approvals import ApprovalTerms
    from synth_expectations.evidence.ledger.ledger import EvidenceLedger
    from synth_expectations.policy.load.loader import Policy


def approve(
    by: Annotated[str | None, typer.Option(help="Who approves; by default approved.by in the policy.")] = None,
    role: Annotated[str, typer.Option(help="In which role, such as dpo; by default the role of the key.")] = "",
    until: Annotated[str | None, typer.Option(help="The last day on which the approval counts.")] = None,
    ticket: Annotated[str | None, typer.Option(help="Where the approval was requested, such as a ticket.")] = None,
    key: Annotated[Path | None, typer.Option(help="Sign with the approver's private key (PEM).")] = None,
    statement: Annotated[
        Path | None,
        typer.Option(help="Write the statement to sign to this file, for: ssh-keygen -Y sign -n synth-policy"),
    ] = None,
    ssh_signature: Annotated[
        Path | None, typer.Option(help="Record the signature that ssh-keygen made of --statement: FILE.sig.")
    ] = None,
    revoke: Annotated[bool, typer.Option("--revoke", help="Revoke the approval of the current policy.")] = False,
    reason: Annotated[str, typer.Option(help="With --revoke: the reason.")] = "",
    project: Project = None,
    ledger: Store = None,
) -> None:
    """Record in the ledger that the current policy is approved. Without a key, the approval is asserted, not signed."""
    from synth_expectations.policy.compile.compiler import compile_policy

    compiled = compile_policy(find_project(project) / "policy.yml")
    if compiled.stale:
        raise SynthError("The policy is not compiled as it is.", "Run synth-expectations compile, and read the diff.")
    policy, opened = compiled.policy, open_ledger(project, ledger)
    if revoke:
        _revoke(opened, policy, by, reason)
        return
    if ssh_signature is not None:
        if statement is None:
            raise SynthError("--ssh-signature needs --statement.", "Give the file that was signed.")
        terms = _read_statement(statement, policy)
    else:
        terms = _make_terms(opened, policy, by, role, until, ticket, key)
    if statement is not None and ssh_signature is None:
        _write_statement(statement, terms)
        return
    _record(opened, policy, terms, key, ssh_signature)


def _make_terms(
    ledger: EvidenceLedger,
    policy: Policy,
    by: str | None,
    role: str,
    until: str | None,
    ticket: str | None,
    key: Path | None,
) -> ApprovalTerms:
    from synth_expectations.evidence.approvals import ApprovalTerms, find_last_approval
    from synth_expectations.evidence.keys.key_ring import read_key_ring
    from synth_expectations.evidence.keys.signing_key import read_signing_key
    from synth_expectations.evidence.policy_changes import describe_changes

    claim = policy.words.approved
    known = read_key_ring(ledger).keys.get(read_signing_key(key).keyid) if key else None
    approver = by or (known.body.person if known else claim.by if claim else "")
    role = role or (known.body.role if known else "")
    if claim and claim.by.casefold() != approver.strip().casefold():
        claim = None  # what it says is of another approval
    if not approver.strip() or not role.strip():
        raise SynthError("Who approves the policy, and as what?", "Give --by dpo@shop.example --role dpo, for example.")
    last_day = parse_day(until, "--until") if until else claim.until if claim else None
    if last_day and last_day < ledger.now().date():
        raise SynthError(f"The approval would have ended on {last_day}.", "Give a later --until.")
    before = find_last_approval(ledger, ledger.now())
    changes: tuple[str, ...] = ()
    if before and before.terms.policy_sha256 != policy.sha256:
        changes = describe_changes(ledger.read_object(before.terms.policy_sha256), policy.content)
    return ApprovalTerms(
        policy_sha256=policy.sha256,
        diff_from=before.terms.policy_sha256 if before else None,
        changes=changes,
        by=approver.strip(),
        role=role.strip(),
        valid_until=last_day,
        ticket=ticket if ticket is not None else (claim.ticket if claim else None) or "",
    )


def _record(
    ledger: EvidenceLedger, policy: Policy, terms: ApprovalTerms, key: Path | None, ssh_signature: Path | None
) -> None:
    from synth_expectations.evidence.approvals import record_approval
    from synth_expectations.evidence.keys.signing_key import read_signing_key
    from synth_expectations.evidence.persons import is_same_person

    ledger.put_object(policy.content)
    signing_key = read_signing_key(key) if key else None
    approval = record_approval(ledger, terms, signing_key, read_text(ssh_signature) if ssh_signature else None)
    say(f"policy  {terms.policy_sha256}")
    if terms.diff_from and terms.diff_from != terms.policy_sha256:
        say(f"since   {terms.diff_from}")
    for change in terms.changes:
        say(f"        {change}")
    until = f" until {terms.valid_until}" if terms.valid_until else ""
    say(f"by      {terms.by}, {terms.role}{until}{f', {terms.ticket}' if terms.ticket else ''}")
    say(f"entry   {approval.entry}, {approval.wording}")
    owners = {name for name, table in policy.tables.items() if is_same_person(table.owner or "", terms.by)}
    if owners or is_same_person(policy.words.owner, terms.by):
        owned = f"owns {', '.join(sorted(owners))}" if owners else "owns the policy"
        tell(f"Note: {terms.by} {owned}. An auditor does not count approvals of what one owns.")
    if not approval.is_signed:
        tell("Nothing proves who approved. Sign with --key, or with --statement and ssh-keygen.")


def _revoke(ledger: EvidenceLedger, policy: Policy, by: str | None, reason: str) -> None:
    from synth_expectations.evidence.approvals import find_approval, revoke_approval

    if not (by or "").strip() or not reason.strip():
        raise SynthError("Who revokes the approval, and why?", "Give --by and --reason.")
    approval = find_approval(ledger, policy.sha256, ledger.now())
    if approval is None:
        raise SynthError(f"No approval of the policy {shorten(policy.sha256)} is in force.")
    assert by is not None
    entry = revoke_approval(ledger, approval, by.strip(), reason.strip())
    say(f"policy  {policy.sha256}")
    say(f"entry   {entry.header.seq} ends the approval of entry {approval.entry}")


def _write_statement(path: Path, terms: ApprovalTerms) -> None:
    from synth_expectations.evidence.canonical import encode_document

    if path.exists():
        raise SynthError(f"{path} is there already.", "Give another name, or remove it.")
    path.write_bytes(encode_document(terms.build_statement()))
    for change in terms.changes:
        say(change)
    tell(f"Sign it: ssh-keygen -Y sign -n synth-policy -f ~/.ssh/id_ed25519 {path}")
    tell(f"Then: synth-expectations audit approve --statement {path} --ssh-signature {path}.sig")


def _read_statement(path: Path, policy: Policy) -> ApprovalTerms:
    from synth_expectations.evidence.approvals import parse_terms

    try:
        terms = parse_terms(read_text(path).encode())
    except ValueError:
        raise SynthError(
            f"{path} is not a statement of an approval.", f"Make one: audit approve --statement {path}"
        ) from None
    if terms.policy_sha256 != policy.sha256:
        raise SynthError(
            f"The policy changed since {path} was written.", "Write the statement again, and have it signed."
        )
    return terms


def read_text(path: Path) -> str:
    """Return the text of a file that was written to be signed, or of a signature.

    Raises:
        SynthError: it cannot be read.
    """
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise SynthError(f"{path} cannot be read: {error.strerror}.", "Check the path and its owner.") from None
    except UnicodeDecodeError:
        raise SynthError(f"{path} is not text.", "Give the file that was written or signed.") from None
