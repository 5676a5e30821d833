"""Signed tags of git that name the head of a ledger: whoever fetches the repository has a copy of it."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from synth_expectations.errors import SynthError
from synth_expectations.evidence.anchors.anchor import AnchorError
from synth_expectations.evidence.attestations.ssh_signature import parse_ssh_signature
from synth_expectations.evidence.keys.key_ring import KeyRing
from synth_expectations.redaction import mask_credentials

_SECONDS = 30.0
_MESSAGE = re.compile(r"synth-expectations ledger ([0-9a-f-]{36})\nentry ([0-9]+)\nsha256 ([0-9a-f]{64})\n")
_SIGNATURE = re.compile(rb"^-----BEGIN (SSH|PGP) (SIGNATURE|MESSAGE)-----$", re.MULTILINE)
_TAGGER = re.compile(r"^tagger .* ([0-9]+) [+-][0-9]{4}$", re.MULTILINE)


@dataclass(frozen=True)
class LedgerTag:
    """A tag that names an entry of a ledger.

    Attributes:
        content: the object of the tag, as git has it.
        project: the id of the ledger.
        seq: the number of the entry.
        digest: the SHA-256 of its header.
        time: as the tag says.
        signature: `SSH`, `PGP`, or empty for a tag that nobody signed.
    """

    content: bytes
    project: str
    seq: int
    digest: str
    time: datetime
    signature: str

    def find_signer(self, ring: KeyRing | None) -> str | None:
        """Return the id of the key of a ring that signed the tag with SSH; None if none did."""
        match = _SIGNATURE.search(self.content)
        if ring is None or match is None or self.signature != "SSH":
            return None
        try:
            signature = parse_ssh_signature(self.content[match.start() :].decode(), "the tag")
        except (SynthError, ValueError):
            return None
        is_signed = signature.key.keyid in ring.keys and signature.is_over(self.content[: match.start()], "git")
        return signature.key.keyid if is_signed else None


def parse_tag(content: bytes) -> LedgerTag:
    """Return what the object of a tag says.

    Raises:
        AnchorError: it names no entry of a ledger.
    """
    text = content.decode("utf-8", "replace")
    head, _, message = text.partition("\n\n")
    named, tagger = _MESSAGE.match(message), _TAGGER.search(head)
    if named is None or tagger is None:
        raise AnchorError("The tag names no entry of a ledger.")
    signature = _SIGNATURE.search(content)
    return LedgerTag(
        content=content,
        project=named[1],
        seq=int(named[2]),
        digest=named[3],
        time=datetime.fromtimestamp(int(tagger[1]), UTC),
        signature=signature[1].decode() if signature else "",
    )


class TagRepository:
    """The tags of one ledger in a git repository.

    Args:
        path: of the repository.
        project: the id of the ledger.
    """

    def __init__(self, path: Path, project: str) -> None:
        self._path = path
        self._project = project

    def add_tag(self, seq: int, digest: str, remote: str | None) -> tuple[str, LedgerTag]:
        """Make a signed tag that names an entry, and push it if there is a remote; return its name and the tag.

        A tag that is there already, such as one whose push failed, is held against the entry and used.

        Raises:
            AnchorError: git refuses, signs nothing, or has another tag of this name.
        """
        name = self._name_tag(seq)
        if not self._has_tag(name):
            message = f"synth-expectations ledger {self._project}\nentry {seq}\nsha256 {digest}\n"
            self._git("tag", "--sign", "--cleanup=verbatim", "--message", message, name)
        tag = self._read_tag(name)
        if (tag.project, tag.seq, tag.digest) != (self._project, seq, digest):
            raise AnchorError(
                f"The repository has a tag {name} of another entry: one of the two ledgers was rewritten.",
                "Find out which one is older: audit verify --anchors REPOSITORY",
            )
        if not tag.signature:
            raise AnchorError(
                f"The tag {name} is not signed, so anybody could have made it.",
                "Let git sign it: git config user.signingkey, and gpg.format ssh for a key of SSH.",
            )
        if remote:
            self._git("push", "--quiet", remote, f"refs/tags/{name}")
        return name, tag

    def list_tags(self) -> Iterator[LedgerTag]:
        """Yield the tags of the ledger."""
        pattern = f"refs/tags/synth-ledger/{self._project[:8]}/"
        for name in self._git("for-each-ref", "--format=%(refname:strip=2)", pattern).decode().split():
            tag = self._read_tag(name)
            if tag.project == self._project:
                yield tag

    def has_entry(self, seq: int, digest: str) -> bool:
        """Return whether a signed tag names an entry, with this SHA-256.

        Raises:
            AnchorError: git cannot be asked, or the tag is none of ours.
        """
        name = self._name_tag(seq)
        if not self._has_tag(name):
            return False
        tag = self._read_tag(name)
        return (tag.project, tag.seq, tag.digest) == (self._project, seq, digest) and bool(tag.signature)

    def _name_tag(self, seq: int) -> str:
        return f"synth-ledger/{self._project[:8]}/{seq}"

    def _has_tag(self, name: str) -> bool:
        return bool(self._git("for-each-ref", f"refs/tags/{name}").strip())

    def _read_tag(self, name: str) -> LedgerTag:
        kind = self._git("cat-file", "-t", f"refs/tags/{name}").decode().strip()
        if kind != "tag":
            raise AnchorError(f"The tag {name} is not signed: it is a bare name of a {kind}.", "Remove it.")
        return parse_tag(self._git("cat-file", "tag", f"refs/tags/{name}"))

    def _git(self, *arguments: str) -> bytes:
        try:
            done = subprocess.run(  # noqa: S603 - no shell, and names that this class makes
                ["git", "-C", str(self._path), *arguments],  # noqa: S607 - whichever git the user has
                capture_output=True,
                stdin=subprocess.DEVNULL,
                timeout=_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise AnchorError(f"git {arguments[0]} did not end within {_SECONDS:g} s.") from None
        except OSError as error:
            raise AnchorError(f"git cannot be run: {error.strerror}.", "Install it.") from None
        if done.returncode:
            lines = mask_credentials(done.stderr.decode("utf-8", "replace")).replace(f"{self._path}", ".").split("\n")
            reason = next((line for line in lines if line.strip()), "no reason")
            raise AnchorError(f"git {arguments[0]} failed: {reason.strip().rstrip('.')}.")
        return done.stdout


def is_repository(path: Path) -> bool:
    """Return whether a directory is a git repository: one with a working tree, or a bare one."""
    return (path / ".git").exists() or ((path / "HEAD").is_file() and (path / "refs").is_dir())
