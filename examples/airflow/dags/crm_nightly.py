"""Check the synthetic data of the CRM every night. Downstream tasks and DAGs start only if the check passes.

The Airflow Variable `synth_project` contains the directory of great_expectations.yml.
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
        # Check yesterday's batch: the day before the run could start. This is right for scheduled runs, backfills and
        # manual runs. Tables without batches are read as a whole.
        batch_parameters={"day": "{{ macros.ds_add(dag_run.run_after | ds, -1) }}"},
        outlets=[governed],
        retries=2,  # only errors are retried; violations fail at once
        retry_delay=timedelta(minutes=5),
    )

    @task
    def publish(summary: dict) -> str:
        """Stand in for a task that must not see bad data."""
        return f"published: {summary['message']}"

    publish(check.output)

with DAG("crm_reporting", schedule=[governed], start_date=datetime(2026, 11, 1)):

    @task
    def report(triggering_asset_events: dict) -> str:
        """Start another DAG, with the summary of the check, only after the check has passed."""
        return triggering_asset_events[governed][-1].extra["synth_expectations"]["message"]

    report()
