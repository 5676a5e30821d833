"""What the examples do not show: several checkpoints in one task, a templated as_of, a retry, and a wrong name."""

from datetime import datetime, timedelta

from airflow.sdk import DAG

from synth_expectations.airflow import SynthCheckpointOperator

ROOT = "{{ var.value.synth_project }}"

with DAG("crm_two", schedule=None, start_date=datetime(2026, 11, 1)):
    SynthCheckpointOperator(
        task_id="check",
        checkpoint=["nightly", "sends"],
        context_root_dir=ROOT,
        as_of="{{ macros.ds_add(dag_run.run_after | ds, -1) }}T12:00:00Z",
        fail_on="{{ 'critical' }}",
        docs=True,
    )

with DAG("crm_unknown", schedule=None, start_date=datetime(2026, 11, 1)):
    SynthCheckpointOperator(task_id="check", checkpoint="nigthly", context_root_dir=ROOT)

with DAG("crm_retried", schedule=None, start_date=datetime(2026, 11, 1)):
    SynthCheckpointOperator(
        task_id="check", checkpoint="nightly", context_root_dir=ROOT, retries=1, retry_delay=timedelta(seconds=1)
    )
