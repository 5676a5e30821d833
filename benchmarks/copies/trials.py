"""Trials: one synthetic table each, fair or with copies planted in it."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.copies.data_sets import ATTACKS, DATA_SETS, Parts, Row, cut, draw_copula, read

SIZE = 2_000
"""Of synthetic, training and holdout records each: three parts of the smallest data set."""
SHARES = (0.01, 0.05, 0.2)
FAIR = ("fresh records", "a Gaussian copula")


@dataclass(frozen=True)
class Trial:
    """A synthetic table to be judged.

    Attributes:
        data_set: its name.
        seed: which draw of it.
        kind: how copies were made, or by which generator a fair table was.
        share: of copies; 0 in a fair table.
        numeric: how many columns of numbers come first.
        columns: the names of all columns.
        parts: training and holdout are compared.
        synthetic: the table.
    """

    data_set: str
    seed: int
    kind: str
    share: float
    numeric: int
    columns: tuple[str, ...]
    parts: Parts
    synthetic: list[Row]


def draw_trials(
    packages: Path, seeds: int, shares: Sequence[float] = SHARES, names: Sequence[str] = ()
) -> Iterator[Trial]:
    """Yield the trials.

    Args:
        packages: the directory of installed packages.
        seeds: how many draws of each data set.
        shares: of copies.
        names: of the data sets; all if empty.
    """
    for data_set in DATA_SETS:
        if names and data_set.name not in names:
            continue
        frame = read(data_set, packages)
        numeric, columns = len(data_set.numeric), (*data_set.numeric, *data_set.categorical)
        for seed in range(seeds):
            lot = np.random.default_rng([zlib.crc32(data_set.name.encode()), seed])
            parts = cut(frame, SIZE, lot)
            fair = (parts.fresh, draw_copula(parts.training, numeric, SIZE, lot))
            for kind, synthetic in zip(FAIR, fair, strict=True):
                yield Trial(data_set.name, seed, kind, 0.0, numeric, columns, parts, synthetic)
            for kind, attack in ATTACKS.items():
                for share in shares:
                    copies = attack(parts, numeric, round(share * SIZE), lot)
                    synthetic = [*copies, *parts.fresh[len(copies) :]]
                    yield Trial(data_set.name, seed, kind, share, numeric, columns, parts, synthetic)
