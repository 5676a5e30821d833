"""The pages of a pack: the evidence site of its entries, with links to its own files."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from synth_expectations.evidence.ledger.entry import Entry
from synth_expectations.evidence.ledger.errors import NotIncludedError
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.ledger.store import DirectoryStore
from synth_expectations.evidence.pack.period_entries import PeriodEntries
from synth_expectations.evidence.site.builder import write_site

_LINK = re.compile(rb' href="([./]*)objects/([0-9a-f]{64})([^"]*)"')


class PackedLedger(EvidenceLedger):
    """The ledger of a pack: its headers, and the bodies that it has.

    Args:
        directory: where the site is made; its pages find the objects beside them.
        entries: of the pack.
        files: of the pack, by path.
    """

    def __init__(self, directory: Path, entries: PeriodEntries, files: Mapping[str, bytes]) -> None:
        super().__init__(DirectoryStore(directory))
        self._entries = entries.entries
        self._files = files

    def read_entries(self, since: int = 1) -> Iterator[Entry]:
        """Yield the entries of the pack, from a number on."""
        yield from self._entries[since - 1 :]

    def read_object(self, digest: str) -> bytes:
        """Return the bytes of a digest.

        Raises:
            NotIncludedError: they belong to another period.
        """
        content = self._files.get(f"objects/{digest}", self._files.get(f"policy/{digest}.yml"))
        if content is None:
            raise NotIncludedError(f"The object {digest[:12]}… is not in this pack.")
        return content


def make_site(entries: PeriodEntries, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files of the site, by their path in the pack.

    A link leads to the object, or to its copy with pseudonyms; what the pack does not have is not a link.

    Args:
        entries: of the pack.
        files: of the pack, by path.
    """
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        write_site(PackedLedger(directory, entries, files), directory / "site", keep_state=False)
        pages = [path for path in sorted((directory / "site").rglob("*")) if path.is_file()]
        return {path.relative_to(directory).as_posix(): _relink(path.read_bytes(), files) for path in pages}


def _relink(content: bytes, files: Mapping[str, bytes]) -> bytes:
    def replace(match: re.Match[bytes]) -> bytes:
        digest = match[2].decode()
        for path in (f"objects/{digest}", f"pseudonymised/{digest}.json", f"policy/{digest}.yml"):
            if path in files:
                return b' href="' + match[1] + path.encode() + match[3] + b'"'
        return b""

    return _LINK.sub(replace, content)
