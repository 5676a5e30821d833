"""The file beside the site that spares reading the whole ledger again; whatever is odd about it, it is made anew."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from pathlib import Path

from pydantic import ValidationError

from synth_expectations.engine.atomic_file import replaced_file
from synth_expectations.evidence.canonical import compute_digest
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.site.state import SiteState


def find_state_file(directory: Path) -> Path:
    """Return where the state of a site lies: beside its directory, so that a copy of the site has no more than pages."""
    return directory.with_name(f".{directory.name}.state")


def read_state(directory: Path, ledger: EvidenceLedger) -> SiteState | None:
    """Return the state of a site as it was left; None if the site must be made anew.

    That is so if the file is missing, altered, of another version of this package or of another ledger, and if the
    ledger no longer has the entry that was its head then.
    """
    try:
        digest, _, content = find_state_file(directory).read_bytes().partition(b"\n")
    except OSError:
        return None
    if compute_digest(content).encode() != digest:
        return None
    try:
        state = SiteState.model_validate_json(content)
    except ValidationError:
        return None
    if state.software != compute_software_digest() or not state.head:
        return None
    header = ledger.store.read(f"ledger/{state.head:08d}.json")
    return state if header is not None and compute_digest(header) == state.head_digest else None


def write_state(directory: Path, state: SiteState) -> None:
    """Write the state of a site beside it."""
    content = state.model_dump_json(exclude_defaults=True).encode("utf-8", "surrogatepass")
    with replaced_file(find_state_file(directory)) as temporary:
        temporary.write_bytes(compute_digest(content).encode() + b"\n" + content)


@cache
def compute_software_digest() -> str:
    """Return a digest of all that makes pages: another one means other pages from the same ledger."""
    digest = hashlib.sha256()
    package = files("synth_expectations")
    evidence = package / "evidence"
    for directory in (evidence / "site", evidence / "site" / "templates", evidence / "findings", package / "controls"):
        for file in sorted(directory.iterdir(), key=lambda file: file.name):
            if file.is_file() and file.name.endswith((".py", ".html", ".css", ".yml")):
                digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()
