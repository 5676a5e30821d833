"""The operator tells the webhooks of the policy, and a webhook that is broken leaves the task as it would be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from airflow.sdk.exceptions import AirflowFailException

from synth_expectations.airflow import SynthCheckpointOperator
from tests.cli.project import Project
from tests.webhook_server import serving_webhook

NOTIFICATIONS = "notifications:\n  crm: {url: '${SYNTH_TEST_HOOK}', format: json}\ntables:\n"


@pytest.mark.parametrize("answer", [200, 500])
def test_a_failure_is_told(project: Callable[[str], Project], monkeypatch: pytest.MonkeyPatch, answer: int) -> None:
    violated = project("violated")
    if "notifications" not in violated.policy.read_text():
        violated.edit("tables:\n", NOTIFICATIONS)
        violated.compile()
    pushed: dict[str, dict[str, object]] = {}
    now = datetime.now(UTC)
    context = {
        "ti": SimpleNamespace(xcom_push=lambda key, value: pushed.update({key: value})),
        "dag_run": SimpleNamespace(run_type="manual", data_interval_end=None, run_after=now),
    }
    operator = SynthCheckpointOperator(
        task_id="check", checkpoint="nightly", context_root_dir=str(violated.policy.parent)
    )
    with serving_webhook() as webhook:
        monkeypatch.setenv("SYNTH_TEST_HOOK", f"{webhook.url}crm")
        webhook.answers["crm"] = answer
        with pytest.raises(AirflowFailException):
            operator.execute(context)
    assert [table["table"] for table in webhook.documents["crm"]["tables"]] == ["contact"]
    [run] = pushed["return_value"]["runs"]  # type: ignore[misc]
    told = [note for note in run["notes"] if "notification" in note]
    assert told == ([] if answer == 200 else ["The notification crm was not sent: the server answered 500."])
