"""The group of the commands `audit …`."""

from __future__ import annotations

import inspect

import typer

from synth_expectations.cli.audit import (
    anchor,
    approve,
    attest,
    close,
    findings,
    key,
    manual,
    pack,
    record,
    redact,
    resolve,
    sample,
    sign_off,
    site,
    status,
    trace,
    verify,
)

group = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
for command in (
    status.status,
    verify.verify,
    pack.pack,
    key.key,
    approve.approve,
    attest.attest,
    anchor.anchor,
    status.explain_gap,
    manual.manual,
    close.close,
    sign_off.sign_off,
    redact.redact,
    redact.adopt,
    site.site,
    sample.sample,
    record.record,
    resolve.resolve,
    findings.findings,
    findings.accept,
    findings.false_positive,
    trace.trace,
):
    # given whole, because a summary that is made from it is cut
    group.command(command.__name__.replace("_", "-"), short_help=inspect.getdoc(command))(command)
