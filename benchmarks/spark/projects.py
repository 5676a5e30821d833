"""Compile two projects from the policy of the comparison: on Spark, with the keys of violating records and without."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from ruamel.yaml import YAML

from benchmarks.peers.environments import variables
from benchmarks.peers.projects import leave_keys_out, use_stock_expectations

_ROOT = Path(__file__).parents[2]
_POLICY = _ROOT / "benchmarks" / "peers" / "policy.yml"


def compile_projects(directory: Path, places: Mapping[str, str]) -> dict[str, Path]:
    """Return the projects `counts` and `keys` by name; the form of addresses and unique keys are left to Great Expectations.

    Args:
        directory: the directory for the projects.
        places: the variables with the location of the records.
    """
    projects = {name: directory / name / "great_expectations" for name in ("counts", "keys")}
    for name, project in projects.items():
        yaml = YAML()
        policy = yaml.load(_POLICY)
        policy["defaults"]["engine"] = "spark"
        if name == "counts":
            leave_keys_out(policy)
        use_stock_expectations(policy["tables"]["contact"]["expectations"])
        project.mkdir(parents=True, exist_ok=True)
        yaml.dump(policy, project / "policy.yml")
        command = [sys.executable, "-m", "synth_expectations", "compile", "--force", "--project", str(project)]
        subprocess.run(command, cwd=_ROOT, env=variables(**places), check=True, stdout=subprocess.DEVNULL)
    return projects
