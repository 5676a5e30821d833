"""Files beside the metadata: what tags a load of CumulusCI or SFDMU, the columns of a warehouse, and the policy's table."""

from __future__ import annotations

import json
from collections.abc import Iterator

from synth_expectations.policy.infer.scalars import format_scalar
from synth_expectations.policy.salesforce.provenance_fields import KINDS, MARKER, FieldNames, ProvenanceField

FOLDER = "synthetic-data"


def format_companions(object_name: str, names: FieldNames) -> Iterator[tuple[str, str]]:
    """Yield the name and text of each file beside the metadata of an object.

    Args:
        object_name: of the sObject.
        names: of its fields.
    """
    yield f"{object_name}.mapping.yml", _format_static(object_name, names)
    yield f"{object_name}.sfdmu.json", _format_stamp(object_name, names)
    yield f"{object_name}.sql", _format_columns(names)
    yield f"{object_name}.table.yml", "\n".join([*_explain_table(), *format_table(names)]) + "\n"


def _format_static(object_name: str, names: FieldNames) -> str:
    word = format_scalar(names.words["synthetic"][0])
    provenance = [f"    # {name}: {kind.description}" for kind, name in _pair(names) if kind.word != MARKER]
    lines = [
        f"# For the mapping of CumulusCI that loads {object_name}: every record of the load gets these values.",
        f"{object_name}:",
        f"  sf_object: {object_name}",
        "  static:",
        f"    {names.marker}: {word}",
        *provenance,
    ]
    return "\n".join(lines) + "\n"


def _format_stamp(object_name: str, names: FieldNames) -> str:
    word = names.words["synthetic"][0]
    stamp = {
        "query": f"SELECT Id, {names.marker} FROM {object_name}",
        "operation": "Upsert",
        "externalId": "Id",
        "updateWithMockData": True,
        "mockFields": [{"name": names.marker, "pattern": f'c_set_value("{word}")'}],
    }
    return json.dumps(stamp, indent=2, ensure_ascii=False) + "\n"


def _format_columns(names: FieldNames) -> str:
    lines = ["-- The columns of provenance, in standard SQL: they may be empty, as records of before have no tag."]
    for kind, name in _pair(names):
        lines.append(f'ALTER TABLE "{names.table}" ADD COLUMN "{name}" {kind.sql};')
    return "\n".join(lines) + "\n"


def format_table(names: FieldNames) -> list[str]:
    """Return the lines of the policy's entry of a table."""
    listed = ", ".join(f"{meaning}: {format_scalar(words)}" for meaning, words in names.words.items())
    return [
        f"{names.table}:",
        "  role: mixed",
        "  parquet: TODO  # or the table of a data source",
        f"  marker: {{column: {names.marker}, {listed}}}",
        "  columns:",
        "    key: Id",
        *(f"    {kind.word}: {name}" for kind, name in _pair(names) if kind.word != MARKER),
    ]


def _explain_table() -> list[str]:
    return ["# For `tables` of the policy. `synth-expectations init FILE --add` proposes it from the data instead."]


def _pair(names: FieldNames) -> Iterator[tuple[ProvenanceField, str]]:
    return ((kind, names.names[kind.word]) for kind in KINDS)
