"""The demo's repository: the gate finds what is planted, by file and rule, and nothing else."""

from __future__ import annotations

from pathlib import Path

from synth_expectations.demo import deployment
from synth_expectations.gate.rules.base import all_rules


def test_the_gate_finds_what_is_planted_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()  # the demo may lie in somebody's repository
    agreement = deployment.gate_repository(tmp_path / "build" / "demo")
    assert agreement.disagreements == ()
    assert agreement.negatives >= 10


def test_each_rule_has_something_planted() -> None:
    planted = {entry["rule"] for entry in deployment.read_repository()["planted"]}
    assert planted == {rule.id for rule in all_rules()}


def test_a_tag_more_and_a_tag_less_are_disagreements(tmp_path: Path) -> None:
    repository = deployment.read_repository()
    files = repository["files"]
    files["data/pilot/Contact.csv"] = files["data/pilot/Contact.csv"].replace("synthetic", "")
    files["scripts/data/Launch/Contact.csv"] = "LastName,RecordOrigin__c\nBrandt,synthetic\n"
    original = deployment.read_repository
    deployment.read_repository = lambda: repository
    try:
        agreement = deployment.gate_repository(tmp_path)
    finally:
        deployment.read_repository = original
    sentences = "\n".join(agreement.disagreements)
    assert "scripts/data/Launch/Contact.csv: SD001 was not found in 3 records." in sentences
    assert "data/pilot/Contact.csv: SD001 was found in 1 records, and was not planted." in sentences
