"""Post a JSON document to a webhook, within a time, whatever the server does."""

from __future__ import annotations

import json
from collections.abc import Mapping
from threading import Thread
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

import synth_expectations

SECONDS = 10.0
"""How long all webhooks of a run may take together. Slack and Teams answer within a second."""


def post_all(messages: Mapping[str, tuple[str, Mapping[str, Any]]], seconds: float = SECONDS) -> dict[str, str]:
    """Post documents, all at the same time.

    Args:
        messages: an address and a document, by a name.
        seconds: how long to wait for all answers together.

    Returns:
        Why a document was not taken, by its name; empty if it was. The reason never repeats the address, which is a
        secret, nor what the server answered.
    """
    reasons = dict.fromkeys(messages, f"there was no answer within {seconds:g} s")

    def work(name: str, url: str, document: Mapping[str, Any]) -> None:
        reasons[name] = _post(url, document, seconds)

    # a server that sends a byte now and then never runs into the timeout of a socket: the wait has an end of its own
    threads = [Thread(target=work, args=(name, *message), daemon=True) for name, message in messages.items()]
    end = monotonic() + seconds
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(0.0, end - monotonic()))
    return dict(reasons)


def _post(url: str, document: Mapping[str, Any], seconds: float) -> str:
    import urllib.request
    from http.client import HTTPException
    from urllib.error import HTTPError, URLError

    class NoRedirects(urllib.request.HTTPRedirectHandler):
        """A redirect would send the message, as a GET without it, to an address that nobody chose."""

        def redirect_request(self, *_arguments: Any) -> None:
            """Follow none."""

    try:
        if urlsplit(url).scheme not in {"http", "https"}:
            return "its address does not begin with https:// or http://"
        request = urllib.request.Request(  # noqa: S310 - the scheme was looked at
            url,
            data=json.dumps(document, ensure_ascii=False).encode(errors="replace"),
            headers={
                "Content-Type": "application/json; charset=utf-8",
                "User-Agent": f"synth-expectations/{synth_expectations.__version__}",
            },
        )
        with urllib.request.build_opener(NoRedirects).open(request, timeout=seconds):
            return ""
    except HTTPError as error:
        error.close()
        return _format_status(error.code)
    except TimeoutError:
        return f"there was no answer within {seconds:g} s"
    except (OSError, HTTPException, ValueError) as error:
        return _format_reason(error.reason if isinstance(error, URLError) else error)


def _format_status(status: int) -> str:
    if 300 <= status < 400:
        return f"the server redirects ({status}), which is not followed: name the address that it redirects to"
    return f"the server answered {status}"


def _format_reason(error: object) -> str:
    """Return an error without its message, which may repeat the address: what the system or TLS says, or its type."""
    if isinstance(error, TimeoutError):
        return "the server could not be reached in time"
    for attribute in ("verify_message", "strerror"):
        if isinstance(words := getattr(error, attribute, None), str) and words:
            return f"the server could not be reached: {words}"
    return f"the server could not be reached: {type(error).__name__}"
