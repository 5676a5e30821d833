"""Compile two projects from the policy: one with the keys of violating records, and one without."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from ruamel.yaml import YAML

from benchmarks.peers.environments import variables

_ROOT = Path(__file__).parents[2]
_POLICY = Path(__file__).parent / "policy.yml"
_STOCK = "expect_column_values_"
_PICKED = (
    "expect_records_to_be_tagged",
    "expect_synthetic_records_to_have_provenance",
    "expect_synthetic_provenance_to_be_well_formed",
    "expect_real_records_to_have_no_synthetic_provenance",
    "expect_untagged_records_to_not_look_synthetic",
    "expect_synthetic_records_to_not_copy_real_records",
    "expect_synthetic_records_to_expire_on_time",
    "expect_synthetic_records_to_be_registered",
)
"""The expectations that the role of the contacts selects."""


def compiled(directory: Path, places: Mapping[str, str]) -> dict[str, Path]:
    """Return the projects `counts` and `samples` by name.

    Args:
        directory: the directory for the projects.
        places: the variables with the location of the records: `PEERS_DATA`, and `PEERS_URL` for PostgreSQL.
    """
    projects = {name: directory / name / "great_expectations" for name in ("counts", "samples")}
    for name, project in projects.items():
        yaml = YAML()
        policy = yaml.load(_POLICY)
        if name == "counts":
            contact = policy["tables"]["contact"]["expectations"]
            for kind in _PICKED:
                contact.setdefault(kind, {})["record_key"] = None
            for table in ("contact", "credit_decision"):
                for kind, tuning in policy["tables"][table]["expectations"].items():
                    if not kind.startswith(_STOCK):
                        tuning["record_key"] = None
        if "PEERS_URL" in places:
            policy["data_sources"]["crm"] = {"type": "postgres", "connection": "${PEERS_URL}"}
            for table, entry in policy["tables"].items():
                del entry["parquet"]
                entry.update(data_source="crm", table=f"public.{table}")
        project.mkdir(parents=True, exist_ok=True)
        yaml.dump(policy, project / "policy.yml")
        command = [sys.executable, "-m", "synth_expectations", "compile", "--force", "--project", str(project)]
        subprocess.run(command, cwd=_ROOT, env=variables(**places), check=True, stdout=subprocess.DEVNULL)
    return projects
