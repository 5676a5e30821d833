"""What a checkpoint ran, held against the files that the policy was compiled to, and against the day it was to judge."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from great_expectations.checkpoint import CheckpointResult
from great_expectations.core import ExpectationSuiteValidationResult

from synth_expectations.errors import SynthError
from synth_expectations.expectations.catalogue import all_expectations
from synth_expectations.validation.arguments import has_parameter
from synth_expectations.validation.sources.date_partitions import PARTITION_PARTS

Suites = Mapping[str, Mapping[str, Any] | None]
"""Suites as they lie in the store, by name; None for one that is gone."""


def find_lock_problems(context: Any, checkpoint_result: CheckpointResult, suites: Suites) -> Iterator[str]:
    """Yield what differs from what was compiled, a sentence each; nothing for a checkpoint without a compiled suite.

    Args:
        context: of Great Expectations.
        checkpoint_result: what ran.
        suites: of what ran.
    """
    root = getattr(context, "root_directory", None)
    checkpoint = checkpoint_result.checkpoint_config
    try:
        stored = _read_checkpoint(context, checkpoint.name)
    except SynthError as error:
        yield str(error)
        return
    yield from _find_definitions_not_run(stored, checkpoint_result)
    if not root:
        return  # only a project on disk has a lock
    # late, and the only edge from this room to the policy: its models take as long to load as a small run
    from synth_expectations.policy.compile.verification import verify_project

    entries = stored.get("validation_definitions") or ()
    names = {*suites, *(str(entry.get("name")) for entry in entries if isinstance(entry, dict))}
    compiled = {name for name, suite in suites.items() if _compiled(suite)}
    try:
        yield from verify_project(Path(root)).find_changes(checkpoint.name, names, compiled)
    except SynthError as error:
        yield str(error)


def find_batch_problems(
    partitioner: Any, suite: Mapping[str, Any] | None, result: ExpectationSuiteValidationResult
) -> Iterator[str]:
    """Yield that nobody named the batch of a table, or that it has no records, as a sentence.

    Args:
        partitioner: of the batch definition; None for a whole table.
        suite: as it lies in the store.
        result: of its validation.
    """
    compiled = _compiled(suite)
    evaluated = [result.expectation_config for result in result.results if result.expectation_config]
    if partitioner is None or not any(configuration.type in all_expectations() for configuration in evaluated):
        return
    parts = PARTITION_PARTS.get(getattr(partitioner, "method_name", ""), ())
    named = result.meta.get("batch_parameters") or {}
    missing = [part for part in parts if named.get(part) is None]
    if missing:
        example = {"year": 2026, "month": 11, "day": 22}
        wanted = json.dumps({part: example[part] for part in parts})
        yield (
            f"It is checked by {parts[-1]}, and no {missing[-1]} was named, so Great Expectations took the last one: "
            f"run it with batch_parameters={wanted}."
        )
        return
    counts = [(result.result or {}).get("details", {}).get("census", {}).get("all") for result in result.results]
    if 0 in counts and compiled.get("empty_batch") != "nothing_to_check":
        batch = "-".join(f"{int(named[part]):02d}" for part in parts)
        yield f"The batch {batch} has no records: nothing was checked."


def find_other_than_stored(suite: Mapping[str, Any] | None, result: ExpectationSuiteValidationResult) -> Iterator[str]:
    """Yield the compiled expectations that ran otherwise than they are stored, because they were changed in memory."""
    if not _compiled(suite):
        return
    ran = {
        result.expectation_config.id: result.expectation_config
        for result in result.results
        if result.expectation_config
    }
    for stored in (suite or {}).get("expectations", ()):
        configuration = ran.get(stored.get("id"))
        if configuration is None:
            yield f"{stored['type']} is stored, but was not evaluated."
            continue
        severity = getattr(configuration.severity, "value", configuration.severity)
        if severity != stored.get("severity", severity):
            yield f"{stored['type']} ran with severity {severity}, but is stored with {stored['severity']}."
        for name in sorted({*stored["kwargs"], *(configuration.kwargs if _is_own(stored) else ())} - {"batch_id"}):
            was, now = stored["kwargs"].get(name), configuration.kwargs.get(name)
            if not has_parameter({name: was}) and _as_json(was) != _as_json(now):
                yield f"{stored['type']} ran with another {name} than is stored."


def _find_definitions_not_run(stored: Mapping[str, Any], checkpoint_result: CheckpointResult) -> Iterator[str]:
    """Yield the validation definitions that the stored checkpoint has, and that were not run."""
    ran = {result.meta.get("validation_id") for result in checkpoint_result.run_results.values()}
    for entry in stored.get("validation_definitions") or ():
        if isinstance(entry, dict) and entry.get("id") and entry["id"] not in ran:
            yield f"The validation definition {entry.get('name')} is stored in the checkpoint, but was not run."


def _read_checkpoint(context: Any, name: str) -> Mapping[str, Any]:
    """Return a checkpoint as it is stored; nothing of one that is only in memory.

    Raises:
        SynthError: what is stored is not a checkpoint.
    """
    backend = context.checkpoint_store.store_backend
    if not backend.has_key((name,)):
        return {}
    stored = backend.get((name,))
    try:
        stored = json.loads(stored) if isinstance(stored, str | bytes) else stored
    except ValueError:
        stored = None
    if not isinstance(stored, dict):
        raise SynthError(f"The checkpoint {name} cannot be read from its store.", "Compile it again.")
    return stored


def _compiled(suite: Mapping[str, Any] | None) -> Mapping[str, Any]:
    """Return what compile wrote into a suite about its table; nothing of a suite that was not compiled."""
    meta = (suite or {}).get("meta")
    compiled = meta.get("synth") if isinstance(meta, dict) else None
    return compiled if isinstance(compiled, dict) else {}


def _is_own(stored: Mapping[str, Any]) -> bool:
    return stored.get("type") in all_expectations()


def _as_json(value: Any) -> Any:
    """Return a value as JSON holds it: a tuple is a list there, and a key a text."""
    return json.loads(json.dumps(value, default=str))
