"""For those who keep Great Expectations out of Airflow's environment: two ways, without the operator.

The Airflow Variables `synth_project` and `synth_python` hold the directory of great_expectations.yml, and the Python of a
virtual environment that has synth-expectations.
"""

from datetime import datetime

from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG, task

with DAG("crm_external_python", schedule=None, start_date=datetime(2026, 11, 1)):

    @task.external_python(python="{{ var.value.synth_python }}", expect_airflow=False)
    def check(project: str, as_of: str) -> dict:
        """The summary is its XCom; a verdict that is neither passed nor nothing to check fails it."""
        from synth_expectations.runner.checkpoints import run_checkpoints

        _, summary = run_checkpoints(["nightly"], project, as_of)
        if summary["exit_code"]:
            raise SystemExit(summary["message"])
        return summary

    check("{{ var.value.synth_project }}", "{{ dag_run.run_after.isoformat() }}")

with DAG("crm_bash", schedule=None, start_date=datetime(2026, 11, 1)):
    BashOperator(
        task_id="check",
        # exit 1, violations: fail at once, as to skip_on_exit_code nothing else is said; 2, errored: retries apply
        bash_command="{{ var.value.synth_python }} -m synth_expectations run nightly"
        " --project {{ var.value.synth_project }} --as-of {{ dag_run.run_after.isoformat() }}",
    )
