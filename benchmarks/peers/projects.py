"""Compile three projects from the policy: with the keys of violating records, without them, and with expectations of
Great Expectations in the place of the plug-in's."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from benchmarks.peers.environments import variables

_ROOT = Path(__file__).parents[2]
_POLICY = Path(__file__).parent / "policy.yml"
_PLUGIN = {
    "METADATA": "Metadata-Version: 2.1\nName: peers-checks\nVersion: 1\n",
    "entry_points.txt": "[synth_expectations.expectations]\npeers = benchmarks.peers.expectations\n",
}
"""What makes the expectations of the comparison those of an installed package."""

_STOCK = {
    "expect_values_to_match_pattern": "expect_column_values_to_match_regex",
    "expect_keys_to_be_unique": "expect_column_values_to_be_unique",
}
"""What Great Expectations has in the place of the plug-in's expectations."""

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


def install_plugin(directory: Path) -> str:
    """Return the search path of modules that has the plug-in, and make the plug-in."""
    made = directory / "peers_checks-1.dist-info"
    made.mkdir(parents=True, exist_ok=True)
    for name, text in _PLUGIN.items():
        (made / name).write_text(text, encoding="utf-8")
    return str(directory)


def compiled(directory: Path, places: Mapping[str, str]) -> dict[str, Path]:
    """Return the projects `counts`, `samples` and `stock` by name.

    Args:
        directory: the directory for the projects.
        places: the variables with the location of the records: `PEERS_DATA`, and `PEERS_URL` for PostgreSQL; and with
            the search path of modules.
    """
    projects = {name: directory / name / "great_expectations" for name in ("counts", "samples", "stock")}
    for name, project in projects.items():
        yaml = YAML()
        policy = yaml.load(_POLICY)
        if name == "counts":
            leave_keys_out(policy)
        elif name == "stock":
            use_stock_expectations(policy["tables"]["contact"]["expectations"])
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


def leave_keys_out(policy: Any) -> None:
    """Let the package's expectations show no keys of violating records."""
    contact = policy["tables"]["contact"]["expectations"]
    for kind in _PICKED:
        contact.setdefault(kind, {})
    for table in ("contact", "credit_decision"):
        for tuning in policy["tables"][table]["expectations"].values():
            tuning["record_key"] = None


def use_stock_expectations(contact: Any) -> None:
    """Put expectations of Great Expectations in the place of the plug-in's."""
    for own, stock in _STOCK.items():
        tuning = contact.pop(own)
        tuning.pop("record_key", None)
        if pattern := tuning.pop("pattern", None):
            tuning["regex"] = f"^{pattern}$"
        contact[stock] = tuning
