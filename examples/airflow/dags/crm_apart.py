"""Run a checkpoint without Great Expectations in Airflow's environment, in two ways.

The Airflow Variable `synth_project` contains the directory of great_expectations.yml. The Variable `synth_python` contains the
Python of a virtual environment in which synth-expectations is installed.
"""

from datetime import datetime

from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG, task

with DAG("crm_external_python", schedule=None, start_date=datetime(2026, 11, 1)):

    @task.external_python(python="{{ var.value.synth_python }}", expect_airflow=False)
    def check(project: str, as_of: str) -> dict:
        """Return the summary as the XCom. Fail unless the verdict is *passed* or *nothing to check*."""
        from synth_expectations.runner.checkpoints import run_checkpoints

        _, summary = run_checkpoints(["nightly"], project, as_of)
        if summary["exit_code"]:
            raise SystemExit(summary["message"])
        return summary

    check("{{ var.value.synth_project }}", "{{ dag_run.run_after.isoformat() }}")

with DAG("crm_bash", schedule=None, start_date=datetime(2026, 11, 1)):
    BashOperator(
        task_id="check",
        # Exit code 1 means violations, and 2 means errored. Both fail the task.
        bash_command="{{ var.value.synth_python }} -m synth_expectations run nightly"
        " --project {{ var.value.synth_project }} --as-of {{ dag_run.run_after.isoformat() }}",
    )
