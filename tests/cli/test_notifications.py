"""A run tells webhooks what failed or is errored, without a value of the data; whatever they answer, the verdict stays."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from synth_expectations.runner import notifications
from synth_expectations.runner.webhook import post_all
from tests.cli.project import AS_OF, GOOD, REAL, Project, Said
from tests.webhook_server import Webhook, serving_webhook

UNTAGGED = {**GOOD, "Id": "key-of-a-record", "IsSynthetic": None, "Email": "zebedee.quillon@firm.example"}
CRM, MARKETING = "crm-data@retailer.example", "marketing@retailer.example"


@pytest.fixture
def webhook(monkeypatch: pytest.MonkeyPatch) -> Iterator[Webhook]:
    monkeypatch.setattr(notifications, "post_all", partial(post_all, seconds=1.0))
    with serving_webhook() as server:
        yield server


@pytest.fixture
def notify(project: Project, webhook: Webhook, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return what gives the policy webhooks of these names, each with an address of its own, and compiles it."""

    def write(**entries: str) -> None:
        listed = "".join(f"  {name}: {{url: '${{SYNTH_{name}}}', {rest}}}\n" for name, rest in entries.items())
        project.edit("tables:\n", f"notifications:\n{listed}tables:\n")
        project.edit("parquet: lake/send", f"owner: {MARKETING}\n    parquet: lake/send")
        project.compile()
        for name in entries:  # a secret that was mounted as a file often ends in a line end
            monkeypatch.setenv(f"SYNTH_{name}", f"{webhook.url}{name}\n")

    return write


def notes_on_notifications(said: Said) -> list[str]:
    return [note for note in said.json()["notes"] if "otification" in note]


def test_each_webhook_is_told_what_it_asks_for(project: Project, webhook: Webhook, notify: Callable[..., None]) -> None:
    notify(
        program="format: json",
        slack="format: slack",
        teams="format: teams",
        crm=f"format: json, owners: {CRM}",
        marketing=f"format: json, owners: [{MARKETING}]",
        errored="format: json, on: errored",
    )
    assert project.run().code == 0
    assert webhook.requests == [], "nobody is told of a pass"

    project.table("contact", [GOOD, REAL, UNTAGGED])
    project.edit("lake/send/*.parquet", "lake/send/**/*.parquet")
    project.compile()
    partition = project.root / "lake" / "send" / "email=zebedee.quillon@firm.example"
    partition.mkdir()
    (partition / "part-0.parquet").write_text("no Parquet file")
    said = project.run("--output", "json")
    assert said.code == 2
    assert notes_on_notifications(said) == []
    assert {method for method, _, _ in webhook.requests} == {"POST"}
    assert webhook.types == {"application/json; charset=utf-8"}

    documents = webhook.documents
    tables = {
        name: [table["table"] for table in documents[name]["tables"]] for name in set(documents) - {"slack", "teams"}
    }
    assert tables == {
        "program": ["contact", "send"], "crm": ["contact"], "marketing": ["send"], "errored": ["send"],
    }  # fmt: skip
    _check_json(documents["program"], said.json()["run"]["id"])
    _check_slack(documents["slack"])
    _check_teams(documents["teams"])

    assert "key-of-a-record" in said.out, "the report has the key"
    assert "email=zebedee" in said.out, "and the path of the file"
    text = json.dumps(documents)
    for value in ("key-of-a-record", "zebedee", "firm.example", ".parquet"):
        assert value not in text


def _check_json(document: dict[str, object], run: str) -> None:
    contact, send = document.pop("tables")  # type: ignore[misc]
    message = document.pop("message")
    assert "1 failed" in str(message)
    assert document == {
        "schema": 1, "checkpoint": "nightly", "run": run, "as_of": "2026-11-01T00:00:00+00:00", "batch": None,
        "verdict": "errored", "exit_code": 2, "errors": 0, "runbook": "https://wiki.retailer.example/synthetic",
    }  # fmt: skip
    assert contact == {
        "table": "contact", "scope": "table", "owner": CRM, "verdict": "failed",
        "expectations": [
            {"type": "expect_records_to_be_tagged", "sentence": "Expect records to be tagged", "severity": "critical",
             "verdict": "failed", "element_count": 3, "unexpected_count": 1},
        ],
    }  # fmt: skip
    assert (send["verdict"], send["owner"]) == ("errored", MARKETING)


def _check_slack(document: dict[str, object]) -> None:
    assert document["text"] == "nightly: errored, 2 tables"
    header, contact, send, run = document["blocks"]  # type: ignore[misc]
    assert header == {
        "type": "header", "text": {"type": "plain_text", "text": "nightly: errored, 2 tables", "emoji": False},
    }  # fmt: skip
    assert (contact["type"], contact["text"]["type"]) == ("section", "plain_text")
    assert contact["text"]["text"].splitlines() == [
        f"FAILED contact (whole table), {CRM}",
        "- Expect records to be tagged: 1 of 3 records (33 %) breaks a rule",
    ]
    assert send["text"]["text"].splitlines()[:2] == [
        f"ERRORED send (whole table), {MARKETING}",
        "- Expect records to be tagged: errored",
    ]
    assert "Runbook: https://wiki.retailer.example/synthetic" in run["text"]["text"]


def _check_teams(document: dict[str, object]) -> None:
    [attachment] = document["attachments"]  # type: ignore[misc]
    assert (document["type"], attachment["contentType"]) == ("message", "application/vnd.microsoft.card.adaptive")
    card = attachment["content"]
    assert (card["type"], card["version"]) == ("AdaptiveCard", "1.4")
    assert {block["type"] for block in card["body"]} == {"RichTextBlock"}
    assert card["body"][0]["inlines"][0]["text"] == "nightly: errored, 2 tables"


def test_servers_never_change_the_verdict(
    project: Project,
    webhook: Webhook,
    notify: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
    closed_port: int,
) -> None:
    notify(**dict.fromkeys(("good", "broken", "moved", "slow", "closed", "unset"), "format: slack"))
    webhook.answers |= {"broken": 500, "moved": 302, "slow": "slow"}
    monkeypatch.setenv("SYNTH_closed", f"http://127.0.0.1:{closed_port}/made-up-secret")
    monkeypatch.delenv("SYNTH_unset")
    project.table("contact", [GOOD, REAL, UNTAGGED])
    said = project.run("--output", "json")
    assert (said.code, said.json()["verdict"], said.json()["exit_code"]) == (1, "failed", 1)
    sent = {note.split()[2]: note for note in notes_on_notifications(said)}
    assert sent.pop("slow").startswith("The notification slow was not sent: ")
    assert sent == {
        "broken": "The notification broken was not sent: the server answered 500.",
        "moved": "The notification moved was not sent: the server redirects (302), which is not followed: name the"
        " address that it redirects to.",
        "closed": "The notification closed was not sent: the server could not be reached: Connection refused.",
        "unset": "The notification unset was not sent: The variable SYNTH_unset is not set.",
    }
    assert "good" in webhook.documents, "what one server does keeps nothing from the others"
    assert {method for method, _, _ in webhook.requests} == {"POST"}, "a redirect is not followed"
    assert "made-up-secret" not in said.out + said.err
    files = [file for file in Path(project.root).rglob("*") if file.is_file()]
    assert len(files) > 10
    assert [file.name for file in files if b"made-up-secret" in file.read_bytes()] == []


def test_what_concerns_no_table_is_told_to_the_owner_of_the_policy(
    project: Project, webhook: Webhook, notify: Callable[..., None], cli: Callable[..., Said]
) -> None:
    notify(crm=f"format: json, owners: {CRM}", marketing=f"format: json, owners: {MARKETING}")
    cases = {"a run that cannot begin": "nigthly", "a policy that is no longer valid": "nightly"}
    for case, checkpoint in cases.items():
        if checkpoint == "nightly":
            project.edit("role: mixed", "role: mixd")
        webhook.requests.clear()
        assert cli("run", checkpoint, "--as-of", AS_OF).code == 2, case
        [(_, name, document)] = webhook.requests
        assert (name, document["verdict"], document["tables"]) == ("crm", "errored", []), case
        assert document["errors"] > 0, case
        assert (document["run"] is None) == (case == "a run that cannot begin")


def test_a_run_that_cannot_begin_says_what_it_could_not_send(
    project: Project, webhook: Webhook, notify: Callable[..., None], cli: Callable[..., Said]
) -> None:
    notify(crm="format: json")
    webhook.answers["crm"] = 500
    said = cli("run", "nigthly", "--as-of", AS_OF)
    assert said.code == 2
    assert "Did you mean nightly? The notification crm was not sent: the server answered 500." in said.err


def test_an_owner_whom_no_webhook_names_is_said(
    project: Project, webhook: Webhook, notify: Callable[..., None]
) -> None:
    notify(crm=f"format: json, owners: {CRM}")
    project.table("send", [{"SendId": "m1", "IsSynthetic": "true"}])
    said = project.run("--output", "json")
    assert notes_on_notifications(said) == [
        f"No notification names the owner {MARKETING}: nobody was notified about send.",
    ]
    assert webhook.requests == []


def test_a_team_is_told_of_tables_that_it_operates(
    project: Project, webhook: Webhook, notify: Callable[..., None]
) -> None:
    project.edit("tables:\n  contact:\n", "tables:\n  contact:\n    ownership: {operator: ops@retailer.example}\n")
    notify(ops="format: json, for_teams: ops@retailer.example", crm=f"format: json, for_teams: {CRM}")
    project.table("contact", [GOOD, REAL, UNTAGGED])
    project.table("send", [{"SendId": "m1", "IsSynthetic": "true"}])
    said = project.run("--output", "json")
    told = {name: [table["table"] for table in document["tables"]] for name, document in webhook.documents.items()}
    assert told == {"ops": ["contact"], "crm": ["contact"]}, "its owner is accountable for contact"
    assert notes_on_notifications(said) == [
        f"No notification names the owner {MARKETING}: nobody was notified about send.",
    ]
    project.edit("for_teams: ops@", "for_teams: opps@")
    assert "did you mean ops@retailer.example" in project.cli("compile").err


def test_config_variables_and_a_lock_that_was_edited(
    project: Project, webhook: Webhook, notify: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run finds the address where it finds passwords, and does not leave out without a word what it cannot read."""
    notify(crm="format: json", other="format: teams")
    monkeypatch.delenv("SYNTH_crm")
    variables = project.policy.parent / "uncommitted" / "config_variables.yml"
    variables.parent.mkdir(exist_ok=True)
    variables.write_text(f"SYNTH_crm: {webhook.url}crm\n")
    lock = project.policy.parent / "policy.lock.json"
    lock.write_text(lock.read_text().replace('"format": "teams"', '"format": "pager"'))
    said = project.run("--output", "json")
    assert said.code == 2
    assert notes_on_notifications(said) == [
        "The notification other cannot be read in policy.lock.json: compile again.",
    ]
    assert list(webhook.documents) == ["crm"]
