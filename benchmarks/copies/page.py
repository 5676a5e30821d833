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

A generator learns from the records of real people, the *training* records. A good generator invents new people. A bad one has
memorised some of the training records and reproduces them, with another name and address, or with one value changed. The table
then contains real people, although no identifier reveals it. `expect_synthetic_records_to_keep_their_distance` looks for such
copies.

## The idea, without statistics

Set aside some real people whom the generator never sees: the *holdout*. For each synthetic record, find the most similar real
person among equal numbers of training and holdout records. If the generator invents people, its records have no reason to be
closer to the training records. So for about half of the records the most similar person is in the training data, and for the
other half in the holdout, as with a coin toss. If it is the training data for many more than half, people were copied. A
permutation test says how many more could be chance: it reassigns the labels *training* and *holdout* at random many thousands
of times.

A run reports this in two sentences:

> {drawn}

So 5,000 of 100,012 records were drawn. For {share} of them, the most similar person is one that the generator knew. A share
between {low} and {high} means nothing: a fair generator is in this range 19 times out of 20. If fewer than {visible} of the
records were copies, this comparison could not detect them.

> {looked_up}

This comparison does not use a sample: every record was looked up. Twelve records have all their values from one person that the
generator knew. None has all values of a person that it did not know. So the twelve are not a coincidence, and the run names them.

If many people share all compared values, a record can match a person by coincidence. Then the second number is large too, and
the limit after *fewer than* grows. In this case, compare more columns.

## What was measured

`make bench-copies` writes this page. Six data sets from Python packages are split at random into training, holdout and fresh
records, {size:,} each, {seeds} times. Fresh records are what an ideal generator would write. Copies of training records are
added to them. All arguments have their defaults. `alpha` is 0.001, so that projects with hundreds of tables get few false
alarms.

{data_sets}

## Detection

The number of tables in which copies were found:

{found}

By data set, with 5 % copies:

{by_data_set}

- Records that are *copied as they are* are easy to detect where people differ, and impossible where they do not: the rows of
  `randhie` are years of the same people, so many training records equal many holdout records.
- *One column of somebody else* is detected by the third comparison, which leaves out the column that differs most. It shows
  that the table contains copies, but not which records they are.

## False alarms

{false_alarms}

## Comparison with SDMetrics

SDMetrics {sdmetrics_version} has two scores for the same question, but no thresholds. Here, a table counts as found if its
score is worse than that of every fair table of its data set. In practice, nobody has such a threshold. {sdmetrics_note}

{sdmetrics}

## The smallest detectable number of copies

{copies} buyers were copied unchanged into Parquet tables. *Few* columns are spend, age, visits, segment and region. *Many*
columns also include the average basket and the day of the last order.

{sizes}

With few columns, people share all values by chance, and more often in larger tables: a few copies cannot be told from such
coincidences. With many columns, a dozen copies can be detected in a table of any size, because each record is looked up.

## Names and postcodes: matches by chance

`expect_synthetic_records_to_not_copy_real_records` looks up keys: an address, or a name with a birth date and a postcode.
Namesakes are not copies. The number of matches by chance is about *synthetic records × real records / distinct keys*, and
frequent keys add to it. With US census names at their real frequencies, birth dates over 60 years, and 2,000 postcodes of equal
size, the expected numbers of pairs are:

| synthetic | real | first and last name | with the postcode | with the birth date | with both |
| --- | --- | --- | --- | --- | --- |
| 1,000 | 10,000 | 11 | 0.005 | 0.0005 | 0 |
| 10,000 | 100,000 | 1,096 | 0.5 | 0.05 | 0 |
| 100,000 | 1,000,000 | 109,608 | 55 | 5 | 0.003 |

So a name alone proves nothing, and in large tables a name with a postcode proves little. Families, popular names and local
clusters make coincidences more frequent than this. The argument `unseen` measures the chance level instead: name a table of
real people whom the generator never saw, with one row per person. The check then looks for matches in both tables, and compares
the numbers of people who match in only one of them. With a fair generator, these are proportional to the sizes of the tables.
With `alpha` at 1e-6 and two tables of equal size, at least twenty matches, all in the reference, are needed before the table is
in violation. An address or a telephone number belongs to one person, so each match counts.

None of 600 fair sets with such names was in violation. The test assumes independent records: if a fair generator writes each
person ten times, 9 of 200 sets were in violation. Look for repeated records first.

## Cost

The table shows CPU time and additional memory, including the time in which DuckDB reads Parquet. `reference_size` is the number
of rows that are drawn from each reference. Pairs are compared in blocks, so memory does not grow with it. With ten million
records in each table, DuckDB uses most of the memory, to look up all of them.

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
            ("data set", "package", "rows", "numeric columns", "text columns"),
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
    bound = f" So the rate is at most {100 * (1 - 0.05 ** (1 / len(fair))):.1f} %, with 95 % confidence."
    return (
        f"{wrong} of {len(fair)} fair tables. Half of them are fresh records, and half were written by a Gaussian copula, a "
        f"simple generator that keeps no rows.{'' if wrong else bound}"
    )


def _describe_sdmetrics(sdmetrics: Lines) -> str:
    seconds = sum(line["seconds"] for line in sdmetrics) / max(len(sdmetrics), 1)
    return (
        f"`NewRowSynthesis` looks up 500 of the records, and treats values within 1 % as equal. Both take {seconds:.0f} seconds "
        f"for a table of {SIZE:,} records; this package takes less than one second."
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
        "smallest detectable number, if all are looked up",
        "smallest detectable share, in a sample",
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
    return _table(("records, also in each reference", "columns", "`reference_size`", "CPU time", "memory"), rows)
