"""The page of the matrix, in Markdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from tools.docs.markdown import page, table
from tools.mutations.matrix import Cell, Cells, Outcome, Violation
from tools.mutations.reasons import REASONS, find_reason
from tools.mutations.spoilings import Spoiling
from tools.mutations.stores import PARQUET

HEAD = ("planted", "table")
MOST_SENTENCES = 6
"""Of a spoiling, on the page."""

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


def format_page(spoilings: Sequence[Spoiling], violations: Sequence[Violation], cells: Mapping[str, Cells]) -> str:
    """Return the page.

    Args:
        spoilings: the columns of the matrix.
        violations: its rows.
        cells: by the name of the store.
    """
    lines = [
        *_format_lines(spoilings, violations, cells[PARQUET]),
        "",
        *_format_stores(spoilings, cells),
        "",
        *_format_errors(spoilings, cells[PARQUET]),
    ]
    return page(lines).replace("`make docs`", "`make mutations`", 1)


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


def _format_stores(spoilings: Sequence[Spoiling], cells: Mapping[str, Cells]) -> Iterator[str]:
    applicable = sum(not spoiling.needs_files for spoiling in spoilings)
    rows = [
        (str(number), spoiling.sentence, store, str(count), f"`{there}` instead of `{here}`")
        for number, spoiling in enumerate(spoilings, 1)
        for store in cells
        for (here, there), count in _compare(spoiling, cells[PARQUET], cells[store]).items()
    ]
    yield "## CSV and PostgreSQL"
    yield ""
    yield "The matrix above is of Parquet files. It also runs on CSV files, and on tables of PostgreSQL, where the"
    yield f"{applicable} spoilings apply that do not damage files. The outcome is the same, except in these cells: the policy of"
    yield "CSV names the types of columns, a byte order mark may begin a CSV file, and PostgreSQL tells the case of names apart."
    yield ""
    yield from table(("", "spoiled", "tables", "cells", "outcome"), rows)


def _compare(spoiling: Spoiling, parquet: Cells, other: Cells) -> Counter[tuple[str, str]]:
    """Return how often a cell of Parquet and the same cell of another store have two outcomes, by these."""
    pairs = zip(parquet[spoiling.name], other[spoiling.name], strict=True)
    formatted = ((format_cell(spoiling, here), format_cell(spoiling, there)) for here, there in pairs)
    return Counter(pair for pair in formatted if pair[0] != pair[1] and all(pair))


def _format_errors(spoilings: Sequence[Spoiling], cells: Cells) -> Iterator[str]:
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
