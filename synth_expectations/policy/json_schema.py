"""The JSON Schema of policy.yml, for editors."""

from __future__ import annotations

from typing import Any

from synth_expectations.policy.schema import PolicyFile

SCHEMA = "policy.schema.json"
"""Lies beside policy.yml, whose first line names it."""


def build_policy_schema() -> dict[str, Any]:
    """Return the JSON Schema of policy.yml."""
    schema = PolicyFile.model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "policy.yml", **schema}
