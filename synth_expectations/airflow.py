"""An operator for Airflow 3 that runs checkpoints. Only `airflow.sdk` is imported until the task runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from airflow.sdk import BaseOperator
from airflow.sdk.exceptions import AirflowException, AirflowFailException

if TYPE_CHECKING:
    from synth_expectations.report.model import RunReport


class SynthCheckpointOperator(BaseOperator):  # type: ignore[misc]  # Airflow is not where types are checked
    """Runs checkpoints of a compiled project, one after the other, and gates what comes after the task.

    The summary (verdict, counts, by control, where results and Data Docs are) is the task's XCom, also when it fails, and
    the `extra` of the events of its outlets, which are sent only when it passes.

    Args:
        checkpoint: its name, or those of several: Great Expectations is then imported once for all.
        context_root_dir: the directory of great_expectations.yml.
        as_of: the moment for which time is judged, ISO 8601; without an offset, UTC. The default is the end of the data
            interval of a scheduled run or backfill, and of any other run the moment from which it could start.
        batch_parameters: of tables with such batches: `year`, `month` and `day`, as Great Expectations names them; of a
            day as text, all of them: `{"day": "2026-11-22"}`.
        expectation_parameters: of expectations whose arguments are a `$PARAMETER`.
        fail_on: the least severity that fails the task (`critical`, `warning` or `info`); None is what each checkpoint says.
        tables: a pattern of table names; None is all.

    Raises:
        AirflowFailException: something is violated: to try again would find the same.
        AirflowException: something was not evaluated, such as a database that did not answer: the task's retries apply.
    """

    template_fields: Sequence[str] = (
        "checkpoint", "context_root_dir", "as_of", "batch_parameters", "expectation_parameters", "fail_on", "tables",
    )  # fmt: skip
    ui_color = "#dceef7"

    def __init__(
        self,
        *,
        checkpoint: str | Sequence[str],
        context_root_dir: str,
        as_of: str | None = None,
        batch_parameters: Mapping[str, Any] | None = None,
        expectation_parameters: Mapping[str, Any] | None = None,
        fail_on: str | None = None,
        tables: str | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.checkpoint = checkpoint
        self.context_root_dir = context_root_dir
        self.as_of = as_of
        self.batch_parameters = batch_parameters
        self.expectation_parameters = expectation_parameters
        self.fail_on = fail_on
        self.tables = tables
        self.reports: list[RunReport] = []

    def execute(self, context: Any) -> dict[str, Any]:
        """Run them, push the summary, and fail if something is violated or was not evaluated."""
        from synth_expectations.rules.verdict import Verdict
        from synth_expectations.runner.checkpoints import run_checkpoints

        self.reports, summary = run_checkpoints(
            [self.checkpoint] if isinstance(self.checkpoint, str) else list(self.checkpoint),
            self.context_root_dir,
            as_of=self.as_of or _moment_of(context).isoformat(),
            batch_parameters=self.batch_parameters,
            expectation_parameters=self.expectation_parameters,
            fail_on=self.fail_on,
            tables=self.tables,
            tell=self.log.info,
        )
        if summary["verdict"] in {Verdict.FAILED, Verdict.ERRORED}:
            context["ti"].xcom_push(key="return_value", value=summary)
            kind = AirflowFailException if summary["verdict"] == Verdict.FAILED else AirflowException
            raise kind(summary["message"])
        for outlet in self.outlets:
            context["outlet_events"][outlet].extra = {"synth_expectations": summary}
        return summary

    def get_openlineage_facets_on_complete(self, task_instance: Any) -> Any:
        """What OpenLineage is told: an assertion for each expectation, by table."""
        from synth_expectations.report.openlineage import build_lineage

        return build_lineage(self.reports)

    get_openlineage_facets_on_failure = get_openlineage_facets_on_complete


def _moment_of(context: Any) -> datetime:
    from synth_expectations.runner.judged_at import judged_at

    run = context["dag_run"]
    return judged_at(
        str(getattr(run.run_type, "value", run.run_type)), run.data_interval_end, run.run_after
    ).astimezone(UTC)
