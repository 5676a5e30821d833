"""How to run a checkpoint."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from synth_expectations.report.expectation_report import Severity
from synth_expectations.runner.selection import Selection


@dataclass(frozen=True)
class Options:
    """How to run a checkpoint.

    Attributes:
        batch: the day or month to check, of tables that have such batches.
        as_of: the time for which expectations are evaluated; None is the start of the run.
        fail_on: the least severity that fails the run; None is the checkpoint's own.
        selection: of the checkpoint's tables.
        parameters: values of the expectations' `$PARAMETER`s.
        quarantine: the directory for the keys of all violating records; None for none.
        quarantine_identifiers: whether the identifiers of the records are listed too.
        workers: how many tables are evaluated at the same time.
        through_great_expectations: whether all tables go through Great Expectations, also those that need not: so that
            both ways can be compared.
        docs: whether the Data Docs of Great Expectations are built after the tables. It is imported for that.
    """

    batch: str | None = None
    as_of: datetime | None = None
    fail_on: Severity | None = None
    selection: Selection = field(default_factory=Selection)
    parameters: Mapping[str, Any] = field(default_factory=dict)
    quarantine: Path | None = None
    quarantine_identifiers: bool = False
    workers: int = 1
    through_great_expectations: bool = False
    docs: bool = False
