"""Gower's distance of records, and the nearest row of each.

The distance is the mean of a difference for each column. Numbers differ by their difference in the spread (1st to 99th
percentile) of the references; texts, and missing values, are the same (0) or not (1).

Every pair is compared. Trees have no such mixed distance, and gain little with ten columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SAME = 1e-12
_BLOCK = 256
_PAIRS_AT_ONCE = 600_000
"""So many float32 of a few arrays stay in the processor's cache."""
_SAME_FLOAT32 = 1e-6
_FIFTH = 5


@dataclass(frozen=True)
class Compared:
    """Records and the rows of the references, made comparable: the rows come first.

    Attributes:
        numbers: in units of their spread, a column each.
        codes: a number for each different text, and for missing or not.
        rows: how many of them are of the references.
        width: how many columns were given.
    """

    numbers: NDArray[np.float64]
    codes: NDArray[np.float64]
    rows: int
    width: int

    @property
    def records(self) -> int:
        """Return how many records there are."""
        return len(self.numbers) - self.rows


@dataclass(frozen=True)
class Nearest:
    """Of each record: its nearest row, how far it is, and how far the fifth nearest is; NaN where that was not asked."""

    row: NDArray[np.int64]
    distance: NDArray[np.float64]
    fifth: NDArray[np.float64]


def make_comparable(
    records: Sequence[tuple[Any, ...]], references: Sequence[tuple[Any, ...]], numeric: int
) -> Compared:
    """Turn values into numbers. A missing number gets the median, and a code that says that it is missing.

    Args:
        records: the values of each record.
        references: the values of each row.
        numeric: how many columns of numbers there are; the columns of text follow them.
    """
    import numpy as np

    columns = list(zip(*references, *records, strict=True))
    numbers, codes = [], []
    for column in columns[:numeric]:
        values = np.array([np.nan if value is None else value for value in column], np.float64)
        missing = ~np.isfinite(values)
        known = values[: len(references)][~missing[: len(references)]]
        low, middle, high = np.percentile(known, (1, 50, 99)) if len(known) else (0.0, 0.0, 0.0)
        spread = high - low or (float(np.ptp(known)) if len(known) else 0.0) or 1.0
        numbers.append((np.where(missing, middle, values) - middle) / spread)
        if missing.any():
            codes.append(missing.astype(np.float64))
    for column in columns[numeric:]:
        _, inverse = np.unique([f"={value}" if value is not None else "" for value in column], return_inverse=True)
        codes.append(inverse.astype(np.float64))
    empty = np.empty((len(columns[0]), 0))
    return Compared(
        np.column_stack(numbers) if numbers else empty,
        np.column_stack(codes) if codes else empty,
        len(references),
        len(columns),
    )


def find_nearest(compared: Compared, seed: int) -> Nearest:
    """Find the nearest row. Between rows that are equally near, the lot decides: neither reference has an advantage."""
    import numpy as np
    from scipy.spatial.distance import cdist  # type: ignore[import-untyped]

    numbers, codes, size = compared.numbers, compared.codes, compared.rows
    lot = np.random.default_rng(seed)
    rows, distances = np.empty(compared.records, np.int64), np.empty(compared.records)
    for start in range(0, compared.records, _BLOCK):
        block = slice(size + start, size + min(start + _BLOCK, compared.records))
        far = np.zeros((block.stop - block.start, size))
        if numbers.shape[1]:
            far += cdist(numbers[block], numbers[:size], "cityblock")
        if codes.shape[1]:
            far += cdist(codes[block], codes[:size], "hamming") * codes.shape[1]
        far /= compared.width
        nearest = far.min(axis=1)
        rows[start : start + len(far)] = _draw(far <= nearest[:, None] + SAME, lot)
        distances[start : start + len(far)] = nearest
    return Nearest(rows, distances, np.full(compared.records, np.nan))


def find_nearest_but_for_one_column(compared: Compared, seed: int) -> Nearest:
    """Find the nearest row where, of each pair, the column that differs most is left out.

    A copy with one column changed is hidden in the distance of all columns: a text that differs counts 1, where close
    numbers differ by hundredths.
    """
    import numpy as np

    columns = np.column_stack([compared.numbers, compared.codes]).astype(np.float32)
    numeric, size = compared.numbers.shape[1], compared.rows
    references = np.ascontiguousarray(columns[:size].T)
    lot = np.random.default_rng(seed)
    rows = np.empty(compared.records, np.int64)
    distances, fifths = np.empty(compared.records), np.full(compared.records, np.nan)
    height = max(_PAIRS_AT_ONCE // size, 1)
    for start in range(0, compared.records, height):
        records = columns[size + start : size + start + height]
        total = np.zeros((len(records), size), np.float32)
        most, difference = np.zeros_like(total), np.empty_like(total)
        for number, values in enumerate(references):
            own = records[:, number, None]
            if number < numeric:
                np.abs(np.subtract(own, values, out=difference), out=difference)
            else:
                np.not_equal(own, values, out=difference, casting="unsafe")
            total += difference
            np.maximum(most, difference, out=most)
        total -= most
        total /= compared.width - 1
        nearest = total.min(axis=1)
        piece = slice(start, start + len(records))
        rows[piece], distances[piece] = _draw(total <= nearest[:, None] + _SAME_FLOAT32, lot), nearest
        if size >= _FIFTH:
            fifths[piece] = np.partition(total, _FIFTH - 1, axis=1)[:, _FIFTH - 1]
    return Nearest(rows, np.maximum(distances, 0.0), fifths)


def _draw(equally: NDArray[np.bool_], lot: np.random.Generator) -> NDArray[np.int64]:
    """Return the position of one true value of each line, all with the same chance. Each line has one."""
    import numpy as np

    lines, positions = np.nonzero(equally)
    many = np.bincount(lines, minlength=len(equally))
    first = np.concatenate(([0], np.cumsum(many)[:-1]))
    drawn: NDArray[np.int64] = positions[first + (lot.random(len(equally)) * many).astype(np.int64)]
    return drawn
