"""The fixed text of the site: words, what is missing and what fills it, and how to verify a ledger by hand."""

from __future__ import annotations

from dataclasses import dataclass

from synth_expectations.controls.model import Strength

STRENGTH_MEANINGS: dict[Strength, str] = {
    "direct": "the check shows what the requirement asks.",
    "partial": "the check shows a part of what it asks, or shows it for some records.",
    "supporting": "without it the requirement could hardly be fulfilled; the check shows none of it.",
}

GLOSSARY = (
    ("as of", "The time that ages and deadlines are compared with."),
    ("check", "An expectation on a table: one or more rules that each record of its population must keep."),
    ("checkpoint", "Checks that run together."),
    (
        "entry",
        "A line of the ledger: its number, its time, its kind, and the digests of its content and of the line before.",
    ),
    ("head", "The last entry of the ledger."),
    ("item", "A check on a table, or the review of a document, as evidence for one requirement."),
    ("marker", "The column that says whether a record is real, synthetic, partial or masked."),
    ("object", "Content of the ledger that is named by its own digest: a record, a result, SQL, a policy."),
    ("plan", "The checks that a run was to evaluate, recorded before it began."),
    ("population", "The records that a check is about."),
    ("provenance", "Where a synthetic record comes from: source, time, method, purpose and dataset."),
    ("record of a run", "The document that says what a run planned, read and found."),
    ("reference", "A second table in which records are looked up."),
    ("rule", "One condition that a record can break."),
    ("synthetic record", "A record that does not come from a real person: generated, simulated or augmented."),
    ("untagged record", "A record whose marker says nothing."),
)

VERIFY_COMMANDS = (
    "p=$(printf '%064d' 0)",
    "for f in ledger/*.json; do",
    """  [ "$(sed 's/.*"prev":"\\([0-9a-f]*\\)".*/\\1/' "$f")" = "$p" ] || echo "BROKEN at $f\"""",
    '  p=$(sha256sum < "$f" | cut -c1-64)',
    "done",
    'echo "head $p"',
    "for f in objects/*; do",
    """  [ "$(sha256sum < "$f" | cut -c1-64)" = "${f#objects/}" ] || echo "ALTERED $f\"""",
    "done",
)
"""For a POSIX shell, in the directory of the ledger."""


@dataclass(frozen=True)
class MissingPage:
    """A page that no record can fill yet.

    Attributes:
        sentence: what is missing.
        remedy: what will fill it.
    """

    path: str
    title: str
    sentence: str
    remedy: str


OUR_RATES = "finds 8 % to 88 % of the made-up records, and takes at most 0.1 % to 0.9 % of people for made up"
"""The lowest and the highest that docs/signatures.md measured, by the strictness of the check."""

_NO_COMMAND = "No command of this version records it"

MISSING_PAGES = (
    MissingPage(
        "registry.html",
        "Datasets",
        "The records of runs count what checks found, and hold no line of the registry of datasets: none is listed here.",
        f"{_NO_COMMAND}. What the checks say of the registry is on the pages of its tables.",
    ),
    MissingPage(
        "uses.html",
        "Uses",
        "Experiments, models and decisions that used synthetic records are not listed in the records of runs.",
        f"{_NO_COMMAND}. What the checks say of them is on the pages of their tables.",
    ),
)
