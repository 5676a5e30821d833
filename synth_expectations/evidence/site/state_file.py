"""The file beside the site that spares reading the whole ledger again; whatever is odd about it, it is made anew."""

from __future__ import annotations

from pathlib import Path

from synth_expectations.engine.atomic_file import PUBLIC
from synth_expectations.evidence import kept_state
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.site.state import SiteState


def find_state_file(directory: Path) -> Path:
    """Return where the state of a site lies: beside its directory, so that a copy of the site has no more than pages."""
    return directory.with_name(f".{directory.name}.state")


def read_state(directory: Path, ledger: EvidenceLedger) -> SiteState | None:
    """Return the state of a site as it was left; None if the site must be made anew."""
    return kept_state.read_state(find_state_file(directory), SiteState, kept_state.compute_software_digest(), ledger)


def write_state(directory: Path, state: SiteState) -> None:
    """Write the state of a site beside it."""
    kept_state.write_state(find_state_file(directory), state, PUBLIC)
