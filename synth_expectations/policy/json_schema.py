"""The JSON Schema of policy.yml, for editors."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from synth_expectations.policy.schema import PolicyFile

SCHEMA = "policy.schema.json"
"""Lies beside policy.yml, whose first line names it."""


@cache
def build_policy_schema() -> Mapping[str, Any]:
    """Return the JSON Schema of policy.yml, the same each time: it takes pydantic longer than most policies to compile."""
    schema = PolicyFile.model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "policy.yml", **schema}
