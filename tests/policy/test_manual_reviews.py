"""Reviews of documents: they count until they end, or the document changes."""

from __future__ import annotations

import hashlib
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from synth_expectations.policy.governance import ManualReview
from synth_expectations.policy.manual_reviews import judge_reviews

DAY = date(2026, 11, 1)
REVIEW = {"requirement": "gdpr/Article 35(7)", "document": "dpia.pdf", "reviewed_by": "dpo", "on": "2026-10-01"}


def _judge(directory: Path, *reviews: dict[str, Any], day: date = DAY) -> list[str]:
    models = [ManualReview.model_validate(REVIEW | review) for review in reviews]
    return [standing.format_sentence() for standing in judge_reviews(models, directory, day)]


@pytest.mark.parametrize(
    ("review", "sentence"),
    [
        ({}, "dpia.pdf, reviewed by dpo on 2026-10-01, without a digest"),
        ({"until": "2026-11-01"}, "dpia.pdf, reviewed by dpo on 2026-10-01 until 2026-11-01, without a digest"),
        ({"until": "2026-10-31"}, "dpia.pdf: the review of 2026-10-01 ended on 2026-10-31"),
        ({"on": "2026-11-02"}, "dpia.pdf: it was reviewed on 2026-11-02, after 2026-11-01"),
        ({"sha256": "0" * 64}, "dpia.pdf: there is no such file beside the policy, or it cannot be read"),
        ({"sha256": "0" * 64, "document": "."}, ".: there is no such file beside the policy, or it cannot be read"),
        (
            {"sha256": "0" * 64, "document": "https://grc.example/4"},
            "https://grc.example/4, reviewed by dpo on 2026-10-01",
        ),
    ],
)
def test_a_review(review: dict[str, Any], sentence: str, tmp_path: Path) -> None:
    assert _judge(tmp_path, review) == [sentence]


def test_a_document_that_changed_is_reviewed_no_longer(tmp_path: Path) -> None:
    document = tmp_path / "dpia.pdf"
    document.write_bytes(b"first")
    review = {"sha256": hashlib.sha256(b"first").hexdigest()}
    assert _judge(tmp_path, review) == ["dpia.pdf, reviewed by dpo on 2026-10-01"]
    document.write_bytes(b"second")
    assert _judge(tmp_path, review) == ["dpia.pdf: it changed since it was reviewed on 2026-10-01"]


@pytest.mark.parametrize("name", ["pipe", "../outside.pdf", "x" * 10_000, "nul\0.pdf"])
def test_what_is_no_file_that_can_be_read(name: str, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "there is no such file" in _judge(tmp_path, {"document": name, "sha256": "0" * 64})[0]


def test_the_last_review_before_the_day_counts(tmp_path: Path) -> None:
    """An old one that ended does not reopen what was reviewed again, and one to come does not close it."""
    old, new, planned = {"until": "2026-10-10"}, {"on": "2026-10-11"}, {"on": "2026-12-01"}
    assert _judge(tmp_path, planned, new, old) == ["dpia.pdf, reviewed by dpo on 2026-10-11, without a digest"]
    assert _judge(tmp_path, old, planned) == ["dpia.pdf: the review of 2026-10-01 ended on 2026-10-10"]
    other = {"document": "annex.pdf", "until": "2026-10-10"}
    assert len(_judge(tmp_path, new, other)) == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"requirement": "Article 35(7)"},
        {"document": "/home/dpo/dpia.pdf"},
        {"document": "C:\\dpia.pdf"},
        {"document": "~/dpia.pdf"},
        {"document": "file:///dpia.pdf"},
        {"sha256": "abc"},
        {"until": "2026-09-30"},
    ],
)
def test_what_is_no_review(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        ManualReview.model_validate(REVIEW | wrong)
