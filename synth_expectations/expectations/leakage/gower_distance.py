"""Gower's distance of records, and the nearest row of each.

The distance is the mean of a difference for each column. Numbers differ by their difference in the spread (1st to 99th
percentile) of the references; texts, and missing values, are the same (0) or not (1).

Every pair is compared. Trees have no such mixed distance, and gain little with ten columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SAME = 1e-12
FEWEST_COLUMNS = 3
"""With one of two columns left out, records would be near by a single value."""
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

    def measure(self, records: NDArray[np.int64], rows: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return the distance of each pair of a record and a row, by their positions."""
        import numpy as np

        records = records + self.rows
        far = np.abs(self.numbers[records] - self.numbers[rows]).sum(axis=1)
        far += (self.codes[records] != self.codes[rows]).sum(axis=1)
        measured: NDArray[np.float64] = far / self.width
        return measured


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


def find_nearest(compared: Compared, seed: int, seed_but_for_one: int) -> tuple[Nearest, Nearest | None]:
    """Find the nearest row in all columns, and where, of each pair, the column that differs most is left out.

    A copy with one column changed is hidden in the distance of all columns: a text that differs counts 1, where close
    numbers differ by hundredths. Between rows that are equally near, the lot decides: neither reference has an advantage.

    Args:
        compared: records and rows.
        seed: of the lot.
        seed_but_for_one: of the lot where a column is left out. The second result is None with fewer columns than
            `FEWEST_COLUMNS`: records would be near by a single value.
    """
    import numpy as np

    lot, lot_but_for_one = np.random.default_rng(seed), np.random.default_rng(seed_but_for_one)
    nearest = _make_empty(compared.records)
    but_for_one = _make_empty(compared.records) if compared.width >= FEWEST_COLUMNS else None
    size = np.abs(compared.numbers[compared.rows :]).sum(axis=1)
    for piece, total, most in _measure_pairs(compared):
        closest = total.min(axis=1)
        reach = _SAME_FLOAT32 * (1 + size[piece] + closest)  # what float32 may be wrong by
        records, rows = np.nonzero(total <= (closest + reach)[:, None])  # few, which are measured exactly
        exact = compared.measure(records + piece.start, rows)
        closest = np.full(len(total), np.inf)
        np.minimum.at(closest, records, exact)
        ties = exact <= closest[records] + SAME
        nearest.row[piece], nearest.distance[piece] = _draw(records[ties], rows[ties], len(total), lot), closest
        if but_for_one is not None:
            others = np.subtract(total, most, out=total)
            np.divide(others, compared.width - 1, out=others)
            closest = others.min(axis=1)
            records, rows = np.nonzero(others <= closest[:, None] + _SAME_FLOAT32)
            but_for_one.row[piece] = _draw(records, rows, len(total), lot_but_for_one)
            but_for_one.distance[piece] = np.maximum(closest, 0.0)
            if compared.rows >= _FIFTH:
                but_for_one.fifth[piece] = np.partition(others, _FIFTH - 1, axis=1)[:, _FIFTH - 1]
    return nearest, but_for_one


def _measure_pairs(compared: Compared) -> Iterator[tuple[slice, NDArray[np.float32], NDArray[np.float32]]]:
    """Yield, a block of records at a time, the sum of the differences of each pair, and the largest of them."""
    import numpy as np

    columns = np.column_stack([compared.numbers, compared.codes]).astype(np.float32)
    numeric, size = compared.numbers.shape[1], compared.rows
    references = np.ascontiguousarray(columns[:size].T)
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
        yield slice(start, start + len(records)), total, most


def _make_empty(records: int) -> Nearest:
    import numpy as np

    return Nearest(np.empty(records, np.int64), np.empty(records), np.full(records, np.nan))


def _draw(
    records: NDArray[np.int64], rows: NDArray[np.int64], count: int, lot: np.random.Generator
) -> NDArray[np.int64]:
    """Return one of the rows of each record, all with the same chance.

    Args:
        records: of each pair, in order.
        rows: of each pair.
        count: how many records there are; each has a pair.
        lot: decides.
    """
    import numpy as np

    many = np.bincount(records, minlength=count)
    first = np.concatenate(([0], np.cumsum(many)[:-1]))
    drawn: NDArray[np.int64] = rows[first + (lot.random(count) * many).astype(np.int64)]
    return drawn
