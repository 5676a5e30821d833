"""docs/errored.md has a row for each sentence with which something becomes errored, and none that nothing says."""

from __future__ import annotations

import ast
import re

from tests.paths import ROOT
from tests.tools.error_sentences import GAP, find_sentences, format_alternatives

PAGE = ROOT / "docs" / "errored.md"

NOT_ERRORED = {
    "a command or a call is refused before anything is run": (
        "… is not a batch.",
        "… workers can do nothing.",
        "The checkpoint … builds no Data Docs.",
        "There is no checkpoint ….",
        "There is no Great Expectations project in ….",
        "… is not compiled yet.",
        "The checkpoint … has no table….",
        "The project in … has no data source ….",
        "The project in … cannot be opened: ….",
        "… cannot be read or written.",
        "Nothing can be written to …: …",
        "The project has no policy that names identifiers.",
        "batch_parameters: there is no ….",
        "fail_on: … is not a severity.",
        "as_of: … is not a time.",
        "The package openlineage-python is not installed.",
        "OpenLineage is not configured, so nobody would get the lineage.",
        "OpenLineage is not configured well: ….",
        "That is not the address of a database.",
        "There is no expectation ….",
        "… is not a whole number of months.",
    ),
    "said by the command fingerprint, which reads no verdict": (
        "… has no columns.key in the policy.",
        "… has no e-mail, phone with name, or name with birth_date and postcode in the policy.",
        "… has no record to fingerprint.",
        "No record of … has an identifier that can be read.",
        "Some records of … have no key: their fingerprints would belong to nobody.",
    ),
    "said by the commands overlap, which read no verdict": (
        "There is nothing to answer: ….",
        "… was not made with the key ….",
        "… answers another request than ….",
        "The answer does not say of each kind whether it was compared.",
        "… cannot be both files: nothing was written.",
        "… is …, and not ….",
        "The … … was altered after it was made.",
        "The … … was made by another release, which brings identifiers to other forms.",
        "The … … was made on …: it may be used for … days.",
        "The … … cannot be read: ….",
        "… is of a format that this release does not know.",
        "The answer does not fit the request: what both sides have was not found.",
        "The request has another number of values than it says.",
        "openmined-psi is not installed, which compares sets in private.",
    ),
    "a plug-in, or the installed Great Expectations, does not fit": (
        "… is …, where a Dialect is needed.",
        "… holds the dialect …, where … is needed.",
        "Two dialects are called ….",
        "Two expectations are called ….",
        "… cannot be imported: ….",
        "The plug-in … (…) cannot be imported: ….",
        "Great Expectations … …, which … had. …",
    ),
    "of `fingerprint --verify`, which evaluates nothing": ("The fingerprints … were not made with this key.",),
    "met once, and not by the same query without what Great Expectations wants of it": (
        "… has columns of names that its query needs: ….",
    ),
    "a bug of this package": ("The check was never added to the plan of this batch.",),
    "part of a sentence": (
        "it compares ….",
        "compile, then review the diff.",
        "… cannot be read: … ….",
        "It was not evaluated: …",
        "…  …; …; exit …",
    ),
    "said beside a verdict, which it leaves alone": (
        "… is stale: ….",
        "…: … … made after --as-of …, and judged as of that day.",
        "…: … … made in the future, by the generation time: a time zone or a clock is wrong, or it was written during the run.",
        "The batch … has no records.",
        "Recorded by the guard of Great Expectations, after the run: its start was not recorded before data was read.",
    ),
}
"""Sentences without a row, by the reason why they need none."""

_TAKEN_ALONE = {"… cannot be read: …"}
"""Rows for what an engine says itself: they stand for no sentence that says more."""


def rows() -> list[str]:
    """Return the sentences of the page, in the first cell of each row."""
    cells = (line.split("|")[1].strip() for line in PAGE.read_text().splitlines() if line.startswith("| "))
    return [cell for cell in cells if cell != "Error"]


def is_row_of(row: str, sentence: str) -> bool:
    if row in _TAKEN_ALONE:
        return sentence.rstrip(".") == row
    return re.search(".*".join(map(re.escape, row.rstrip(".").split(GAP))), sentence) is not None


def needs_a_row(sentence: str) -> bool:
    """Return whether a sentence says something itself: one of gaps repeats another error."""
    return re.sub(r"\W", "", sentence.replace(GAP, "")) != ""


def test_each_sentence_has_a_row() -> None:
    known = {sentence for sentences in NOT_ERRORED.values() for sentence in sentences}
    said = [(place, sentence) for place, sentence in find_sentences() if needs_a_row(sentence)]
    assert len(said) > 120, "the search finds what is raised"
    without = [
        f"{place}: {sentence}"
        for place, sentence in said
        if sentence not in known and not any(is_row_of(row, sentence) for row in rows())
    ]
    assert not without, "add a row to docs/errored.md, or the reason why none is needed:\n" + "\n".join(without)
    assert known <= {sentence for _, sentence in said}, "a reason is left of a sentence that is gone"


def test_each_row_is_of_a_sentence() -> None:
    sentences = [sentence for _, sentence in find_sentences()]
    stale = [row for row in rows() if not any(is_row_of(row, sentence) for sentence in sentences)]
    assert not stale, "nothing says this any more:\n" + "\n".join(stale)
    assert len(set(rows())) == len(rows())


def test_each_row_says_what_to_do() -> None:
    for line in PAGE.read_text().splitlines():
        if line.startswith("| "):
            assert len([cell for cell in line.strip("|").split("|") if cell.strip()]) == 3, line


def test_a_new_reason_needs_a_row() -> None:
    (sentence,) = format_alternatives(ast.parse("f'The moon over {table} is new.'").body[0].value)  # type: ignore[attr-defined]
    assert not any(is_row_of(row, sentence) for row in rows())
