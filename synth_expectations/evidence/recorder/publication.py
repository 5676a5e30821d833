"""Write the site of a ledger after a run, beside the ledger."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from synth_expectations.engine.object_addresses import is_address
from synth_expectations.errors import SynthError
from synth_expectations.evidence.ledger.errors import build_unwritable_error
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.ledger.location import open_store
from synth_expectations.evidence.site.builder import write_site
from synth_expectations.report.model import RunReport

SITE = "site"
"""The directory of the pages, below that of the ledger."""


def publish_run(report: RunReport) -> RunReport:
    """Write the pages that a run changes, and return its report with the first of them, or with why there are none.

    Nothing is written of a run that is not recorded, or whose ledger is not a directory. Whatever comes of it, the verdict
    stays.
    """
    if report.entry is None or is_address(report.entry.ledger):
        return report
    directory = Path(report.entry.ledger)
    try:
        summary = write_site(EvidenceLedger(open_store(report.entry.ledger, directory)), directory / SITE)
    except OSError as error:
        return _add_note(report, str(build_unwritable_error(str(directory / SITE), error)))
    except SynthError as error:
        return _add_note(report, str(error))
    return replace(report, entry=replace(report.entry, site=str(summary.index)))


def _add_note(report: RunReport, sentence: str) -> RunReport:
    return replace(report, notes=(*report.notes, f"The pages of the run were not written. {sentence}"))
