"""The files of controls that are shipped."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from synth_expectations.controls import Regulation, find_controls, load_regulations
from synth_expectations.controls.load import HERE, load_installed
from synth_expectations.engine.derived_files import DerivedFile

REGULATIONS = load_regulations()
MAPPINGS = [
    pytest.param(mapping, id=f"{regulation.id}: {requirement.id}: {mapping.expectation}")
    for regulation in REGULATIONS
    for requirement in regulation.requirements
    for mapping in requirement.mappings or ()
]


def _named(regulation: Regulation) -> set[str]:
    return {mapping.expectation for each in regulation.requirements for mapping in each.mappings or ()}


def test_every_file_is_a_regulation() -> None:
    assert [each.id for each in REGULATIONS] == [
        "eu_ai_act", "gdpr", "iso_42001", "nist_ai_rmf", "owasp_aisvs", "us_lending", "us_states",
    ]  # fmt: skip
    assert {f"{each.id}.yml" for each in REGULATIONS} == {path.name for path in HERE.glob("*.yml")}


def test_both_readers_read_the_same() -> None:
    """A run reads them without lines, which is faster."""
    assert load_installed() == REGULATIONS


def test_the_regulations_that_are_kept_are_those_of_the_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    load = load_installed.__wrapped__
    assert repr(load()) == repr(REGULATIONS)
    assert list(tmp_path.rglob("*.cache"))
    with monkeypatch.context() as patch:
        patch.setattr("synth_expectations.controls.load.YAML", None)  # nobody reads YAML again
        kept = load()
    assert repr(kept) == repr(REGULATIONS)
    assert [regulation.model_fields_set for regulation in kept] == [item.model_fields_set for item in REGULATIONS]
    monkeypatch.setattr(DerivedFile, "read", lambda _: b'[{"id": "gdpr"}]')
    assert load() == REGULATIONS


def test_every_requirement_has_either_evidence_or_a_person() -> None:
    for regulation in REGULATIONS:
        for each in regulation.requirements:
            assert bool(each.mappings) != bool(each.manual), f"{regulation.id}: {each.id}"


@pytest.mark.parametrize("mapping", MAPPINGS)
def test_a_mapping_says_what_it_shows_and_what_not(mapping) -> None:
    for text in (mapping.because, mapping.does_not_show):
        assert text[0].isupper() or text[0].isdigit()
        assert text.endswith(".")
        assert len(text.split()) > 1
    assert len(mapping.because.split()) > 5


def test_nothing_is_called_direct_that_only_a_person_could_judge() -> None:
    """No rule shows a whole requirement today: whoever adds the first one says so here."""
    strengths = {each.values[0].strength for each in MAPPINGS}
    assert strengths == {"partial", "supporting"}


def test_every_run_that_counts_holds_for_all_records() -> None:
    for regulation in REGULATIONS:
        assert regulation.requires["mostly"].describe() == "is 1"


def test_what_is_unread_is_to_confirm() -> None:
    unread = {each.id for one in REGULATIONS for each in one.requirements if not each.read_on}
    to_confirm = {each.id for one in REGULATIONS for each in one.requirements if each.sure == "to confirm"}
    assert unread
    assert unread <= to_confirm


def test_each_reading_has_a_reader_and_no_reading_is_said_to_be_of_the_source_that_was_of_a_copy() -> None:
    for regulation in REGULATIONS:
        for requirement in regulation.requirements:
            assert bool(requirement.read_on) == bool(requirement.read_by), requirement.id
            assert not (requirement.read_in and requirement.sure == "primary source"), requirement.id
    (gdpr,) = [regulation for regulation in REGULATIONS if regulation.id == "gdpr"]
    articles = [requirement for requirement in gdpr.requirements if requirement.id.startswith("Article")]
    assert all(requirement.quote and requirement.read_in for requirement in articles)


def test_the_effects_test_left_regulation_b_on_a_day() -> None:
    (lending,) = [regulation for regulation in REGULATIONS if regulation.id == "us_lending"]
    before, after = [each for each in lending.requirements if each.id.startswith("12 CFR 1002.4(a)")]
    assert (before.until, after.applies_from) == (date(2026, 7, 20), date(2026, 7, 21))


@pytest.mark.parametrize(
    ("requirement", "expectation"),
    [
        ("MS-2.8-003", "expect_synthetic_components_to_keep_history"),
        ("MS-2.10-003", "expect_synthetic_records_to_not_copy_real_records"),
        ("MG-2.2-007", "expect_synthetic_records_to_have_lineage"),
        ("12 CFR 1002.2(p)", "expect_regulated_models_to_exclude_synthetic_training_data"),
        ("Article 5(2)", "expect_synthetic_use_to_be_documented"),
        ("Article 25", "expect_sandboxes_to_contain_no_real_records"),
        ("Article 35(1)", "expect_synthetic_use_to_be_documented"),
    ],
)
def test_what_was_overstated_is_supporting_at_most(requirement: str, expectation: str) -> None:
    controls = find_controls(expectation, REGULATIONS)
    assert [each.strength for each in controls if each.requirement == requirement] == ["supporting"]


def test_fraud_decisions_are_never_mapped_to_credit_scoring() -> None:
    (act,) = [each for each in REGULATIONS if each.id == "eu_ai_act"]
    (scoring,) = [each for each in act.requirements if "5(b)" in each.id]
    assert scoring.mappings is None
    assert "detecting financial fraud" in scoring.asks


def test_the_dates_of_the_ai_act() -> None:
    (act,) = [each for each in REGULATIONS if each.id == "eu_ai_act"]
    starts = {each.id: each.applies_from for each in act.requirements}
    assert starts["Article 14"] == starts["Article 26(6)"] == date(2027, 12, 2)
    assert starts["Article 50(1)"] == starts["Article 50(2)"] == starts["Article 86"] == date(2026, 8, 2)
    assert starts["Article 4a(1)(a)"] == date(2026, 7, 27), "which took the place of Article 10(5)"
    assert not any(name.startswith("Article 10(5)") for name in starts)
    assert starts["Article 50(2), systems on the market before 2 August 2026"] == date(2026, 12, 2)


def test_what_an_expectation_is_evidence_for() -> None:
    found = find_controls("expect_legal_holds_to_be_honored", REGULATIONS)
    assert [(each.regulation, each.requirement, each.strength) for each in found] == [
        ("gdpr", "Article 17(3)(e)", "partial"),
        ("nist_ai_rmf", "GV-1.7-002", "supporting"),
        ("us_lending", "12 CFR 1002.12(b)(4)", "partial"),
        ("us_states", "Colorado SB 26-189, records", "supporting"),
    ]
    assert find_controls("expect_column_to_exist", REGULATIONS) == ()


def test_controls_are_read_without_great_expectations() -> None:
    program = (
        "import sys; from datetime import date; from synth_expectations.controls import format_controls, load_regulations\n"
        "list(format_controls(load_regulations(), date(2026, 11, 24)))\n"
        "assert 'great_expectations' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
