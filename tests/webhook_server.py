"""An HTTP server of the standard library that keeps what webhooks are sent, and answers as a test wants it to."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Webhook:
    """A server.

    Attributes:
        url: its address, which is as secret as one of Slack; what follows names a webhook.
        answers: by the name of a webhook, a status; or `slow`, `drip` and `hang up`.
        requests: the method, the webhook and the document of each request.
        types: the content type of each document.
        released: ends what is slow.
    """

    url: str = ""
    answers: dict[str, int | str] = field(default_factory=dict)
    requests: list[tuple[str, str, Any]] = field(default_factory=list)
    types: set[str] = field(default_factory=set)
    released: threading.Event = field(default_factory=threading.Event)

    @property
    def documents(self) -> dict[str, Any]:
        """The documents, by the name of the webhook."""
        return {name: document for _, name, document in self.requests}


@contextmanager
def serving_webhook() -> Iterator[Webhook]:
    webhook = Webhook()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            name = self.path.rpartition("/")[2]
            webhook.requests.append(("POST", name, json.loads(body)))
            webhook.types.add(self.headers["Content-Type"])
            answer = webhook.answers.get(name, 200)
            if answer == "slow":
                webhook.released.wait(20)
            elif answer == "drip":
                self._drip()
            elif answer == "hang up":
                self.close_connection = True
            else:
                self.send_response(int(answer))
                if 300 <= int(answer) < 400:
                    self.send_header("Location", "/elsewhere")
                self.end_headers()
                self.wfile.write(b"the server's own words, which nobody repeats")

        def do_GET(self) -> None:
            webhook.requests.append(("GET", self.path, None))
            self.send_response(200)
            self.end_headers()

        def _drip(self) -> None:
            for letter in b"HTTP/1.1 200 OK" * 100:
                try:
                    self.wfile.write(bytes([letter]))
                except OSError:
                    return
                if webhook.released.wait(0.05):
                    return

        def log_message(self, *_arguments: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    webhook.url = f"http://127.0.0.1:{server.server_port}/services/T00/made-up-secret/"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield webhook
    finally:
        webhook.released.set()
        server.shutdown()
        server.server_close()
        thread.join()
