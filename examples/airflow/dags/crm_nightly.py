"""Every night: is synthetic data in the CRM governed? What must not see bad data starts only if it is.

The Airflow Variable `synth_project` holds the directory of great_expectations.yml.
"""

from datetime import datetime, timedelta

from airflow.sdk import DAG, Asset, task

from synth_expectations.airflow import SynthCheckpointOperator

governed = Asset("crm_governed")

with DAG("crm_nightly", schedule="0 3 * * *", start_date=datetime(2026, 11, 1), catchup=False):
    check = SynthCheckpointOperator(
        task_id="check",
        checkpoint="nightly",
        context_root_dir="{{ var.value.synth_project }}",
        # Yesterday, for tables with daily batches: the day before the moment from which the run could start. That is the
        # same for scheduled runs, backfills and manual ones; tables without batches are read as a whole.
        batch_parameters={"day": "{{ macros.ds_add(dag_run.run_after | ds, -1) }}"},
        outlets=[governed],
        retries=2,  # of errors; violations fail at once
        retry_delay=timedelta(minutes=5),
    )

    @task
    def publish(summary: dict) -> str:
        """Stands for what must not see bad data."""
        return f"published: {summary['message']}"

    publish(check.output)

with DAG("crm_reporting", schedule=[governed], start_date=datetime(2026, 11, 1)):

    @task
    def report(triggering_asset_events: dict) -> str:
        """Another DAG that starts only when the check has passed, with what it found."""
        return triggering_asset_events[governed][-1].extra["synth_expectations"]["message"]

    report()
