"""The stored result of a batch: a file of the run, as Great Expectations writes and reads it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from synth_expectations.engine.atomic_file import PRIVATE, replaced_file
from synth_expectations.engine.package_versions import read_version
from synth_expectations.errors import SynthError
from synth_expectations.validation.result_document import count_successes, format_document
from synth_expectations.validation.sources.tables import BatchDefinition, SourceTable

_TIME = "%Y%m%dT%H%M%S.%fZ"
"""How Great Expectations writes times in names and markers, in UTC."""


@dataclass(frozen=True)
class RunIdentity:
    """What the results of a run have in common.

    Attributes:
        name: of the run.
        started: aware.
        checkpoint_id: as it is stored.
        result_format: of the checkpoint; None for the default.
        directory: of the store of results.
    """

    name: str
    started: datetime
    checkpoint_id: str | None
    result_format: Any
    directory: Path


@dataclass(frozen=True)
class StoredBatch:
    """The batch that a result is about.

    Attributes:
        table: that it is part of.
        division: of the table into batches.
        id: of the batch.
        loaded: when its validation began; aware.
        chosen: year, month and day, as far as they choose the batch; None for a whole table.
    """

    table: SourceTable
    division: BatchDefinition
    id: str
    loaded: datetime
    chosen: Mapping[str, int] | None

    @property
    def identifiers(self) -> dict[str, dict[str, int]]:
        """What chooses the batch, by the column of its division; nothing for a whole table."""
        column = self.division.column
        return {column: dict(self.chosen)} if self.chosen and column else {}

    def describe(self) -> dict[str, Any]:
        """Return what the batch was read from, as Great Expectations stores it."""
        spec = self.table.describe_batch()
        spec["batch_identifiers"] = self.identifiers
        if self.identifiers:
            column = self.division.column
            spec |= {"partitioner_method": self.division.method, "partitioner_kwargs": {"column_name": column}}
        return spec


def store_result(
    results: Sequence[Mapping[str, Any]], batch: StoredBatch, run: RunIdentity, suite: str, definition_id: str | None
) -> Path:
    """Write the result of a batch, and return its file.

    Args:
        results: of its expectations.
        batch: that was evaluated.
        run: that it is part of.
        suite: the name of the suite.
        definition_id: the id of the validation definition, as it is stored.

    Raises:
        SynthError: it cannot be written.
    """
    started = f"{run.started.astimezone(UTC):{_TIME}}"
    file = run.directory / suite / run.name / started / f"{batch.id}.json"
    document = format_document(results, _head(results, batch, run, suite, definition_id)).encode()
    try:
        with replaced_file(file, PRIVATE) as temporary:
            temporary.write_bytes(document)
    except OSError as error:  # its name has the directory of the machine
        reason = error.strerror or type(error).__name__
        hint = "Make room for it, or let it be written, and run again."
        raise SynthError(f"Its result cannot be written: {reason}.", hint) from None
    return file


def _head(
    results: Sequence[Mapping[str, Any]], batch: StoredBatch, run: RunIdentity, suite: str, definition_id: str | None
) -> dict[str, Any]:
    statistics = count_successes(bool(result["success"]) for result in results)
    return {
        "id": None,
        "meta": {
            "great_expectations_version": read_version("great-expectations"),
            "batch_spec": batch.describe(),
            "batch_markers": {"ge_load_time": f"{batch.loaded:{_TIME}}"},
            "active_batch_definition": {
                "datasource_name": str(batch.table.datasource.name),
                "data_connector_name": "fluent",
                "data_asset_name": batch.table.name,
                "batch_identifiers": batch.identifiers,
            },
            "validation_id": definition_id,
            "checkpoint_id": run.checkpoint_id,
            "run_id": {"run_name": run.name, "run_time": run.started.isoformat()},
            "validation_time": run.started.isoformat(),
            "batch_parameters": dict(batch.chosen) if batch.chosen else None,
        },
        "statistics": statistics,
        "success": not statistics["unsuccessful_expectations"],
        "suite_name": suite,
        "suite_parameters": {},
    }
