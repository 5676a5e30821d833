"""A state that is kept beside a ledger and spares reading all of it; whatever is odd about it, it is made anew."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from synth_expectations.engine.atomic_file import replaced_file
from synth_expectations.evidence.canonical import compute_digest
from synth_expectations.evidence.ledger.ledger import EvidenceLedger

_CODE = (".py", ".html", ".css", ".yml")


class KeptState(BaseModel, defer_build=True):
    """What is known of a ledger up to an entry.

    Attributes:
        software: a digest of what made it; another one may make it otherwise.
        head: the number of the last entry that was read; `head_digest` of its header.
    """

    software: str = ""
    head: int = 0
    head_digest: str = ""


State = TypeVar("State", bound=KeptState)


def read_state(path: Path, model: type[State], software: str, ledger: EvidenceLedger) -> State | None:
    """Return a state as it was left; None if it must be made anew.

    That is so if the file is missing, altered, of other software or of another ledger, and if the ledger no longer has
    the entry that was its head then.
    """
    try:
        digest, _, content = path.read_bytes().partition(b"\n")
    except OSError:
        return None
    if compute_digest(content).encode() != digest:
        return None
    try:
        state = model.model_validate_json(content)
    except ValidationError:
        return None
    if state.software != software or not state.head:
        return None
    header = ledger.store.read(f"ledger/{state.head:08d}.json")
    return state if header is not None and compute_digest(header) == state.head_digest else None


def write_state(path: Path, state: KeptState, mode: int) -> None:
    """Keep a state.

    Args:
        path: of its file.
        mode: the permissions that a new file asks for.

    Raises:
        OSError: it cannot be written.
    """
    content = state.model_dump_json(exclude_defaults=True).encode("utf-8", "surrogatepass")
    with replaced_file(path, mode) as temporary:
        temporary.write_bytes(compute_digest(content).encode() + b"\n" + content)


@cache
def compute_software_digest() -> str:
    """Return a digest of the code and templates that read a ledger and show it: other ones may make another state."""
    package = files("synth_expectations")
    digest = hashlib.sha256()
    for directory in (package / "evidence", package / "controls"):
        for name, content in _read_code(directory):
            digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def _read_code(directory: Traversable, inside: str = "") -> Iterator[tuple[str, bytes]]:
    for file in sorted(directory.iterdir(), key=lambda file: file.name):
        name = f"{inside}{file.name}"
        if file.is_dir():
            yield from _read_code(file, f"{name}/")
        elif name.endswith(_CODE):
            yield name, file.read_bytes()
