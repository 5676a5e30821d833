"""A client for pyright's language server: what an editor shows while somebody types."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Self

_SETTINGS = {
    "python": {"pythonPath": sys.executable},
    "basedpyright": {"analysis": {"autoImportCompletions": False}},  # it would read every installed package
}


class LanguageServer:
    """The language server for one folder, which holds a `pyrightconfig.json`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._last_id = 0
        self._version = 0

    def __enter__(self) -> Self:
        command = [sys.executable, "-c", "from basedpyright.langserver import main; main()", "--stdio"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        uri = self._folder.as_uri()
        formats = {"documentationFormat": ["plaintext"]}
        text_document = {"signatureHelp": {"signatureInformation": formats}, "completion": {"completionItem": formats}}
        self._request(
            "initialize",
            processId=None,
            rootUri=uri,
            workspaceFolders=[{"uri": uri, "name": "uses"}],
            capabilities={"workspace": {"configuration": True}, "textDocument": text_document},
        )
        self._send(method="initialized", params={})
        return self

    def __exit__(self, *_: object) -> None:
        self._request("shutdown")
        self._send(method="exit")
        self._process.communicate(timeout=30)

    def read_signature(self, code: str) -> dict[str, Any]:
        """Return the signature that is shown at the end of the code, which is within a call."""
        answer = self._ask_at_end("textDocument/signatureHelp", code)
        signature: dict[str, Any]
        (signature,) = answer["signatures"]
        return signature

    def read_completions(self, code: str) -> list[str]:
        """Return what may follow the code."""
        return [item["label"] for item in self._ask_at_end("textDocument/completion", code)["items"]]

    def _ask_at_end(self, method: str, code: str) -> dict[str, Any]:
        uri = (self._folder / "typed.py").as_uri()
        self._version += 1
        if self._version == 1:
            document = {"uri": uri, "languageId": "python", "version": self._version, "text": code}
            self._send(method="textDocument/didOpen", params={"textDocument": document})
        else:
            changes = {"textDocument": {"uri": uri, "version": self._version}, "contentChanges": [{"text": code}]}
            self._send(method="textDocument/didChange", params=changes)
        lines = code.split("\n")
        position = {"line": len(lines) - 1, "character": len(lines[-1])}
        answer: dict[str, Any] = self._request(method, textDocument={"uri": uri}, position=position)
        return answer

    def _request(self, method: str, **params: Any) -> Any:
        self._last_id += 1
        self._send(id=self._last_id, method=method, params=params)
        while True:
            message = self._receive()
            if message.get("id") == self._last_id and "method" not in message:
                assert "error" not in message, message
                return message["result"]
            if "id" in message:  # the server asks for the editor's settings, or reports progress
                items = message.get("params", {}).get("items", [])
                settings = [_SETTINGS.get(item.get("section"), {}) for item in items]
                self._send(id=message["id"], result=settings or None)

    def _send(self, **message: Any) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self._process.stdin.flush()

    def _receive(self) -> dict[str, Any]:
        assert self._process.stdout
        length = 0
        while line := self._process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        assert length, "the language server ended"
        message: dict[str, Any] = json.loads(self._process.stdout.read(length))
        return message
