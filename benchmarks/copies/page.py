"""Write docs/near_copies.md from what was measured."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from benchmarks.copies.data_sets import ATTACKS, DATA_SETS
from benchmarks.copies.trials import SHARES, SIZE

Lines = Sequence[dict[str, Any]]

_HEAD = """\
# Near copies: what is found, and what is not

A generator learns from real people, the *training* records. A good one invents new people. A bad one has learned some by
heart, and writes them down again, with another name and another address, or with one thing changed. Then the table holds real
people, although no identifier says so. `expect_synthetic_records_to_keep_their_distance` looks for them.

## The idea, without statistics

Keep some real people apart, whom the generator never sees: the *holdout*. Take one synthetic record, and look for the real
person who resembles it most, among the training and as many of the holdout. A generator that invents people has no reason to
come nearer to those it learned from: for about half of the records, that person is in the training, for the other half in the
holdout, as with a tossed coin. If it is the training for many more than half, people were copied. How many more could be luck is
counted, not guessed: the labels *training* and *holdout* are dealt out at random many thousands of times.

A run says it in two sentences:

> {drawn}

So of 100,012 records 5,000 were drawn. For {share} of them the person who resembles them most is one the generator knew. A share
between {low} and {high} says nothing: a fair generator is there nineteen times of twenty. And if fewer than {visible} of
the records were copies, this comparison could not tell.

> {looked_up}

Here nothing is drawn. Each record was looked up. Twelve have all their values from one person the generator knew. None has all
values of a person it did not know, so twelve are no coincidence, and the run names them.

The same person may be met by coincidence where many people share all values that are compared. Then the second number is large
too, and the limit after *fewer than* grows: compare more columns.

## What was measured

`make bench-copies` writes this page. Six data sets that ship in Python packages are cut at random into training, holdout and
fresh records, {size:,} each, {seeds} times. Fresh records are what an ideal generator would write. Into these, copies of training
records are put. All arguments are at their defaults: `alpha` is 0.001, so that a project with hundreds of tables is not
called up for luck.

{data_sets}

## Found

Tables in which copies were found, of all tables of the kind.

{found}

By data set, where 5 % of the records are copies:

{by_data_set}

- *Copied as they are* is easy where people differ, and cannot be seen where they do not: of `randhie`, whose rows are years of
  the same people, many training records equal many holdout records.
- *One column of somebody else* is seen by the third question, which leaves out the column that differs most. It says that the
  table has copies, and not which records they are.

## False alarms

{false_alarms}

## Beside SDMetrics

SDMetrics {sdmetrics_version} has two scores for the same question and no limit. Here a table counts as found if its score is
worse than that of every fair table of its data set: a limit that nobody has in practice. {sdmetrics_note}

{sdmetrics}

## The smallest number of copies that can be seen

{copies} buyers were copied as they are into tables in Parquet. *Few columns* are spend, age, visits, segment and region; *many
columns* have the average basket and the day of the last order too.

{sizes}

With few columns, people have all their values in common by chance, the more so the larger the table: copies drown in them. With
many columns a dozen copies stand out in a table of any size, since each record is looked up.

## Names and postcodes: how many matches are chance

`expect_synthetic_records_to_not_copy_real_records` looks keys up: an address, or a name with a birth date and a postcode.
Namesakes are no copies. How many there are by chance is about *synthetic records × real records / different keys*, where a
frequent key counts for more. With the names of the US census, as often as people have them, birth dates of 60 years and
2,000 postcodes of one size, one expects so many pairs:

| synthetic | real | first and last name | with the postcode | with the birth date | with both |
| --- | --- | --- | --- | --- | --- |
| 1,000 | 10,000 | 11 | 0.005 | 0.0005 | 0 |
| 10,000 | 100,000 | 1,096 | 0.5 | 0.05 | 0 |
| 100,000 | 1,000,000 | 109,608 | 55 | 5 | 0.003 |

So a name alone says nothing, and a name with a postcode little where tables are large. Families, fashions of names and towns make
coincidences more frequent than that. `unseen` measures it instead: name a table of real people whom the generator never saw,
a row each. Matches are then looked for in both tables, and those of people in one of them alone are compared: a fair generator
has them in proportion to the sizes of the tables. With `alpha` at 1e-6, twenty matches must all be in the reference, of two
tables of one size, before the table is in violation. An address or a telephone number is one person's: each match counts.

Of 600 fair sets with such names, none was in violation. It takes each record for itself: where a fair generator writes each
person ten times, 9 of 200 sets were. Look for repeated records first.

## Cost

Seconds of one processor and memory beyond that of the process, DuckDB reading Parquet included. `reference_size` is how many rows
of each reference are drawn; pairs are compared a block at a time, so that memory does not grow with it. With ten million
records in each table, it is DuckDB that needs the memory, to look all of them up.

{cost}
"""


def build(trials: Lines, sdmetrics: Lines, large_tables: Lines) -> str:
    """Return the text of the page."""
    example = next(line for line in large_tables if (line["rows"], line["columns"]) == (100_000, "many"))
    drawn, looked_up = example["sentences"]
    share, low, high, visible = re.findall(r"[0-9.]+ %", drawn)
    return _HEAD.format(
        drawn=drawn,
        looked_up=looked_up,
        share=share,
        low=low,
        high=high,
        visible=visible,
        size=SIZE,
        seeds=len({trial["seed"] for trial in trials}),
        data_sets=_table(
            ("data set", "package", "a row is", "columns of numbers", "of text"),
            [
                (f"`{data.name}`", f"`{data.package}`", data.what, len(data.numeric), len(data.categorical))
                for data in DATA_SETS
            ],
        ),
        found=_tabulate_found(trials),
        by_data_set=_tabulate_by_data_set(trials),
        false_alarms=_describe_false_alarms(trials),
        sdmetrics_version="0.32.0",
        sdmetrics_note=_describe_sdmetrics(sdmetrics),
        sdmetrics=_tabulate_sdmetrics(trials, sdmetrics),
        copies=large_tables[0]["copies"],
        sizes=_tabulate_sizes(large_tables),
        cost=_tabulate_cost(large_tables),
    )


def _table(head: Sequence[object], rows: Sequence[Sequence[object]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def _count(lines: Lines, is_found: Callable[[dict[str, Any]], bool]) -> str:
    return f"{sum(map(is_found, lines))} of {len(lines)}"


def _is_broken(trial: dict[str, Any]) -> bool:
    return bool(trial["broken"])


def _tabulate_found(trials: Lines) -> str:
    def of(kind: str, share: float) -> Lines:
        return [trial for trial in trials if (trial["kind"], trial["share"]) == (kind, share)]

    return _table(
        ("copies", *(f"{100 * share:.0f} % of the records" for share in SHARES)),
        [(kind, *(_count(of(kind, share), _is_broken) for share in SHARES)) for kind in ATTACKS],
    )


def _tabulate_by_data_set(trials: Lines) -> str:
    names = [data.name for data in DATA_SETS]
    share = SHARES[1]

    def of(kind: str, name: str) -> Lines:
        return [trial for trial in trials if (trial["kind"], trial["share"], trial["data_set"]) == (kind, share, name)]

    return _table(
        ("copies", *(f"`{name}`" for name in names)),
        [(kind, *(_count(of(kind, name), _is_broken) for name in names)) for kind in ATTACKS],
    )


def _describe_false_alarms(trials: Lines) -> str:
    fair = [trial for trial in trials if not trial["share"]]
    wrong = sum(map(_is_broken, fair))
    bound = f" With none of {len(fair)}, the rate is at most {100 * (1 - 0.05 ** (1 / len(fair))):.1f} % (95 % sure)."
    return (
        f"{wrong} of {len(fair)} fair tables: half of them fresh records, half written by a Gaussian copula, a simple generator "
        f"that keeps no row.{'' if wrong else bound}"
    )


def _describe_sdmetrics(sdmetrics: Lines) -> str:
    seconds = sum(line["seconds"] for line in sdmetrics) / max(len(sdmetrics), 1)
    return (
        f"`NewRowSynthesis` looks up 500 of the records, and calls values that are within 1 % the same. Both take "
        f"{seconds:.0f} seconds for a table of {SIZE:,} records; this package takes less than one."
    )


def _tabulate_sdmetrics(trials: Lines, sdmetrics: Lines) -> str:
    return _table(
        (
            "data set",
            "5 % copies",
            "SDMetrics `DCROverfittingProtection`",
            "SDMetrics `NewRowSynthesis`",
            "this package",
        ),
        list(_compare_scores(trials, sdmetrics)),
    )


def _compare_scores(trials: Lines, sdmetrics: Lines) -> Iterator[tuple[str, ...]]:
    for name in dict.fromkeys(line["data_set"] for line in sdmetrics):
        of_set = [line for line in sdmetrics if line["data_set"] == name]
        fair = [line for line in of_set if not line["share"]]
        for kind in dict.fromkeys(line["kind"] for line in of_set if line["share"]):
            copied = [line for line in of_set if line["kind"] == kind]
            keys = {(name, line["seed"], kind, line["share"]) for line in copied}
            ours = [
                trial for trial in trials if (trial["data_set"], trial["seed"], trial["kind"], trial["share"]) in keys
            ]
            found = []
            for score in ("overfitting", "new_rows"):
                worst = min(line[score] for line in fair)
                found.append(f"{sum(line[score] < worst for line in copied)} of {len(copied)}")
            yield f"`{name}`", kind, *found, _count(ours, _is_broken)


def _tabulate_sizes(large_tables: Lines) -> str:
    rows = []
    for line in large_tables:
        if line["reference_size"] == large_tables[0]["reference_size"]:
            fewest = line["smallest_visible"]
            rows.append(
                (
                    f"{line['rows']:,}",
                    line["columns"],
                    f"{line['copies_named']} of {line['copies']}",
                    f"{fewest:,} copies, {100 * fewest / line['rows']:.2g} %",
                    f"{100 * line['smallest_visible_share']:.1f} %",
                )
            )
    head = (
        "records",
        "columns",
        "copies named",
        "fewest that stand out when all are looked up",
        "share that stands out when drawn",
    )
    return _table(head, rows)


def _tabulate_cost(large_tables: Lines) -> str:
    rows = [
        (
            f"{line['rows']:,}",
            line["columns"],
            f"{line['reference_size']:,}",
            f"{line['cpu']:.1f} s",
            f"{line['megabytes'] - line['megabytes_before']:,.0f} MB",
        )
        for line in large_tables
    ]
    return _table(("records, and of each reference", "columns", "`reference_size`", "processor", "memory"), rows)
