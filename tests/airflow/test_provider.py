"""Airflow lists the package among its providers, with the operator."""

from __future__ import annotations

import json
from importlib.metadata import distribution
from pathlib import Path

import airflow
import jsonschema

from synth_expectations.airflow_provider import get_provider_info
from tests.airflow.conftest import ROOT, Airflow


def test_it_is_described_as_airflow_wants_it() -> None:
    schema = json.loads((Path(airflow.__file__).parent / "provider_info.schema.json").read_text())
    jsonschema.validate(get_provider_info(), schema)


def test_the_package_names_the_entry_point() -> None:
    text = (ROOT / "pyproject.toml").read_text()
    assert (
        '[project.entry-points.apache_airflow_provider]\nprovider_info = "synth_expectations.airflow_provider:' in text
    )
    [entry_point] = distribution("synth-expectations").entry_points.select(group="apache_airflow_provider")
    assert entry_point.load()() == get_provider_info()


def test_airflow_lists_it(airflow: Airflow) -> None:
    listed = airflow.call("providers", "list", "--output", "json")
    assert "synth-expectations" in listed.stdout, listed.stdout
