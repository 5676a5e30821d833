"""Submodules of Git that are not checked out: their folders are empty, and what they hold is not seen."""

from __future__ import annotations

import re
from collections.abc import Iterator

from synth_expectations.gate.decoding import decode
from synth_expectations.gate.model import UnreadFile, UnreadFileError
from synth_expectations.gate.production import ProductionScope
from synth_expectations.gate.repository import FileTree, resolve

_PATH = re.compile(r"(?m)^[ \t]*path[ \t]*=[ \t]*\"?([^\"\r\n]+?)\"?[ \t]*$")
_MAX_BYTES = 1_000_000


def list_absent_submodules(tree: FileTree, scope: ProductionScope) -> Iterator[UnreadFile]:
    """Yield the submodules that the repository names and that have no file here."""
    file = tree.files.get(".gitmodules")
    if file is None:
        return
    try:
        text = decode(file.read_bytes(_MAX_BYTES))
    except UnreadFileError as error:
        yield UnreadFile(file.path, str(error), is_context=True)
        return
    for name in sorted(set(_PATH.findall(text))):
        path = resolve("", name)
        if path and not any(known.startswith(f"{path}/") for known in tree.files):
            bound = scope.find_named(f"{path}/file")
            reason = bound.reason if bound and bound.is_certain else ""
            yield UnreadFile(path, "it is a submodule of Git that is not checked out", reason)
