"""The fixed text of the site: words, what is missing and what fills it, and how to verify a ledger by hand."""

from __future__ import annotations

from dataclasses import dataclass

from synth_expectations.controls.model import Strength

STRENGTH_MEANINGS: dict[Strength, str] = {
    "direct": "the check shows what the requirement asks for.",
    "partial": "the check shows part of what the requirement asks for, or shows it for some records.",
    "supporting": "the requirement could hardly be fulfilled without it, but the check does not show that it is fulfilled.",
}

GLOSSARY = (
    ("as of", "The time against which ages and deadlines are evaluated."),
    ("check", "An expectation on a table: one or more rules that each record of its population must follow."),
    ("checkpoint", "Checks that run together."),
    (
        "entry",
        "A line of the ledger: its number, time and kind, and the digests of its content and of the previous line.",
    ),
    ("head", "The last entry of the ledger."),
    ("item", "A check on a table, or the review of a document, as evidence for one requirement."),
    ("marker", "The column that says whether a record is real, synthetic, partial or masked."),
    ("object", "Content of the ledger that is named by its own digest: a record, a result, SQL, a policy."),
    ("plan", "The checks that a run must evaluate, recorded before it begins."),
    ("population", "The records that a check applies to."),
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


OUR_RATES = "finds 8 % to 85 % of the made-up records, and flags at most 0.1 % to 0.9 % of people as made up"
"""The lowest and the highest that docs/signatures.md measured, by the strictness of the check."""

_NO_COMMAND = "No command of this version records it"

MISSING_PAGES = (
    MissingPage(
        "registry.html",
        "Datasets",
        "The records of runs contain the counts of checks, but not the registry of datasets, so no dataset is listed here.",
        f"{_NO_COMMAND}. The results of checks on the registry are on the pages of its tables.",
    ),
    MissingPage(
        "uses.html",
        "Uses",
        "Experiments, models and decisions that used synthetic records are not listed in the records of runs.",
        f"{_NO_COMMAND}. The results of checks on them are on the pages of their tables.",
    ),
)
