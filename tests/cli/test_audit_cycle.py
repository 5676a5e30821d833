"""The commands of the audit cycle: anchors, schedule, close and sign-off."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.project import Project
from tests.evidence.recorder.ledger_reading import read_kinds, read_records
from tests.timestamp_authority import make_authority, serving_authority

LEDGER = Path("evidence")


def test_the_ledger_is_anchored_by_hand_and_by_a_run(
    compiled: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By those whom the policy names, also with variables: a run and a command substitute them alike."""
    cli = compiled.cli
    monkeypatch.setenv("ANCHOR_COPIES", "../copies")
    said = cli("audit", "anchor")
    assert (said.code, "names no anchor" in said.err) == (2, True)
    with serving_authority(make_authority(tmp_path / "great_expectations" / "tsa")) as authority:
        monkeypatch.setenv("TSA_ADDRESS", authority.url)
        anchor = "evidence: {anchor: [{rfc3161: '${TSA_ADDRESS}', root: tsa/root.pem}, {store: '${ANCHOR_COPIES}'}]}\n"
        compiled.edit("version: 1\n", f"version: 1\n{anchor}")
        compiled.compile()
        assert compiled.run().code == 0
        assert read_kinds(LEDGER) == ["ledger_opened", "run_started", "run_finished", "anchor", "anchor"]
        for address, sentence in (
            (None, "the variable TSA_ADDRESS is not set"),
            ("ftp://a:b@c", "it is not an address"),
        ):
            with monkeypatch.context() as patch:
                patch.setenv("TSA_ADDRESS", address) if address else patch.delenv("TSA_ADDRESS")
                said = cli("audit", "anchor")
                assert (
                    said.code,
                    f"evidence.anchor: {'' if not address else '${TSA_ADDRESS}: '}{sentence}" in said.err,
                ) == (2, True)
                assert "a:b" not in said.err
        assert compiled.run().code == 0
        assert read_kinds(LEDGER)[-1] == "run_finished"  # the last anchors are not a day old
        said = cli("audit", "anchor")
        assert (said.code, said.out.count("by Test TSA"), said.out.count("anchored")) == (0, 1, 2), said
        root = "great_expectations/tsa/root.pem"
        said = cli("audit", "verify", "--tsa-root", root, "--anchors", "copies", "--json")
        assert (said.code, said.json()["anchored"]["seq"]) == (0, 7), said
        assert cli("audit", "verify").code == 2
        authority.answer = 503
        assert cli("audit", "key", "dpo.key", "--person", "dpo@retailer.example", "--role", "dpo").code == 0
        said = cli("audit", "anchor")
        assert (said.code, "It answered 503." in said.err, "by ../copies" in said.out) == (1, True, True), said
    said = cli("audit", "verify", "--tsa-root", root, "--anchors", "copies")
    assert (said.code, "0 entries since are not." in said.out) == (0, True), said
    for arguments, sentence in (
        (["--tsa-root", "nowhere.pem"], "nowhere.pem cannot be read"),
        (["--tsa-root", "great_expectations/policy.yml"], "contains no certificate"),
    ):
        said = cli("audit", "verify", *arguments)
        assert (said.code, sentence in said.err) == (2, True), said


def test_an_authority_that_is_gone_fails_no_run(compiled: Project, tmp_path: Path) -> None:
    make_authority(tmp_path / "great_expectations" / "tsa")
    anchor = "evidence: {anchor: [{rfc3161: 'http://127.0.0.1:9/', root: tsa/root.pem}]}\n"
    compiled.edit("version: 1\n", f"version: 1\n{anchor}")
    compiled.compile()
    said = compiled.run()
    assert said.code == 0
    assert "The ledger was not anchored. http://127.0.0.1:9/: It could not be reached" in " ".join(said.out.split())


SCHEDULE = 'checkpoints: {nightly: {tables: all, schedule: {every: P1D, by: "06:00"}}}\n'


def test_a_day_that_was_missed_is_overdue_and_then_explained(compiled: Project) -> None:
    """Also in a project in which nobody ever ran anything."""
    cli = compiled.cli
    said = cli("audit", "status")
    assert (said.code, "The policy has no schedule" in said.err) == (2, True)
    compiled.edit("version: 1\n", f"version: 1\n{SCHEDULE}")
    compiled.compile()
    said = cli("audit", "status", "--json")
    document = said.json()
    assert (said.code, document["overdue"]) == (1, True), said
    [subject] = document["subjects"]
    days = [deadline["day"] for deadline in subject["deadlines"] if deadline["outcome"] == "overdue"]
    assert len(days) == 1 and subject["name"] == "nightly"
    explain = ("audit", "explain-gap", "checkpoint", "nightly", "--from", days[0])
    said = cli(*explain, "--reason", "The host was moved.", "--by", "ops@retailer.example")
    assert (said.code, f"explained  checkpoint nightly, {days[0]}" in said.out) == (0, True), said
    assert cli("audit", "status").code == 0
    for arguments, sentence in (
        ((*explain[1:], "--reason", "again"), f"Nothing of checkpoint nightly was missed from {days[0]} to {days[0]}"),
        (["explain-gap", "checkpoint", "nightli", "--from", days[0], "--reason", "x"], "Did you mean nightly?"),
        (["explain-gap", "table", "contact", "--from", days[0], "--reason", "x"], "No table has one."),
        (["explain-gap", "run", "nightly", "--from", days[0], "--reason", "x"], "run is nothing that is due"),
        (["explain-gap", "checkpoint", "nightly", "--from", days[0], "--reason", " "], "Why was it not checked?"),
        (["explain-gap", "checkpoint", "nightly", "--from", "2026-02-30", "--reason", "x"], "is not a day"),
        (
            ["explain-gap", "checkpoint", "nightly", "--from", days[0], "--to", "2020-01-01", "--reason", "x"],
            "is before",
        ),
        (
            ["explain-gap", "checkpoint", "nightly", "--from", days[0], "--to", "2099-12-31", "--reason", "x"],
            "is still to come",
        ),
    ):
        said = cli("audit", *arguments)
        assert (said.code, sentence in said.err) == (2, True), (arguments, said)
    assert compiled.run().code == 0
    assert cli("audit", "verify").code == 0
    compiled.edit('by: "06:00"', 'by: "06:00", zone: Europe/Berln')
    said = cli("audit", "status")
    assert (said.code, "there is no time zone Europe/Berln: did you mean Europe/Berlin?" in said.err) == (2, True), said


def test_a_review_on_record_counts_in_the_next_run(compiled: Project) -> None:
    cli = compiled.cli
    Path("dpia.md").write_text("What may go wrong.")
    record = ("audit", "manual", "gdpr/Article 35(7)", "--document", "dpia.md", "--by", "dpo@retailer.example")
    said = cli(*record, "--on", "2026-10-01", "--until", "2099-12-31")
    assert (said.code, "document  ../dpia.md" in said.out) == (0, True), said
    assert compiled.run().code == 0
    assert _count_reviews() == {"manual done": 1}
    Path("dpia.md").write_text("Something else.")
    assert compiled.run().code == 0
    assert _count_reviews() == {"manual open": 1}
    for arguments, sentence in (
        (["gdpr/Article 35(8)", "--document", "dpia.md", "--by", "x"], "There is no requirement gdpr/Article 35(8)"),
        (["gdpr/Article 35(7)", "--document", "none.md", "--by", "x"], "There is no file none.md"),
        (["gdpr/Article 35(7)", "--document", ".", "--by", "x"], "is not a file"),
        (["gdpr/Article 35(7)", "--document", "dpia.md", "--by", " "], "Who reviewed it?"),
        (["gdpr/Article 35(7)", "--document", "dpia.md", "--by", "x", "--on", "2999-01-01"], "is still to come"),
        (["gdpr/Article 35(7)", "--document", "dpia.md", "--by", "x", "--until", "2020-01-01"], "before it begins"),
        (
            ["gdpr/Article 35(7)", "--document", "dpia.md", "--by", "x", "--sha256", "0" * 64],
            "does not have that SHA-256",
        ),
        (["gdpr/Article 35(7)", "--document", "https://x.example", "--by", "x", "--sha256", "0"], "is not a SHA-256"),
    ):
        said = cli("audit", "manual", *arguments)
        assert (said.code, sentence in said.err) == (2, True), (arguments, said)


def _count_reviews() -> dict[str, int]:
    record = read_records(LEDGER)[-1]
    [requirement] = [
        row for row in record.requirements if (row.regulation, row.requirement) == ("gdpr", "Article 35(7)")
    ]
    return {word.value: count for word, count in requirement.counts.items() if word.value.startswith("manual")}


def test_wrong_use_of_close_and_sign_off_is_a_sentence(compiled: Project) -> None:
    wrong = [
        (["close", "2026Q1"], "The policy has no cycle"),
        (["sign-off", "2026Q1", "--key", "x"], "The policy has no cycle"),
    ]
    for arguments, sentence in wrong:
        said = compiled.cli("audit", *arguments)
        assert (said.code, sentence in said.err) == (2, True), (arguments, said)
    compiled.edit("version: 1\n", "version: 1\ncycle: {signers: [compliance]}\n")
    wrong = [
        (["close", "2999Q1"], "is outside the years"),
        (["close", "2099Q1"], "2099Q1 is not over yet"),
        (["close", "2026Q1"], "No run started in 2026Q1"),
        (["close", "2025"], "2025 is not a period of the cycle"),
        (["close", "2026Q1", "--out", "lake"], "lake is a directory"),
        (["sign-off", "2026Q1", "--key", "x"], "2026Q1 is not closed"),
        (["sign-off", "2026q1", "--key", "x", "--out", "lake"], "lake is there already"),
        (["sign-off", "2026Q1", "--key", "x", "--out", "none/s.json"], "There is no directory none"),
        (["sign-off", "2026Q1", "--statement", "none/s.json"], "There is no directory none"),
        (["sign-off", "Q1"], "Q1 is not a period"),
        (["verify", "--sign-off", "x"], "--sign-off belongs to a pack"),
    ]
    for arguments, sentence in wrong:
        said = compiled.cli("audit", *arguments)
        assert (said.code, sentence in said.err) == (2, True), (arguments, said)
