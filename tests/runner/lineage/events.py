"""Events of OpenLineage, and exports of Atlas, as their tools write them."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

SCHEMA = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/definitions/RunEvent"


def make_dataset(name: str, rows: object = None, **facets: Any) -> dict[str, Any]:
    """A dataset of a namespace, as `namespace name`."""
    namespace, _, rest = name.partition(" ")
    dataset: dict[str, Any] = {"namespace": namespace, "name": rest, "facets": facets}
    return dataset | ({"outputFacets": {"outputStatistics": {"rowCount": rows}}} if rows is not None else {})


def make_event(
    kind: str, run: str, job: str = "score", at: str = "2026-11-20T00:00:00Z", **different: Any
) -> dict[str, Any]:
    """A RunEvent."""
    return {
        "eventType": kind,
        "eventTime": at,
        "run": {"runId": run, "facets": {"nobody_knows": {"_producer": "x", "deep": [1, {"a": None}]}}},
        "job": {"namespace": "airflow", "name": job},
        "inputs": [],
        "outputs": [],
        "producer": "https://example.org",
        "schemaURL": SCHEMA,
        **different,
    }


def write_lines(path: Path, *events: Any) -> Path:
    """A file of JSON Lines."""
    path.write_text("".join(json.dumps(event) + "\n" for event in events), encoding="utf-8")
    return path


def make_process(guid: str, inputs: list[str], outputs: list[str], **different: Any) -> dict[str, Any]:
    """A process of Atlas, whose inputs and outputs are named by their guids."""
    places = {
        side: [{"guid": g, "typeName": "hive_table"} for g in of]
        for side, of in (("inputs", inputs), ("outputs", outputs))
    }
    attributes = {"qualifiedName": f"process.{guid}@prod", "name": guid, **places}
    return {"typeName": "hive_process", "guid": guid, "status": "ACTIVE", "attributes": attributes, **different}


def make_table(guid: str, name: str) -> dict[str, Any]:
    """A table of Atlas without classifications."""
    return {"typeName": "hive_table", "guid": guid, "attributes": {"qualifiedName": name}, "classifications": None}


def write_export(path: Path, *entities: dict[str, Any]) -> Path:
    """An export of Atlas: one file an entity, and its listings."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for listing in ("atlas-export-info", "atlas-export-order", "atlas-typesdef"):
            archive.writestr(f"{listing}.json", "[]" if listing.endswith("order") else "{}")
        for entity in entities:
            archive.writestr(f"{entity['guid']}.json", json.dumps({"entity": entity, "referredEntities": {}}))
    return path
