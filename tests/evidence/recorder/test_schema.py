"""Records are valid by the JSON Schema that a pack carries."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError

from tests.cli.project import Project
from tests.evidence.recorder.ledger_reading import EntryKind, read_documents
from tests.evidence.sample_ledger import write_sample_ledger
from tools.evidence_schemas import SCHEMAS


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    document: dict[str, Any] = json.loads((SCHEMAS / "run-record-1.json").read_text())
    Draft202012Validator.check_schema(document)
    return Draft202012Validator(document)


def test_records_are_valid(project: Project, validator: Draft202012Validator) -> None:
    Path("lake/send/part-0.parquet").write_bytes(b"garbage")
    project.run()
    project.run("--table", "contact")
    write_sample_ledger(Path("sample"))
    directories = (Path("evidence"), Path("sample"))
    kinds = (EntryKind.RUN_STARTED, EntryKind.RUN_FINISHED)
    documents = [
        document for directory in directories for kind in kinds for document in read_documents(directory, kind)
    ]
    assert len(documents) > 20
    for document in documents:
        validator.validate(document)
    for change in ({"verdict": "green"}, {"schema": "run-record/2"}, {"secret": "x"}, {"as_of": 7}):
        with pytest.raises(ValidationError):
            validator.validate(documents[0] | change)
