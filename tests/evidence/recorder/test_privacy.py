"""A record is read far from the machine of its run: it has no directory, no host and no password of it."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from synth_expectations.evidence.recorder.privacy import PrivateNames
from tests.cli.project import Project, calling, small_project, within
from tests.evidence.recorder.ledger_reading import read_documents

HOSTILE = "Zoë's <script> & \u202eco, =cmd() 'x' (old)"
DATABASE = """\
  board:
    role: production
    table: staff
    data_source: crm
    marker: {column: IsSynthetic}
    columns: {key: Id}
"""


def test_a_project_in_a_hostile_directory(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    cli: Callable[..., Any] = calling(capfd, monkeypatch)
    project: Project = small_project(tmp_path / HOSTILE, cli)
    monkeypatch.setenv("CRM", "postgresql+psycopg://crm:s3cr3t-word@127.0.0.1:1/crm")
    with within(project.root):
        project.edit("../lake}\n", "../lake}\n  crm: {type: postgres, connection: '${CRM}'}\n")
        project.policy.write_text(project.policy.read_text() + DATABASE)
        project.compile()
        os.unlink("lake/send/part-0.parquet")
        Path("lake/customer/part-0.parquet").write_bytes(b"garbage")
        assert project.run().code == 2
        [document] = read_documents(Path("evidence"))
    assert {table["table"] for table in document["tables"] if table["verdict"] == "errored"} >= {
        "send", "customer", "board",
    }  # fmt: skip
    [board] = [reading for reading in document["inputs"] if reading["table"] == "board"]
    assert (board["read"], board["identity"]["kind"], board["locator"]) == (False, "none", "crm:staff")
    errors = {result["error"] for result in document["results"] if result["table"] == "board"}
    assert errors
    assert all("board" in error or "refused" in error for error in errors), errors
    text = json.dumps(document, ensure_ascii=False)
    for private in (str(tmp_path), "script>", "cmd()", "s3cr3t-word", "127.0.0.1", str(Path.home()) + "/"):
        assert private not in text, private


@pytest.mark.parametrize(
    ("sentence", "masked"),
    [
        ("No file matches /srv/shop/lake/a b/*.parquet.", "No file matches …/lake/a b/*.parquet."),
        ("/var/lib/data/x.parquet is a directory.", "…/x.parquet is a directory."),
        ("The server db.shop.internal refused.", "The server …/ refused."),
        ("Write PT5M and/or P1D: see docs/a/b.md.", "Write PT5M and/or P1D: see docs/a/b.md."),
        ("3 of 10 records (30 %) break a rule", "3 of 10 records (30 %) break a rule"),
    ],
)
def test_a_sentence(sentence: str, masked: str) -> None:
    assert PrivateNames.of(Path("/srv/shop/great_expectations"), ["db.shop.internal"]).mask(sentence) == masked
