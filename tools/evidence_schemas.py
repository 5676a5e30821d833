"""The command `python -m tools.evidence_schemas`, which writes the JSON Schemas that packs hold; `--check` names stale ones."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel

from synth_expectations.evidence.ledger.entry import Header
from synth_expectations.evidence.pack.manifest import PackManifest
from synth_expectations.evidence.records.run import RunRecord

SCHEMAS = Path(__file__).parents[1] / "synth_expectations" / "evidence" / "pack" / "schemas"
DOCUMENTS: dict[str, type[BaseModel]] = {"run-record-1": RunRecord, "ledger-1": Header, "pack-1": PackManifest}


def main() -> int:
    """Write the schemas, or check them."""
    stale = [path for path, text in make_schemas() if not path.is_file() or path.read_text(encoding="utf-8") != text]
    if "--check" in sys.argv[1:]:
        for path in stale:
            print(f"{path.name} is stale: make generate")
        return 1 if stale else 0
    SCHEMAS.mkdir(exist_ok=True)
    for path, text in make_schemas():
        path.write_text(text, encoding="utf-8")
    print(f"{len(DOCUMENTS)} schemas, {len(stale)} written")
    return 0


def make_schemas() -> Iterator[tuple[Path, str]]:
    """Yield each file with the text that it must have."""
    for name, model in DOCUMENTS.items():
        schema = model.model_json_schema(by_alias=True, mode="serialization")
        schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
        yield SCHEMAS / f"{name}.json", json.dumps(schema, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.exit(main())
