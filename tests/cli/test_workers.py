"""Several tables at the same time: the same report, in the same order."""

from __future__ import annotations

from typing import Any

import pyarrow.parquet as pq
import pytest

from synth_expectations.runner.table_run import TableRun
from tests.cli.project import GOOD, Project

TABLE = """\
  send_{n}:
    role: production
    parquet: lake/send_{n}/*.parquet
    marker: {{column: IsSynthetic}}
    columns: {{key: SendId}}
"""


@pytest.fixture
def many(project: Project) -> Project:
    """Twelve tables more, of which every third has a synthetic record, and one no file."""
    for n in range(12):
        if n != 5:
            project.table(f"send_{n}", [{"SendId": f"m{n}", "IsSynthetic": "true" if n % 3 == 0 else "false"}])
    project.policy.write_text(project.policy.read_text() + "".join(TABLE.format(n=n) for n in range(12)))
    project.table("contact", [GOOD, {**GOOD, "Id": "s9", "Email": "someone@firm.example"}])  # copied a customer
    project.compile()
    return project


def plain(document: dict[str, Any]) -> dict[str, Any]:
    """A report without what differs between two runs of anything."""
    tables = [{**table, "seconds": 0, "query_seconds": 0} for table in document["tables"]]
    for expectation in (expectation for table in tables for expectation in table["expectations"]):
        # the second run finds again what the first one opened
        expectation["rules"] = [{**rule, "finding": None} for rule in expectation["rules"]]
    return {
        **document,
        "tables": tables,
        "run": 0,
        "evidence": 0,
        "counts": 0,
        "results": len(document["results"]),
        "message": "",
    }


def test_the_report_is_that_of_one(many: Project) -> None:
    alone = many.run("--output", "json")
    assert alone.code == 2
    for workers in ("2", "5", "40"):
        together = many.run("--output", "json", "--workers", workers)
        assert (together.code, together.err) == (2, "")
        assert plain(alone.json()) == plain(together.json())
    assert [each["table"] for each in alone.json()["tables"]][:4] == ["contact", "customer", "send", "send_0"]
    found = {each["table"]: each["verdict"] for each in alone.json()["tables"]}
    assert found["send_5"] == "errored"
    assert [name for name, verdict in found.items() if verdict == "failed"] == (
        ["contact", "send_0", "send_3", "send_6", "send_9"]
    )


def test_all_of_them_are_quarantined(many: Project) -> None:
    assert many.run("--workers", "3", "--quarantine", "kept").code == 2
    files = {each.stem: pq.read_table(each) for each in (many.root / "kept").rglob("*.parquet")}
    assert {name: each.num_rows for name, each in files.items() if name.startswith("send")} == (
        dict.fromkeys(("send_0", "send_3", "send_6", "send_9"), 1)
    )


@pytest.mark.parametrize("workers", ["1", "3"])
def test_what_ends_one_table_errs_that_one(many: Project, monkeypatch: pytest.MonkeyPatch, workers: str) -> None:
    evaluate = TableRun.evaluate

    def ending(self: TableRun, definition: Any) -> Any:
        if definition.name == "send_7":
            raise RuntimeError("it went wrong")
        return evaluate(self, definition)

    monkeypatch.setattr(TableRun, "evaluate", ending)
    said = many.run("--workers", workers, "--output", "json")
    errored = {each["table"]: each["error"] for each in said.json()["tables"] if each["verdict"] == "errored"}
    assert errored["send_7"] == "It was not evaluated: it went wrong"
    assert set(errored) == {"send_5", "send_7"}


def test_no_workers(many: Project) -> None:
    said = many.run("--workers", "0")
    assert (said.code, said.out) == (2, "")
    assert "0 workers can do nothing. Give at least one: --workers 4" in " ".join(said.err.split()).replace(" . ", ". ")
