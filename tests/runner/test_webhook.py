"""Whatever a server does, posting ends in time, with a reason that repeats neither the address nor the answer."""

from __future__ import annotations

from collections.abc import Iterator
from time import monotonic

import pytest

from synth_expectations.runner.webhook import post_all
from tests.webhook_server import Webhook, serving_webhook


@pytest.fixture(scope="module")
def webhook() -> Iterator[Webhook]:
    with serving_webhook() as server:
        yield server


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (200, ""),
        (202, ""),
        (204, ""),
        (400, "the server answered 400"),
        (429, "the server answered 429"),
        (500, "the server answered 500"),
        (301, "the server redirects (301), which is not followed: name the address that it redirects to"),
        (302, "the server redirects (302), which is not followed: name the address that it redirects to"),
        (308, "the server redirects (308), which is not followed: name the address that it redirects to"),
        ("hang up", "the server could not be reached: RemoteDisconnected"),
    ],
)
def test_answers(webhook: Webhook, answer: int | str, reason: str) -> None:
    name = f"answers {answer}".replace(" ", "-")
    webhook.answers[name] = answer
    assert post_all({"crm": (webhook.url + name, {"text": "Größe 名"})}) == {"crm": reason}
    assert [method for method, requested, _ in webhook.requests if requested == name] == ["POST"]
    assert webhook.documents[name] == {"text": "Größe 名"}


def test_servers_that_are_slow_are_waited_for_together(webhook: Webhook) -> None:
    """A byte now and then never runs into the timeout of a socket."""
    webhook.answers |= {"slow": "slow", "drip": "drip"}
    began = monotonic()
    messages = {name: (webhook.url + name, {}) for name in ("slow", "drip", "quick")}
    reasons = post_all(messages, seconds=0.5)
    assert monotonic() - began < 5
    assert reasons.pop("quick") == ""
    assert "in time" in reasons["slow"] or "no answer within 0.5 s" in reasons["slow"]
    assert "no answer within 0.5 s" in reasons["drip"]


@pytest.mark.parametrize(
    "address",
    [
        "",
        "hooks.example/made-up-secret",
        "file:///etc/made-up-secret",
        "ftp://127.0.0.1/made-up-secret",
        "data:,made-up-secret",
    ],
)
def test_other_protocols(address: str) -> None:
    assert post_all({"crm": (address, {})}) == {"crm": "its address does not begin with https:// or http://"}


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:1/made-up-secret with spaces",
        "http://made up secret/",
        "http://[made-up-secret/",
        "http://user:made-up-secret@127.0.0.1/",
        "http:///made-up-secret",
        "http://127.0.0.1:made-up-secret/",
        "https://127.0.0.1:1/\u202emade-up-secret",
    ],
)
def test_addresses_that_are_none(address: str) -> None:
    reason = post_all({"crm": (address, {})})["crm"]
    assert reason.startswith("the server could not be reached: "), reason
    assert "made" not in reason


def test_nobody_listens(closed_port: int) -> None:
    address = f"http://127.0.0.1:{closed_port}/made-up-secret"
    assert post_all({"crm": (address, {})}) == {"crm": "the server could not be reached: Connection refused"}


def test_a_server_without_tls(webhook: Webhook) -> None:
    address = webhook.url.replace("http://", "https://")
    reason = post_all({"crm": (address, {})})["crm"]
    assert reason.startswith("the server could not be reached: ")
    assert "made-up-secret" not in reason


def test_nothing_to_post() -> None:
    assert post_all({}) == {}
