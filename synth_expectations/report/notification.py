"""What a webhook is told of a run: tables, owners, expectations and counts, as Slack, Teams or a program reads them.

A message leaves the house, and stays in the history of a channel that more people read than may see the data. So it has no
value of the data, nor what the report has otherwise: no record key, which is a pseudonym of a person; and no sentence of
an error, which may name a file, whose path may be a partition by a value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from synth_expectations.redaction import escape_invisible
from synth_expectations.report.expectation_report import ExpectationReport, Severity
from synth_expectations.report.model import EXIT_CODES, TableReport
from synth_expectations.rules.verdict import Verdict, worst

SCHEMA = 1
"""The version of the JSON message: it grows when a key changes its meaning or goes."""

_MOST_TABLES = 10
_MOST_EXPECTATIONS = 5
_MOST_LETTERS = 100
"""Of a name or a sentence. A header of Slack has at most 150 letters, a section 3,000 and a message 50 sections
(api.slack.com/reference/block-kit/blocks); a message to Teams has at most 28 kB
(learn.microsoft.com/microsoftteams/limits-specifications-teams)."""


@dataclass(frozen=True)
class NotificationMessage:
    """What one webhook is told of a run.

    Attributes:
        checkpoint: its name.
        run: the id of the run; empty if it never began.
        as_of: the time for which expectations were evaluated; None if the run never began.
        batch: the batch that was asked for.
        fail_on: the least severity that fails the run.
        tables: the tables that are told of.
        errors: how many sentences the run itself is errored by; of a run that never began, one.
        message: the verdict of the whole run in one line.
        runbook: what the policy names as that.
    """

    checkpoint: str
    run: str
    as_of: datetime | None
    batch: str | None
    fail_on: Severity
    tables: tuple[TableReport, ...]
    errors: int
    message: str
    runbook: str

    @property
    def verdict(self) -> Verdict:
        """The worst verdict that is told."""
        told = [table.verdict(self.fail_on) for table in self.tables]
        return worst([*told, Verdict.ERRORED] if self.errors else told)

    def build(self, format_name: str) -> dict[str, Any]:
        """Return the message as plain data: for `slack`, `teams` or `json`."""
        return _FORMATS[format_name](self)


def build_slack(notification: NotificationMessage) -> dict[str, Any]:
    """Return a message to an incoming webhook of Slack, in plain text: a name of a table mentions nobody."""
    headline, *sections = _format_sections(notification)
    return {
        "text": headline.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"),
        "blocks": [
            {"type": "header", "text": {"type": "plain_text", "text": headline, "emoji": False}},
            *(
                {"type": "section", "text": {"type": "plain_text", "text": section, "emoji": False}}
                for section in sections
            ),
        ],
    }


def build_teams(notification: NotificationMessage) -> dict[str, Any]:
    """Return a message to a workflow of Teams: a card of text runs, in which nothing is markup."""
    headline, *sections = _format_sections(notification)
    texts = [_text_runs(headline, weight="Bolder", size="Medium"), *map(_text_runs, sections)]
    return {
        "type": "message",
        "attachments": [
            {
                "contentType": "application/vnd.microsoft.card.adaptive",
                "content": {
                    "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
                    "type": "AdaptiveCard",
                    "version": "1.4",
                    "body": texts,
                },
            }
        ],
    }


def _text_runs(text: str, **style: str) -> dict[str, Any]:
    return {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": text, **style}]}


def build_json(notification: NotificationMessage) -> dict[str, Any]:
    """Return a message for a program: every table, and every expectation that failed or is errored."""
    return {
        "schema": SCHEMA,
        "checkpoint": notification.checkpoint,
        "run": notification.run or None,
        "as_of": notification.as_of.isoformat() if notification.as_of else None,
        "batch": notification.batch,
        "verdict": notification.verdict.value,
        "exit_code": EXIT_CODES[notification.verdict],
        "message": notification.message,
        "errors": notification.errors,
        "runbook": notification.runbook or None,
        "tables": [_to_table(notification, table) for table in notification.tables],
    }


def _to_table(notification: NotificationMessage, table: TableReport) -> dict[str, Any]:
    return {
        "table": table.table,
        "scope": table.scope,
        "owner": table.owner,
        "verdict": table.verdict(notification.fail_on).value,
        "expectations": [
            {
                "type": expectation.type,
                "sentence": expectation.sentence,
                "severity": expectation.severity,
                "verdict": expectation.verdict.value,
                "element_count": expectation.element_count,
                "unexpected_count": expectation.unexpected_count,
            }
            for expectation in _list_told(notification, table)
        ],
    }


_FORMATS: dict[str, Callable[[NotificationMessage], dict[str, Any]]] = {
    "slack": build_slack,
    "teams": build_teams,
    "json": build_json,
}


def _list_told(notification: NotificationMessage, table: TableReport) -> list[ExpectationReport]:
    """Return the expectations of a table that count as failed or errored in the run."""
    return [
        expectation
        for expectation in table.expectations
        if expectation.counts_as(notification.fail_on) in {Verdict.FAILED, Verdict.ERRORED}
    ]


def _format_sections(notification: NotificationMessage) -> Iterator[str]:
    """Yield the headline, and a section for each table and for the run."""
    tables = notification.tables
    number = f", {len(tables)} table{'' if len(tables) == 1 else 's'}" if tables else ""
    yield f"{_shorten(notification.checkpoint)}: {notification.verdict.shown}{number}"
    for table in tables[:_MOST_TABLES]:
        yield "\n".join(_format_table(notification, table))
    if (more := len(tables) - _MOST_TABLES) > 0:
        yield f"And {more} more table{'' if more == 1 else 's'}."
    if notification.errors:
        yield "The run itself is errored: read its report." if notification.run else "The run could not begin."
    yield "\n".join(map(_shorten, _format_run(notification)))


def _format_run(notification: NotificationMessage) -> Iterator[str]:
    if notification.run:
        batch = f", batch {notification.batch}" if notification.batch else ""
        yield f"Run {notification.run}{batch}"
    if notification.message:
        yield f"The whole run: {notification.message}"
    if notification.runbook:
        yield f"Runbook: {notification.runbook}"


def _format_table(notification: NotificationMessage, table: TableReport) -> Iterator[str]:
    verdict = table.verdict(notification.fail_on)
    scope = "batch" if table.scope == "batch" else table.format_scope()
    yield f"{verdict.shown.upper()} {_shorten(table.table)} ({scope}), {_shorten(table.owner)}"
    if table.error:
        yield "- not checked: nothing is known about it"
        return
    told = _list_told(notification, table)
    for expectation in told[:_MOST_EXPECTATIONS]:
        count = expectation.format_count() if expectation.verdict is Verdict.FAILED else "errored"
        yield f"- {_shorten(expectation.sentence)}: {count or 'it failed'}"
    if (more := len(told) - _MOST_EXPECTATIONS) > 0:
        yield f"- and {more} more"


def _shorten(text: str) -> str:
    text = escape_invisible(" ".join(text.split()))
    return text if len(text) <= _MOST_LETTERS else f"{text[: _MOST_LETTERS - 1]}…"
