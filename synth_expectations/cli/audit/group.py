"""The group of the commands `audit …`."""

from __future__ import annotations

import inspect

import typer

from synth_expectations.cli.audit import (
    approve,
    attest,
    findings,
    key,
    pack,
    record,
    redact,
    resolve,
    sample,
    site,
    trace,
    verify,
)

group = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
for command in (
    verify.verify,
    pack.pack,
    key.key,
    approve.approve,
    attest.attest,
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
