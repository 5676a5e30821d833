"""Messages of any size and of any name stay within what Slack and Teams take."""

from __future__ import annotations

import json

import pytest

from synth_expectations.report.notification import NotificationMessage
from tests.report import runs


def message(table_name: str, sentence: str, number: int) -> NotificationMessage:
    expectations = [runs.failed(sentence=sentence) for _ in range(30)]
    tables = tuple(runs.table(*expectations, table=table_name) for _ in range(number))
    return NotificationMessage(
        "nightly", "run", runs.START, None, "warning", tables, 1, "message", "https://wiki.example"
    )


@pytest.mark.parametrize("name", ["contact", "<!channel> & <@U1>", "*x* _y_ [z](https://evil.example)", "名" * 500])
@pytest.mark.parametrize("number", [0, 1, 400])
def test_limits(name: str, number: int) -> None:
    notification = message(name, f"Expect {name}\x1b[31m\u202e to hold", number)
    slack, teams = notification.build("slack"), notification.build("teams")
    assert "<" not in slack["text"]
    assert len(slack["blocks"]) <= 50
    for block in slack["blocks"]:
        assert block["text"]["type"] == "plain_text"
        assert 0 < len(block["text"]["text"]) <= (150 if block["type"] == "header" else 3000)
    assert len(json.dumps(teams, ensure_ascii=False).encode()) < 28_000
    for document in (slack, teams):
        text = json.dumps(document, ensure_ascii=False)
        assert not {"\u202e", "\x1b"} & set(text)
        assert "\\u001b" not in text
        assert ("And 390 more tables." in text) == (number == 400)


def test_only_what_counts_is_told() -> None:
    """A failure below `fail_on` does not fail the run, so nobody is woken."""
    table = runs.table(runs.failed(severity="info"), runs.failed(), runs.expectation(), runs.nothing())
    notification = NotificationMessage("nightly", "run", runs.START, None, "warning", (table,), 0, "message", "")
    [told] = notification.build("json")["tables"]
    assert [entry["severity"] for entry in told["expectations"]] == ["critical"]
