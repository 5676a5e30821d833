"""The commands of the audit cycle: anchors, schedule, close and sign-off."""

from __future__ import annotations

from pathlib import Path

from tests.cli.project import Project
from tests.evidence.recorder.ledger_reading import read_kinds
from tests.timestamp_authority import make_authority, serving_authority

LEDGER = Path("evidence")


def test_the_ledger_is_anchored_by_hand_and_by_a_run(compiled: Project, tmp_path: Path) -> None:
    cli = compiled.cli
    said = cli("audit", "anchor")
    assert (said.code, "names nobody who anchors" in said.err) == (2, True)
    with serving_authority(make_authority(tmp_path / "great_expectations" / "tsa")) as authority:
        anchor = f"evidence: {{anchor: [{{rfc3161: '{authority.url}', root: tsa/root.pem}}, {{store: ../copies}}]}}\n"
        compiled.edit("version: 1\n", f"version: 1\n{anchor}")
        compiled.compile()
        assert compiled.run().code == 0
        assert read_kinds(LEDGER) == ["ledger_opened", "run_started", "run_finished", "anchor", "anchor"]
        assert compiled.run().code == 0
        assert read_kinds(LEDGER)[-1] == "run_finished"  # the last anchors are not a day old
        said = cli("audit", "anchor")
        assert (said.code, said.out.count("by Test TSA"), said.out.count("anchored")) == (0, 1, 2), said
        root = "great_expectations/tsa/root.pem"
        said = cli("audit", "verify", "--tsa-root", root, "--anchors", "copies", "--json")
        assert (said.code, said.json()["anchored"]["seq"]) == (0, 7), said
        assert cli("audit", "verify").code == 2
        authority.answer = 503
        assert compiled.run().code == 0
        said = cli("audit", "anchor")
        assert (said.code, "It answered 503." in said.err, "by ../copies" in said.out) == (1, True, True), said
    said = cli("audit", "verify", "--tsa-root", root, "--anchors", "copies")
    assert (said.code, "0 entries since are not." in said.out) == (0, True), said
    for arguments, sentence in (
        (["--tsa-root", "nowhere.pem"], "nowhere.pem cannot be read"),
        (["--tsa-root", "great_expectations/policy.yml"], "holds no certificate"),
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
