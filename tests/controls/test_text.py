"""Controls as people and programs read them. `--snapshot-update` writes the snapshots anew."""

from __future__ import annotations

import json
from datetime import date

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from synth_expectations.controls import EvidenceStatus, Finding, controls_to_document, format_controls, load_regulations

REGULATIONS = load_regulations()
ACT, GDPR = REGULATIONS[:2]
TODAY = date(2026, 11, 24)
RUN = (
    Finding(
        "expect_human_oversight_to_be_effective",
        EvidenceStatus.SUPPORTS,
        {"mostly": 1.0, "people": "reviewer", "max_batch": 20, "authorised_from": "since", "trained_from": "trained"},
        "credit_decision",
    ),
    Finding("expect_table_to_contain_no_synthetic_records", EvidenceStatus.CONTRARY, {"mostly": 1.0}, "customer"),
    Finding("expect_table_to_contain_no_synthetic_records", EvidenceStatus.SUPPORTS, {"mostly": 1.0}, "marketing_send"),
    Finding("expect_synthetic_use_to_be_documented", EvidenceStatus.SUPPORTS, {"mostly": 1.0}, "use"),
    Finding("expect_synthetic_influence_to_be_disclosed", EvidenceStatus.NOTHING_TO_CHECK, {"mostly": 1.0}, "output"),
    Finding("expect_synthetic_components_to_keep_history", EvidenceStatus.INCONCLUSIVE, {}, "component"),
)


class TextFile(SingleFileSnapshotExtension):
    """One file a snapshot."""

    _write_mode = WriteMode.TEXT
    file_extension = "txt"


def test_all_regulations_at_a_glance(snapshot: SnapshotAssertion) -> None:
    assert "\n".join(format_controls(REGULATIONS, TODAY)) == snapshot(extension_class=TextFile)


def test_a_regulation_with_the_evidence_of_a_run(snapshot: SnapshotAssertion) -> None:
    assert "\n".join(format_controls([ACT], TODAY, RUN, whole=True)) == snapshot(extension_class=TextFile)


def test_evidence_at_a_glance(snapshot: SnapshotAssertion) -> None:
    assert "\n".join(format_controls([ACT], date(2028, 1, 1), iter(RUN))) == snapshot(extension_class=TextFile)


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize("width", [60, 80, 160])
def test_lines_fit_the_terminal(width: int, whole: bool) -> None:
    for text in format_controls(REGULATIONS, TODAY, RUN, whole=whole, width=width):
        assert len(text) <= width or "://" in text or len(text.split()) <= 2 or text.startswith("More "), text
        assert text == text.rstrip()


def test_what_is_to_confirm_is_shown() -> None:
    text = " ".join(" ".join(format_controls([GDPR], TODAY, whole=True)).split())
    assert "sure to confirm. Whether an invented record among customers is inaccurate personal data." in text
    assert "Checked against: primary source 1, secondary sources 17, to confirm 2." in text
    assert "read On 2026-11-29 by the maintainers of this package, in a public copy of the Regulation" in text


def test_as_json() -> None:
    said = json.loads(json.dumps(controls_to_document([ACT], TODAY, RUN)))
    assert (said["schema"], said["as_of"]) == (1, "2026-11-24")
    (act,) = said["regulations"]
    found = {each["id"]: each for each in act["requirements"]}
    assert len(found) == len(ACT.requirements)
    oversight = found["Article 14"]
    assert (oversight["applies"], oversight["applies_from"]) == ("not_yet", "2027-12-02")
    assert (oversight["status"], oversight["strength"], oversight["manual"]) == ("not yet in force", None, None)
    assert oversight["counts"] == {"inconclusive": 1, "not run": 1}
    assert oversight["mappings"][0]["findings"] == [
        {
            "table": "credit_decision",
            "status": "inconclusive",
            "why": ["too loose: max_batch is 20; evidence needs: max_batch is at most 5"],
        }
    ]
    assert oversight["mappings"][0]["requires"] == ["mostly is 1", "people is given", "max_batch is at most 5"]
    assert found["Article 26(2)"]["counts"] == {"supports": 1}
    assert found["Article 26(4)"]["counts"]["contrary"] == 1
    assert found["Article 27"]["counts"] == {"manual open": 1}
    assert found["Article 27"]["manual"].startswith("Make the assessment")
