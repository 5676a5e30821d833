"""A pack says what the whole ledger knows of a finding: also what happened before its period."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from synth_expectations.evidence.findings.dispositions import DispositionKind
from synth_expectations.evidence.records.results import ResultRecord
from synth_expectations.evidence.verification.pack_verifier import verify_pack
from synth_expectations.evidence.verification.report import Weight
from synth_expectations.rules.verdict import Verdict
from tests.evidence.findings.runs import RULE, FollowedProject, digest
from tests.evidence.pack.sample_pack import make_pack, unpack, verify_with_bash, verify_with_python


def break_another(project: FollowedProject) -> ResultRecord:
    """Return a result of another table, whose check is then taken out of the policy."""
    result = project.make_record().results[2]
    rule = result.rules[0].model_copy(update={"count": 1})
    return result.model_copy(update={"verdict": Verdict.FAILED, "broken": 1, "rules": (rule,)})


def test_table_of_findings(tmp_path: Path) -> None:
    project = FollowedProject(tmp_path / "ledger")
    other = break_another(project)
    project.find(["a", "b"])  # on 2 September
    record = project.make_record()
    project.add_run(record.model_copy(update={"results": (other,), "plan": record.plan[2:3]}))
    first = next(finding for finding in project.read().findings.values() if finding.rule == RULE)
    project.find(["a", "b"])
    project.decide(
        project.read().findings[first.id], DispositionKind.ACCEPTED, reason="=cmd()", by="<script>", role="dpo"
    )
    project.days, project.number = 10, 3  # the next run is on 1 October
    project.find(["a", "c"])
    project.find(["a"])

    pack = make_pack(project.ledger)
    rows = list(csv.DictReader(io.StringIO(pack.files["tables/findings.csv"].decode())))
    by_rule = {row["rule"]: row for row in rows}
    row = by_rule[RULE]
    assert row["first_seen"] == first.first.at.strftime("%Y-%m-%dT%H:%M:%SZ") < row["first_as_of"]
    assert (row["counted_in_period"], row["status"], row["records"]) == ("yes", "accepted", "1")
    assert (row["decided_by"], row["decision_reason"]) == ("<script>", "'=cmd()")
    assert first.due is not None
    assert row["due"] == first.due.isoformat()
    earlier = by_rule[other.rules[0].name]
    assert (earlier["counted_in_period"], earlier["is_checked"], earlier["is_overdue"]) == ("no", "no", "yes")
    assert earlier["status"] == "open"

    directory = unpack(project.ledger, pack, tmp_path / "pack")
    assert not [found for found in verify_pack(tmp_path / "pack.zip").findings if found.weight is Weight.ALTERED]
    for verify in (verify_with_python, verify_with_bash):
        ran = verify(directory)
        assert ran.returncode == 2, ran.stdout  # nothing is altered, and nobody vouches for the manifest
    page = next((directory / "site" / "findings").glob(f"{first.id}.html")).read_text()
    assert "&lt;script&gt;" in page
    assert digest(["a"])[0] not in page
