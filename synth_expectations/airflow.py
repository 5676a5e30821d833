"""The Airflow 3 operator that runs checkpoints. Until the task runs, it imports `airflow.sdk` only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from airflow.sdk import BaseOperator
from airflow.sdk.exceptions import AirflowException, AirflowFailException

if TYPE_CHECKING:
    from synth_expectations.report.model import RunReport


class SynthCheckpointOperator(BaseOperator):  # type: ignore[misc]  # Airflow is not where types are checked
    """Runs checkpoints of a compiled project, one after the other, and fails the task if they do not pass.

    The summary (verdict, counts, controls, paths of results and Data Docs) is the XCom of the task, also when it fails.
    It is also the `extra` of the events of its outlets, which are sent only when the task passes.

    Args:
        checkpoint: the name of a checkpoint, or of several: they then run one after the other.
        context_root_dir: the directory of great_expectations.yml.
        as_of: the time for which expectations are evaluated, ISO 8601; without an offset, UTC. The default is the end of the data
            interval of a scheduled run or backfill, and for any other run the time from which it could start.
        batch_parameters: for tables with batches: `year`, `month` and `day`, as Great Expectations names them; or a
            whole day as text, `{"day": "2026-11-22"}`.
        expectation_parameters: values of the expectations' `$PARAMETER`s.
        fail_on: the least severity that fails the task (`critical`, `warning` or `info`); None is the checkpoint's own.
        tables: a pattern of table names; None is all.
        docs: whether the Data Docs of Great Expectations are built after each checkpoint.

    Raises:
        AirflowFailException: a record breaks a rule: to try again would find the same.
        AirflowException: something was not evaluated, for instance because a database did not answer. Airflow retries.
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
        docs: bool = False,
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
        self.docs = docs
        self.reports: list[RunReport] = []

    def execute(self, context: Any) -> dict[str, Any]:
        """Run the checkpoints, push the summary, and fail the task if they do not pass."""
        from synth_expectations.rules.verdict import Verdict
        from synth_expectations.runner.checkpoints import run_checkpoints

        self.reports, summary = run_checkpoints(
            [self.checkpoint] if isinstance(self.checkpoint, str) else list(self.checkpoint),
            self.context_root_dir,
            as_of=self.as_of or _default_as_of(context).isoformat(),
            batch_parameters=self.batch_parameters,
            expectation_parameters=self.expectation_parameters,
            fail_on=self.fail_on,
            tables=self.tables,
            docs=self.docs,
            tell=self.log.info,
        )
        if summary["verdict"] in {Verdict.FAILED, Verdict.ERRORED}:
            context["ti"].xcom_push(key="return_value", value=summary)
            error_class = AirflowFailException if summary["verdict"] == Verdict.FAILED else AirflowException
            raise error_class(summary["message"])
        for outlet in self.outlets:
            context["outlet_events"][outlet].extra = {"synth_expectations": summary}
        return summary

    def get_openlineage_facets_on_complete(self, task_instance: Any) -> Any:
        """Return the facets of OpenLineage: an assertion for each expectation, by table, and the tests of the run."""
        from synth_expectations.report.openlineage import build_operator_lineage

        return build_operator_lineage(self.reports)

    get_openlineage_facets_on_failure = get_openlineage_facets_on_complete


def _default_as_of(context: Any) -> datetime:
    from synth_expectations.runner.data_interval import choose_as_of

    run = context["dag_run"]
    run_type = str(getattr(run.run_type, "value", run.run_type))
    return choose_as_of(run_type, run.data_interval_end, run.run_after).astimezone(UTC)
