"""What Airflow lists of this package: `airflow providers list`. It imports nothing, because each process of Airflow reads it."""

from __future__ import annotations

from typing import Any


def get_provider_info() -> dict[str, Any]:
    """Return the description of the provider, as Airflow's `provider_info.schema.json` wants it."""
    return {
        "package-name": "synth-expectations",
        "name": "synth_expectations",
        "description": "Check that synthetic records in a CRM are governed, with Great Expectations.",
        "integrations": [
            {
                "integration-name": "synth_expectations",
                "tags": ["software"],
            }
        ],
        "operators": [
            {"integration-name": "synth_expectations", "python-modules": ["synth_expectations.airflow"]},
        ],
    }
