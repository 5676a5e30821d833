"""Tell the webhooks of a policy that a run failed or is errored. Whatever comes of it, the verdict stays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError

from synth_expectations.errors import SynthError
from synth_expectations.policy.compile.notifications import NOTIFICATIONS, TEAMS
from synth_expectations.policy.notification import Notification
from synth_expectations.redaction import note_secret
from synth_expectations.report.model import RunReport, TableReport
from synth_expectations.report.notification import NotificationMessage
from synth_expectations.rules.verdict import Verdict
from synth_expectations.runner.webhook import post_all


@dataclass(frozen=True)
class Notifier:
    """The webhooks of a project.

    Attributes:
        policy: what the lock keeps of the policy: its webhooks, its owner and its runbook.
        resolve: gives the value of a `${VARIABLE}`; raises SynthError if it is not set.
    """

    policy: dict[str, Any]
    resolve: Callable[[str], str]

    def tell(self, report: RunReport) -> RunReport:
        """Send what a run found, and return its report with a note for whatever was not sent."""
        if report.verdict not in {Verdict.FAILED, Verdict.ERRORED}:
            return report
        return replace(report, notes=(*report.notes, *self._tell(report)))

    def tell_of_no_run(self, checkpoint: str, batch: str | None) -> list[str]:
        """Send that a run could not begin, and return a sentence for whatever was not sent."""
        nothing = NotificationMessage(checkpoint, "", None, batch, "warning", (), 1, "", self._runbook)
        recipients, sentences = self._read_recipients()
        errored = {name: item for name, item in recipients.items() if Verdict.ERRORED.value in item.on}
        messages = dict.fromkeys(self._choose_for_the_run(errored), nothing)
        return [*sentences, *self._send(recipients, messages)]

    def _tell(self, report: RunReport) -> list[str]:
        recipients, sentences = self._read_recipients()
        errors = len(report.errors) + sum(1 for exclusion in report.excluded if exclusion.expired)
        errored = {name: item for name, item in recipients.items() if Verdict.ERRORED.value in item.on}
        for_the_run = self._choose_for_the_run(errored) if errors else set()
        messages = {}
        for name, recipient in recipients.items():
            tables = tuple(table for table in report.tables if self._is_told(recipient, table, report))
            if tables or name in for_the_run:
                messages[name] = self._build(report, tables, errors if name in for_the_run else 0)
        sentences += self._find_untold(recipients.values(), report)
        return [*sentences, *self._send(recipients, messages)]

    @property
    def _runbook(self) -> str:
        return str(self.policy.get("runbook") or "")

    def _read_recipients(self) -> tuple[dict[str, Notification], list[str]]:
        """Return the webhooks by name, and a sentence for each that cannot be read."""
        recipients, sentences = {}, []
        stored = self.policy.get(NOTIFICATIONS) or {}
        for name, document in stored.items() if isinstance(stored, dict) else ():
            try:
                recipients[name] = Notification.model_validate(document)
            except ValidationError:
                sentences.append(f"The notification {name} cannot be read in policy.lock.json: compile again.")
        return recipients, sentences

    def _choose_for_the_run(self, recipients: dict[str, Notification]) -> set[str]:
        """Return who is told of what concerns no table: the webhooks of the policy's owner, or else all."""
        owner = self.policy.get("owner")
        chosen = {
            name for name, item in recipients.items() if owner in item.owners or not (item.owners or item.for_teams)
        }
        return chosen or set(recipients)

    def _build(self, report: RunReport, tables: tuple[TableReport, ...], errors: int) -> NotificationMessage:
        return NotificationMessage(
            checkpoint=report.checkpoint,
            run=report.id,
            as_of=report.as_of,
            batch=report.batch,
            fail_on=report.fail_on,
            tables=tables,
            errors=errors,
            message=report.format_message(),
            runbook=report.runbook,
        )

    def _send(self, recipients: dict[str, Notification], messages: dict[str, NotificationMessage]) -> Iterator[str]:
        posts, reasons = {}, {}
        for name, notification in messages.items():
            try:
                url = self.resolve(recipients[name].url).strip()
            except SynthError as error:
                reasons[name] = error.message.rstrip(".")
                continue
            note_secret(url)
            posts[name] = (url, notification.build(recipients[name].format))
        reasons |= post_all(posts)
        for name in messages:
            if reasons[name]:
                yield f"The notification {name} was not sent: {reasons[name]}."

    def _is_told(self, recipient: Notification, table: TableReport, report: RunReport) -> bool:
        return self._is_meant(recipient, table) and table.verdict(report.fail_on).value in recipient.on

    def _is_meant(self, recipient: Notification, table: TableReport) -> bool:
        """Return whether a webhook is for a table: of its owner, of a team of it, or of all tables."""
        if not recipient.owners and not recipient.for_teams:
            return True
        teams = (self.policy.get(TEAMS) or {}).get(table.table, ())
        return table.owner in recipient.owners or not set(recipient.for_teams).isdisjoint(teams)

    def _find_untold(self, recipients: Iterable[Notification], report: RunReport) -> Iterator[str]:
        """Yield a sentence for each owner of tables that failed or are errored whom no webhook is for."""
        known = list(recipients)
        if not known:
            return
        told = (Verdict.FAILED, Verdict.ERRORED)
        silent: dict[str, list[str]] = {}
        for table in report.tables:
            is_meant = any(self._is_meant(recipient, table) for recipient in known)
            if table.verdict(report.fail_on) in told and not is_meant:
                silent.setdefault(table.owner, []).append(table.table)
        for owner, tables in silent.items():
            yield f"No notification names the owner {owner}: nobody was notified about {', '.join(dict.fromkeys(tables))}."
