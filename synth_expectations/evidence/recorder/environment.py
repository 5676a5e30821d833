"""Who started a run, and by what: as the environment says it, which proves nothing."""

from __future__ import annotations

import getpass
from collections.abc import Mapping

from synth_expectations.evidence.records.run import ActorRecord, TriggerRecord
from synth_expectations.redaction import mask_credentials

_CI_USERS = ("GITHUB_ACTOR", "GITLAB_USER_LOGIN", "BUILD_REQUESTEDFOR", "BUILD_USER_ID")
"""Variables with the user of GitHub Actions, GitLab CI, Azure Pipelines and Jenkins."""
_CI = ("CI", "TF_BUILD", "JENKINS_URL")
_LONGEST = 500


def read_actor(environment: Mapping[str, str]) -> ActorRecord:
    """Return who started the run."""
    if environment.get("AIRFLOW_CTX_DAG_ID"):
        return ActorRecord(kind="airflow", claimed=_clean(environment.get("AIRFLOW_CTX_DAG_OWNER", "")))
    if any(environment.get(name) for name in _CI):
        return ActorRecord(kind="ci", claimed=_clean(next(filter(None, map(environment.get, _CI_USERS)), "")))
    try:
        return ActorRecord(kind="person", claimed=_clean(getpass.getuser()))
    except (OSError, KeyError, ImportError):  # a container's user may have no name
        return ActorRecord(kind="person")


def read_trigger(environment: Mapping[str, str]) -> TriggerRecord:
    """Return what started the run."""
    url = environment.get("CI_JOB_URL") or environment.get("BUILD_URL") or _find_github_run(environment)
    return TriggerRecord(
        dag_run_id=_clean(environment.get("AIRFLOW_CTX_DAG_RUN_ID", "")) or None,
        ci_url=_clean(mask_credentials(url)) if url else None,
    )


def _clean(text: str) -> str:
    """Return a text of the environment, with what is not UTF-8 replaced, and no longer than a page can show."""
    return text.encode("utf-8", "replace").decode()[:_LONGEST]


def _find_github_run(environment: Mapping[str, str]) -> str | None:
    parts = [environment.get(name) for name in ("GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "GITHUB_RUN_ID")]
    return "{}/{}/actions/runs/{}".format(*parts) if all(parts) else None
