"""Send a run to OpenLineage, as its client is configured. Whatever comes of it, the verdict stays."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from threading import Thread
from typing import Any
from uuid import UUID

import synth_expectations
from synth_expectations.errors import SynthError
from synth_expectations.report.model import RunReport
from synth_expectations.report.openlineage import build_inputs, build_run_facets

SECONDS = 15.0
"""How long the events of a run may take together, with the client's own attempts."""

PARENT = "OPENLINEAGE_PARENT_ID"
"""The run that started this one, as `NAMESPACE/JOB/RUN`: what Airflow's macro `lineage_parent_id` gives."""


def open_client() -> Any:
    """Return the client of OpenLineage, as the environment or openlineage.yml configures it.

    Raises:
        SynthError: it is not installed, or configured to nothing; nothing was run.
    """
    try:
        from openlineage.client import OpenLineageClient
    except ImportError:
        hint = "Install synth-expectations with the extra openlineage."
        raise SynthError("The package openlineage-python is not installed.", hint) from None
    hint = "Set OPENLINEAGE_URL, or name a transport in openlineage.yml, as the documentation of OpenLineage says."
    try:
        with _quiet():
            client = OpenLineageClient()
    except Exception as error:  # noqa: BLE001 - a transport of any kind, with a configuration of any content
        raise SynthError(f"OpenLineage is not configured well: {type(error).__name__}.", hint) from None
    if client.transport.kind == "console" and not client.config.transport:
        raise SynthError("OpenLineage is not configured, so nobody would get the lineage.", hint)
    return client


def send_lineage(client: Any, report: RunReport, seconds: float = SECONDS) -> RunReport:
    """Send the start and the end of a run, and return its report, with a note if they were not sent.

    Args:
        client: of OpenLineage.
        report: of the run.
        seconds: how long to wait.
    """
    reasons = [f"there was no answer within {seconds:g} s"]

    def work() -> None:
        try:
            with _quiet():
                for event in build_events(report):
                    client.emit(event)
                client.close(seconds)
            reasons.clear()
        except Exception as error:  # noqa: BLE001 - whatever a transport raises; its message may have the address
            reasons[:] = [type(error).__name__]

    thread = Thread(target=work, daemon=True)
    thread.start()
    thread.join(seconds)
    notes = [f"The lineage was not sent: {reason}." for reason in list(reasons)]
    if PARENT in os.environ and _read_parent() is None:
        notes.append(f"{PARENT} is not NAMESPACE/JOB/RUN, so the lineage names no parent.")
    return replace(report, notes=(*report.notes, *notes))


def build_events(report: RunReport) -> list[Any]:
    """Return the start of a run, and its end with the tables, the assertions and the tests."""
    from openlineage.client.event_v2 import Job, Run, RunEvent, RunState
    from openlineage.client.facet_v2 import job_type_job, parent_run
    from openlineage.client.uuid import generate_new_uuid

    namespace = os.environ.get("OPENLINEAGE_NAMESPACE") or "default"
    run_id = str(generate_new_uuid(report.started_at))
    facets: dict[str, Any] = {}
    if parent := _read_parent():
        parent_namespace, parent_name, parent_id = parent
        facets["parent"] = parent_run.ParentRunFacet(
            run=parent_run.Run(runId=parent_id), job=parent_run.Job(namespace=parent_namespace, name=parent_name)
        )
    kind = job_type_job.JobTypeJobFacet(processingType="BATCH", integration="SYNTH_EXPECTATIONS", jobType="CHECKPOINT")
    job = Job(namespace=namespace, name=f"synth_expectations.{report.checkpoint}", facets={"jobType": kind})
    common: dict[str, Any] = {"job": job, "producer": f"urn:synth-expectations:{synth_expectations.__version__}"}
    inputs = build_inputs([report])
    return [
        RunEvent(
            eventType=RunState.START,
            eventTime=report.started_at.isoformat(),
            run=Run(runId=run_id, facets=facets),
            inputs=[_name_only(dataset) for dataset in inputs],
            **common,
        ),
        RunEvent(
            eventType=RunState.FAIL if report.exit_code else RunState.COMPLETE,
            eventTime=report.finished_at.isoformat(),
            run=Run(runId=run_id, facets={**facets, **build_run_facets([report])}),
            inputs=inputs,
            **common,
        ),
    ]


def _name_only(dataset: Any) -> Any:
    return type(dataset)(namespace=dataset.namespace, name=dataset.name)


def _read_parent() -> tuple[str, str, str] | None:
    namespace, _, rest = os.environ.get(PARENT, "").partition("/")
    name, _, run = rest.rpartition("/")
    try:
        return (namespace, name, str(UUID(run))) if namespace and name else None
    except ValueError:
        return None


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the client's log, which may have the address and whole events, off the terminal."""
    logger = logging.getLogger("openlineage")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(level)
