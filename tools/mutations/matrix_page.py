"""The page of the matrix, in Markdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from tools.docs.markdown import page, table
from tools.mutations.matrix import Cell, Outcome, Violation
from tools.mutations.reasons import REASONS, find_reason
from tools.mutations.spoilings import Spoiling

HEAD = ("planted", "table")
MOST_SENTENCES = 6
"""Of a spoiling, on the page."""

Cells = Mapping[str, Sequence[Cell | None]]
"""By the name of the spoiling: the cell of each violation."""

INTRODUCTION = """\
# Mutations

The demo plants violations and finds all of them. This page shows what happens to each violation when something around it is
damaged: its marker, its columns, its files, its references, the policy, or the compiled files. If the violation is still found,
or the run is *errored*, nothing is lost. If the violation is missed silently, this is a hole, and the page gives the reason.

`make mutations` writes the page. A test fails if the page is stale, if a hole has no reason, or if a reason has no hole.

| cell | what happened to the violation |
|---|---|
| `=` | The same finding: each planted record breaks the same rule. |
| `#` | The same number of records breaks the rule. Their keys cannot be shown, because the key column is damaged. |
| `~` | Each planted record is found by another rule or expectation of its table. |
| `E` | Errored: the run ends with exit code 2, and an error says why. |
| `[1]` | A hole, and the number of its reason. |
| | Nothing that concerns the violation was damaged. |
"""


def format_page(spoilings: Sequence[Spoiling], violations: Sequence[Violation], cells: Cells) -> str:
    """Return the page."""
    return page(_format_lines(spoilings, violations, cells)).replace("`make docs`", "`make mutations`", 1)


def format_cell(spoiling: Spoiling, cell: Cell | None) -> str:
    """Return a cell as it stands on the page; a hole without a reason is `[?]`."""
    if cell is None:
        return ""
    if cell.outcome.is_hole:
        reason = find_reason(spoiling.name, cell)
        return f"[{'?' if reason is None else REASONS.index(reason) + 1}]"
    return {Outcome.SAME: "=", Outcome.UNNAMED: "#", Outcome.OTHERWISE: "~", Outcome.ERRORED: "E"}[cell.outcome]


def read_cells(text: str) -> dict[tuple[str, str], list[str]]:
    """Return the cells of each violation that a page shows, by its kind and table."""
    lines = [line.strip("|").split("|") for line in text.splitlines() if line.startswith("|")]
    rows = [[cell.strip() for cell in line] for line in lines]
    start = next(number for number, row in enumerate(rows) if tuple(row[:2]) == HEAD)
    width = len(rows[start])
    return {(row[0], row[1]): row[2:] for row in rows[start + 2 :] if len(row) == width}


def _format_lines(spoilings: Sequence[Spoiling], violations: Sequence[Violation], cells: Cells) -> Iterator[str]:
    yield from INTRODUCTION.splitlines()
    yield ""
    yield "## What is spoiled"
    yield ""
    yield from table(("", "spoiled", "`=` `#`", "`~`", "`E`", "holes"), _count(spoilings, cells))
    yield ""
    yield "## The matrix"
    yield ""
    numbers = [str(number) for number, _ in enumerate(spoilings, 1)]
    rows = (
        (violation.kind, violation.table, *(format_cell(each, cells[each.name][number]) for each in spoilings))
        for number, violation in enumerate(violations)
    )
    yield from table((*HEAD, *numbers), rows)
    yield ""
    yield "## Reasons of holes"
    yield ""
    yield from (f"{number}. {reason.text}" for number, reason in enumerate(REASONS, 1))
    yield ""
    yield "## Sentences of errors"
    for number, spoiling in enumerate(spoilings, 1):
        sentences = Counter(
            cell.sentence for cell in cells[spoiling.name] if cell and cell.outcome is Outcome.ERRORED
        ).most_common()
        if sentences:
            yield ""
            yield f"{number}. {spoiling.name}:"
            yield ""
            yield from (f"- {sentence}" for sentence, _ in sentences[:MOST_SENTENCES])
            if len(sentences) > MOST_SENTENCES:
                yield f"- and {len(sentences) - MOST_SENTENCES} like these."


def _count(spoilings: Sequence[Spoiling], cells: Cells) -> Iterator[tuple[str, ...]]:
    for number, spoiling in enumerate(spoilings, 1):
        counts = Counter(cell.outcome for cell in cells[spoiling.name] if cell)
        named = counts[Outcome.SAME] + counts[Outcome.UNNAMED]
        holes = sum(count for outcome, count in counts.items() if outcome.is_hole)
        numbers = (named, counts[Outcome.OTHERWISE], counts[Outcome.ERRORED], holes)
        yield str(number), spoiling.sentence, *(str(count or "") for count in numbers)
