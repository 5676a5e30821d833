"""What is wrong with a file of controls, as a sentence with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from synth_expectations.controls import ControlsError, find_regulation, load_regulations

GOOD = """\
id: example
title: Example Act
source: Example Act of 2026
url: https://regulator.example/act
about: All of it.
requires:
  mostly: {eq: 1}
requirements:
  - id: Section 1
    title: Tags
    asks: Records are tagged.
    source: Example Act, section 1
    sure: primary source
    read_on: "2026-11-23"
    read_by: ann@shop.example
    applies_from: "2026-01-01"
    mappings:
      - expectation: expect_records_to_be_tagged
        strength: direct
        because: It counts the records without a tag.
        does_not_show: That the tag is true.
      - expectation: expect_synthetic_provenance_to_be_well_formed
        strength: supporting
        because: It reads the time of generation.
        does_not_show: That the time is true.
        requires:
          clock_skew: {max_duration: PT1H}
  - id: Section 2
    title: Training
    asks: People are trained.
    source: Example Act, section 2
    sure: to confirm
    confirm: The wording.
    applies_from: "2026-01-01"
    manual: Ask them, since no table holds what they know.
"""


def _error(directory: Path, old: str, new: str, known: list[str] | None = None) -> list[str]:
    assert GOOD.count(old) >= 1
    (directory / "example.yml").write_text(GOOD.replace(old, new, 1))
    with pytest.raises(ControlsError) as caught:
        load_regulations(directory, known)
    return [each.format_located().removeprefix(f"{directory}/") for each in caught.value.errors]


def test_a_good_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "example.yml").write_text(GOOD)
    (found,) = load_regulations(tmp_path)
    assert [each.id for each in found.requirements] == ["Section 1", "Section 2"]
    first = found.requirements[0]
    assert first.mappings is not None
    said = {name: limit.describe() for name, limit in found.find_limits(first.mappings[1]).items()}
    assert said == {"mostly": "is 1", "clock_skew": "is at most PT1H"}


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        pytest.param(
            "expectation: expect_records_to_be_tagged",
            "expectation: expect_records_to_be_taged",
            "example.yml:18: Section 1: there is no expectation expect_records_to_be_taged. "
            "Did you mean expect_records_to_be_tagged?",
            id="unknown expectation",
        ),
        pytest.param(
            "{max_duration: PT1H}",
            "{at_most: PT1H}",
            "example.yml:27: Section 1, expect_synthetic_provenance_to_be_well_formed: there is no operator at_most. "
            "There are eq, min, max, min_duration, max_duration, given.",
            id="unknown operator",
        ),
        pytest.param(
            "clock_skew: {max_duration: PT1H}",
            "clock_skew: PT1H",
            "example.yml:27: Section 1, expect_synthetic_provenance_to_be_well_formed: clock_skew has no operator. "
            "There are eq, min, max, min_duration, max_duration, given.",
            id="no operator",
        ),
        pytest.param(
            "{max_duration: PT1H}",
            "{}",
            "example.yml:27: Section 1, expect_synthetic_provenance_to_be_well_formed: clock_skew: "
            "name an operator: eq, min, max, min_duration, max_duration, given.",
            id="empty operator",
        ),
        pytest.param(
            "{max_duration: PT1H}",
            "{max_duration: 1 hour}",
            "example.yml:27: Section 1, expect_synthetic_provenance_to_be_well_formed: max_duration: "
            "'1 hour' is not an ISO 8601 duration, such as P90D, P2Y or PT5M.",
            id="no duration",
        ),
        pytest.param(
            "mostly: {eq: 1}",
            "mostly: {eq: [1, 2]}",
            "example.yml:7: eq takes one value.",
            id="several values",
        ),
        pytest.param(
            "clock_skew: {",
            "clock_skw: {",
            "example.yml:27: Section 1: expect_synthetic_provenance_to_be_well_formed has no parameter clock_skw. "
            "Did you mean clock_skew?",
            id="unknown parameter",
        ),
        pytest.param(
            "requirements:\n",
            "mappings:\n  - expectation: expect_records_to_be_tagged\nrequirements:\n",
            "example.yml:8: A mapping outside of any requirement. Put it under the one that it gives evidence for.",
            id="orphan mapping: no requirement",
        ),
        pytest.param(
            "- expectation: expect_records_to_be_tagged\n        strength",
            "- strength",
            "example.yml:18: Section 1: a mapping without an expectation. Name the expectation that gives evidence.",
            id="orphan mapping: no expectation",
        ),
        pytest.param(
            "id: Section 2",
            "id: Section 1",
            "example.yml:9: Section 1 appears 2 times. Give each its own id.",
            id="duplicate id",
        ),
        pytest.param(
            "id: example",
            "id: sample",
            "example.yml:1: The id is sample, the file is called example. Give both the same name.",
            id="id of another file",
        ),
        pytest.param(
            "expectation: expect_synthetic_provenance_to_be_well_formed",
            "expectation: expect_records_to_be_tagged",
            "example.yml:22: Section 1: expect_records_to_be_tagged is mapped twice. Keep one of them.",
            id="mapped twice",
        ),
        pytest.param(
            "strength: direct",
            "strength: strong",
            "example.yml:19: Section 1, expect_records_to_be_tagged: there is no strength strong. "
            "There are direct, partial, supporting.",
            id="unknown strength",
        ),
        pytest.param(
            "        does_not_show: That the tag is true.\n",
            "",
            "example.yml:18: Section 1, expect_records_to_be_tagged: does_not_show is missing. "
            "Say what stays open when it passes.",
            id="missing does_not_show",
        ),
        pytest.param(
            "    asks: People are trained.\n",
            "",
            "example.yml:28: Section 2: asks is missing.",
            id="missing key",
        ),
        pytest.param(
            "title: Training",
            "titel: Training",
            "example.yml:29: Section 2: there is no key titel.",
            id="unknown key",
        ),
        pytest.param(
            "That the tag is true.",
            "the truth",
            "example.yml:21: Section 1, expect_records_to_be_tagged: does_not_show: "
            "write a whole sentence: from a capital letter to a full stop.",
            id="no sentence",
        ),
        pytest.param(
            "    manual: Ask them, since no table holds what they know.\n",
            "",
            "example.yml:28: Section 2: it has neither mappings nor manual: "
            "say how it is met, or what a person must do.",
            id="neither",
        ),
        pytest.param(
            "    mappings:\n",
            "    manual: Ask somebody.\n    mappings:\n",
            "example.yml:9: Section 1: it is manual and has mappings: keep one.",
            id="both",
        ),
        pytest.param(
            "    confirm: The wording.\n",
            "",
            "example.yml:28: Section 2: it is to confirm, but confirm does not say what.",
            id="nothing to confirm",
        ),
        pytest.param(
            '    read_on: "2026-11-23"\n    read_by: ann@shop.example\n',
            "",
            "example.yml:9: Section 1: read_on is missing: only a paraphrase that is to confirm may lack it.",
            id="unread",
        ),
        pytest.param(
            "    read_by: ann@shop.example\n",
            "",
            "example.yml:9: Section 1: a reading has a day and a reader: give read_on and read_by, or neither.",
            id="read by nobody",
        ),
        pytest.param(
            "    confirm: The wording.\n",
            "    confirm: The wording.\n    quote: People are trained.\n",
            "example.yml:28: Section 2: it has read_in or quote, and nobody read it: give read_on and read_by.",
            id="quoted and never read",
        ),
        pytest.param(
            'applies_from: "2026-01-01"',
            'applies_from: "2026-01-01"\n    until: "2025-01-01"',
            "example.yml:9: Section 1: until is before applies_from.",
            id="ends before it begins",
        ),
        pytest.param(
            '"2026-01-01"',
            "2026-01-01",
            'example.yml:16: requirements.0.applies_from: a date without quotes. Write "2026-01-01".',
            id="date without quotes",
        ),
        pytest.param(
            "title: Example Act\n",
            "title: Example Act\ntitle: Another\n",
            'example.yml:3: It is not valid YAML: found duplicate key "title". Keep one of them.',
            id="duplicate key",
        ),
    ],
)
def test_what_is_wrong_is_a_sentence_with_its_line(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    assert sentence in _error(tmp_path, old, new)


def test_a_parameter_required_of_all_is_one_of_each(tmp_path: Path) -> None:
    """The line is that of the regulation's own `requires`."""
    assert _error(tmp_path, "mostly: {eq: 1}", "clock_skew: {max_duration: PT1H}") == [
        "example.yml:7: Section 1: expect_records_to_be_tagged has no parameter clock_skew. Did you mean record_key?"
    ]


def test_everything_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    (tmp_path / "other.yml").write_text(GOOD.replace("id: example", "id: other").replace("direct", "strong"))
    found = _error(tmp_path, "_tagged", "_tugged")
    assert [each.split(": ")[0] for each in found] == ["example.yml:18", "other.yml:19"]


def test_only_what_is_known_may_be_named(tmp_path: Path) -> None:
    """What is named in place of the catalogue is all that there is."""
    found = _error(tmp_path, "id: example", "id: example", known=["expect_records_to_be_tagged"])
    assert [each.split(". ")[0] for each in found] == [
        "example.yml:22: Section 1: there is no expectation expect_synthetic_provenance_to_be_well_formed"
    ]


def test_no_files_at_all_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ControlsError, match=r"There are no files of controls[.] Install the package again[.]"):
        load_regulations(tmp_path)


def test_a_regulation_that_is_not_there() -> None:
    with pytest.raises(ControlsError) as caught:
        find_regulation("gdrp", load_regulations())
    assert str(caught.value) == "There is no regulation gdrp. Did you mean gdpr?"
