"""The command `audit trace`: everything that the policy leads to, in one private file, and nothing of it elsewhere."""

from __future__ import annotations

import io
import json
import stat
from pathlib import Path
from typing import Any

import pytest

from synth_expectations.evidence.ledger.entry import EntryKind
from synth_expectations.evidence.tracing.entries import TracedBody
from tests.cli.project import GOOD, REAL, Project, Said
from tests.evidence.recorder.ledger_reading import open_ledger

LEDGER = Path("evidence")
ANN = "person-of-the-request"
MORE = """\
  decision:
    role: decisions
    parquet: lake/decision/*.parquet
    marker: none
    all: real
    columns: {key: DecisionId, subject: ContactId, decision_type: Type, reviewer: Reviewer, reviewed_at: At,
      model_output_at: Shown, effective_at: Sent, outcome: Outcome}
    references: {subject: {table: contact}}
  hold:
    role: holds
    parquet: lake/hold/*.parquet
    columns: {key: HoldId, frozen_record: Record, placed_at: Placed, released_at: Released}
    references: {held: {table: contact}}
  dataset:
    role: registry
    parquet: lake/dataset/*.parquet
    columns: {key: DatasetId, purpose: Purpose, registered_at: At}
  place:
    role: production
    parquet: lake/place/*.parquet
    marker: none
    all: real
    columns: {key: PlaceId}
"""


@pytest.fixture
def crm(project: Project) -> Project:
    """A project in which one person stands in several tables."""
    project.edit("    references:\n      real: {table: customer}\n", "    references: {real: {table: customer}}\n")
    project.edit("retention:", "decisions: {regulated: [credit]}\nretention:")
    project.policy.write_text(project.policy.read_text() + MORE)
    person = {**REAL, "Id": ANN, "Email": "Ann@firm.example"}
    copy = {**GOOD, "Id": "s9", "Email": " ann@FIRM.example", "GeneratedAt": "2026-01-01T00:00:00Z"}
    project.table("contact", [person, copy, GOOD, {**REAL, "Id": "x" * 10_000, "Email": "n/a"}])
    project.table("customer", [{"CustomerId": "c7", "Email": "ann@firm.example"}, {"CustomerId": "c8", "Email": "n/a"}])
    project.table(
        "decision",
        [
            {"DecisionId": "d1", "ContactId": ANN, "Type": "credit", "Reviewer": "bob", "At": "2026-10-02T00:00:00Z",
             "Shown": "2026-10-01T00:00:00Z", "Sent": "2026-10-03T00:00:00Z", "Outcome": "upheld"},
        ],
    )  # fmt: skip
    holds = [{"HoldId": "h1", "Record": ANN, "Placed": "2026-10-01", "Released": None}]
    project.table("hold", [*holds, {**holds[0], "HoldId": "h2", "Released": "2026-10-02"}])
    project.table("dataset", [{"DatasetId": "ds-1", "Purpose": "testing", "At": "2026-01-01T00:00:00Z"}])
    project.table("place", [{"PlaceId": "p1"}])
    project.compile()
    return project


def _trace(project: Project, monkeypatch: pytest.MonkeyPatch, key: str, *options: str, table: str = "contact") -> Said:
    monkeypatch.setattr("sys.stdin", io.StringIO(key))
    return project.cli("audit", "trace", table, "--key-from-stdin", "--why", "DSR-7", "--by", "dpo", *options)


def _bodies() -> list[TracedBody]:
    ledger = open_ledger(LEDGER)
    return [
        TracedBody.model_validate_json(ledger.read_object(entry.header.body_sha256))
        for entry in ledger.read_entries()
        if entry.header.kind is EntryKind.TRACED
    ]


def test_one_person_is_found_wherever_the_policy_leads(crm: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    crm.run()
    said = _trace(crm, monkeypatch, f"{ANN}\n", "--out", "out.json", "--as-of", "2026-11-01")
    assert said.code == 0, said
    assert stat.S_IMODE(Path("out.json").stat().st_mode) == 0o600
    document: dict[str, Any] = json.loads(Path("out.json").read_text())
    places = {(place["table"], place["link"]): place["rows"] for place in document["places"]}
    assert [row["states"][0] for row in places["contact", "key"]] == ["real"]
    [twin] = places["contact", "twins"]
    assert twin["values"]["key Id"] == "s9"
    assert {"synthetic", "older than P90D", "same e-mail address"} <= set(twin["states"])
    assert [row["values"]["key CustomerId"] for row in places["customer", "twins"]] == ["c7"]
    assert places["decision", "key"][0]["values"]["reviewer Reviewer"] == "bob"
    assert [row["states"] for row in places["hold", "key"]] == [["active hold"], []]
    assert places["dataset", "forward"] == []
    reasons = {item["what"]: item["why"] for item in document["not_searched"]}
    assert reasons["place"] == "nothing in the policy says how its records refer to contact"
    assert "firm.example" not in Path("out.json").read_text().casefold()
    [body] = _bodies()
    assert (body.why, body.by, body.table, body.is_erasure) == ("DSR-7", "dpo", "contact", False)
    crm.cli("audit", "site")
    written = {path for path in Path().rglob("*") if path.is_file() and ANN.encode() in path.read_bytes()}
    assert {path for path in written if path.parts[0] in {"great_expectations", "evidence"}} <= {
        path for path in written if path.parts[:2] == ("evidence", "objects") or "uncommitted" in path.parts
    }
    assert ANN not in said.out + said.err
    assert crm.cli("audit", "verify").code == 0
    text = _trace(crm, monkeypatch, ANN, "--out", "out.txt")
    assert text.code == 0
    assert "decision (decisions): 1 row, by the key in ContactId" in Path("out.txt").read_text()


def test_an_erasure_names_what_is_left(crm: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    crm.table("contact", [GOOD])
    said = _trace(crm, monkeypatch, ANN, "--erasure", "--out", "left.txt")
    assert said.code == 1, said
    text = Path("left.txt").read_text()
    assert "Left behind\n  decision: 1 row\n  hold: 2 rows\n" in text
    assert "customer: contact does not have the record, so its identifiers are unknown" in text
    columns = ("DecisionId", "ContactId", "Type", "Reviewer", "At", "Shown", "Sent", "Outcome")
    crm.table("decision", [dict.fromkeys(columns, "other")])
    crm.table("hold", [{"HoldId": "h", "Record": "y", "Placed": "2026-10-01", "Released": None}])
    said = _trace(crm, monkeypatch, ANN, "--erasure", "--out", "gone.txt")
    assert (said.code, "Nothing was left behind where this looked" in Path("gone.txt").read_text()) == (0, True), said
    (crm.root / "lake" / "hold" / "part-0.parquet").write_bytes(b"garbage")
    said = _trace(crm, monkeypatch, ANN, "--out", "unread.txt")
    assert said.code == 0, said
    assert "\n  hold: " in Path("unread.txt").read_text().partition("Not searched")[2]
    said = _trace(crm, monkeypatch, ANN, "--erasure", "--out", "unknown.txt")
    assert (said.code, "Could not be read: hold." in said.err) == (2, True), said
    (crm.root / "lake" / "contact" / "part-0.parquet").write_bytes(b"garbage")
    said = _trace(crm, monkeypatch, ANN, "--out", "none.txt")
    assert (said.code, "Could not be read: contact" in said.err) == (2, True), said


def test_what_is_no_key_is_refused(crm: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    for key in ("", "  ", "NULL", "n/a", "a\nb", "x" * 100_001, "a\0b", "a\udcff"):
        said = _trace(crm, monkeypatch, key, "--out", "out.txt")
        assert (said.code, Path("out.txt").exists(), "Traceback" in said.err) == (2, False, False), (key[:9], said)
    assert not LEDGER.exists() or _bodies() == []


def test_odd_keys_and_targets(crm: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    said = _trace(crm, monkeypatch, "x" * 10_000, "--out", "long.txt")
    assert (said.code, "found         in 1 of" in said.out) == (0, True), said
    said = _trace(crm, monkeypatch, "'; DROP TABLE contact; --\u202e", "--out", "none.txt")
    assert (said.code, "found         in 0 of" in said.out) == (0, True), said
    assert "\u202e" not in Path("none.txt").read_text()
    assert "No record of contact has it." in Path("none.txt").read_text()
    for options, sentence in (
        (("--out", "long.txt"), "is there already"),
        (("--out", "great_expectations/t.txt"), "lies in the project or its ledger"),
        (("--out", "evidence/t.txt"), "lies in the project or its ledger"),
        (("--out", "none/t.txt"), "There is no directory none"),
        (("--out", "new.txt", "--why", ""), "why is it made"),
        (("--why", "x"), "Where is the trace written to"),
    ):
        said = _trace(crm, monkeypatch, ANN, *options)
        assert (said.code, sentence in said.err) == (2, True), said
    said = _trace(crm, monkeypatch, ANN, "--out", "new.txt", table="kontact")
    assert (said.code, "did you mean contact?" in said.err) == (2, True)
    said = crm.cli("audit", "trace", "contact", "--out", "new.txt", "--why", "x")
    assert (said.code, "A key on the command line could be read" in said.err) == (2, True)
    assert len(_bodies()) == 2


def test_what_descends_from_a_dataset(crm: Project) -> None:
    crm.edit(
        "    marker: {column: IsSynthetic}\n    columns:\n      key: Id",
        "    where: Id <> 's9'\n    marker: {column: IsSynthetic}\n    columns:\n      key: Id",
    )
    crm.compile()
    said = crm.cli("audit", "trace", "--dataset", "ds-1", "--why", "withdrawal")
    assert said.code == 0, said
    assert "contact (mixed): 1 (1 synthetic), by its dataset_id" in said.out
    assert "rows of contact that the policy's where leaves out: Id <> 's9'" in said.out
    assert "purpose: testing" in said.out
    said = crm.cli("audit", "trace", "--dataset", "ds-2")
    assert "No registry of the policy has an entry with this id." in said.out
    assert "Nothing was found." in said.out
    assert [body.about for body in _bodies()] == ["dataset", "dataset"]
    assert crm.cli("audit", "trace", "--dataset", "null").code == 2
    assert crm.cli("audit", "trace", "contact", "--dataset", "ds-1").code == 2
