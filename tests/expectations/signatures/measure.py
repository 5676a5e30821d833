"""Measure how often signatures find synthetic records, and how often they take a person for one.

`python -m tests.expectations.signatures.measure` writes docs/signatures.md again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version

import pandas as pd
from scipy.stats import beta

from synth_expectations.engine.adapters.pandas import FrameAdapter
from synth_expectations.engine.plan import Plan
from synth_expectations.engine.result import CheckKey, CheckResult
from synth_expectations.expectations.catalogue import expectation_class
from synth_expectations.expectations.signatures.shares import table_signatures
from synth_expectations.expectations.signatures.tiers import Tier
from tests.expectations.signatures.corpus import COLUMNS, Group, groups
from tests.expectations.signatures.held_back import held_back
from tests.paths import ROOT

PAGE = ROOT / "docs" / "signatures.md"
TIERS = (Tier.RESERVED, Tier.GENERATOR, Tier.WEAK)
SETTINGS = tuple((tier, fields) for tier in TIERS for fields in (2, 1))
"""`min_tier` and `min_fields`; the first is the default."""
TABLE, FEWEST = 100, 20
"""How many records a table has that is measured, and the fewest for which a share says something."""
KINDS = ("email", "phone", "card", "ssn", "name")


@dataclass(frozen=True)
class Measured:
    """What was found in a group.

    Attributes:
        group: the records.
        violating: how many are violations, by setting.
        matching: how many have a field that matches, by kind of field and tier.
        shares: the names of the shares that are beyond what people reach, by default.
    """

    group: Group
    violating: dict[tuple[Tier, int], int]
    matching: dict[tuple[str, Tier], int]
    shares: tuple[str, ...]

    @property
    def records(self) -> int:
        """How many there are."""
        return len(self.group.frame)


def measured() -> list[Measured]:
    """All groups, asked with the expectation as anyone would."""
    return [_measured(group) for group in groups()]


def measured_held_back() -> list[Measured]:
    """The groups that no threshold was chosen on."""
    return [_measured(group) for group in held_back()]


def count_found_tables(group: Group) -> tuple[int, int]:
    """Return how many tables of a group, of up to 100 records each, are in violation by default, and how many there are."""
    pieces = [group.frame.iloc[start : start + TABLE] for start in range(0, len(group.frame), TABLE)]
    found = [_is_found(piece, group.calling_code) for piece in pieces if len(piece) >= FEWEST]
    return sum(found), len(found)


def _is_found(frame: pd.DataFrame, calling_code: str) -> bool:
    table = frame.dropna(axis="columns", how="all")
    arguments = {f"{name}s": name for name in ("email", "phone", "card", "ssn") if name in table}
    expectation = expectation_class("expect_untagged_records_to_not_look_synthetic")(
        all_records="real", names=("first", "last"), calling_code=calling_code, **arguments
    )
    plan = Plan(lambda: FrameAdapter(table, _none, "people"), datetime(2026, 11, 23, tzinfo=UTC))
    result = plan.result(plan.add(expectation.check))
    assert result.error is None
    return bool(result.findings or result.violating)


def _measured(group: Group) -> Measured:
    table = group.frame.dropna(axis="columns", how="all")
    present = [name for name in COLUMNS if name in table]
    plan = Plan(lambda: FrameAdapter(table, _none, group.name), datetime(2026, 11, 23, tzinfo=UTC))
    arguments = {f"{name}s": name for name in ("email", "phone", "card", "ssn") if name in present}
    names = [name for name in ("first", "last") if name in present]
    kind = expectation_class("expect_untagged_records_to_not_look_synthetic")
    asked: dict[tuple[Tier, int], CheckKey] = {}
    rules: dict[tuple[Tier, int], list[str]] = {}
    for tier, fields in SETTINGS:
        expectation = kind(
            all_records="real",
            names=names,
            min_tier=tier,
            min_fields=fields,
            calling_code=group.calling_code,
            **arguments,
        )
        rules[tier, fields] = [rule.name for rule in expectation.check.rules]
        asked[tier, fields] = plan.add(expectation.check)
    outcomes = {setting: plan.result(key) for setting, key in asked.items()}
    assert [each.error for each in outcomes.values() if each.error] == []
    widest = dict(zip(rules[Tier.WEAK, 1], outcomes[Tier.WEAK, 1].violations, strict=True))
    matching = {
        (kind, tier): widest[f"{kind} is {tier}"] for kind in KINDS for tier in TIERS if f"{kind} is {tier}" in widest
    }
    violating = {setting: outcome.violating for setting, outcome in outcomes.items()}
    return Measured(group, violating, matching, _names_of_shares(outcomes[SETTINGS[0]]))


def _names_of_shares(result: CheckResult) -> tuple[str, ...]:
    return tuple(share.name for share in result.shares if share.exceeds)


def _none(name: str) -> object:
    raise AssertionError(f"{name}: nothing is looked up here")


def page(found: list[Measured], unseen: list[Measured]) -> str:
    """docs/signatures.md."""
    return _TEXT.format(
        held_back=_table(_held_back(unseen)),
        held_back_bounds=_describe_held_back(unseen),
        faker=version("faker"),
        snowfakery=version("snowfakery"),
        totals=_table(_totals(found)),
        recall=_table(_by_group([each for each in found if each.group.synthetic])),
        mistaken=_table(_by_group([each for each in found if not each.group.synthetic])),
        fields=_table(_fields(found)),
        tables=_table(_found_tables(found)),
        rates=_table(_rates()),
    )


def _totals(found: list[Measured]) -> Iterator[list[str]]:
    yield [
        "`min_tier`",
        "`min_fields`",
        "recall",
        "precision, this corpus",
        "people taken for synthetic",
        "rate of mistakes, at most",
        "precision with 1 in 100, at least",
    ]
    synthetic = sum(each.records for each in found if each.group.synthetic)
    people = sum(each.records for each in found if not each.group.synthetic)
    for tier, fields in SETTINGS:
        right = sum(each.violating[tier, fields] for each in found if each.group.synthetic)
        wrong = sum(each.violating[tier, fields] for each in found if not each.group.synthetic)
        most = float(beta.ppf(0.95, wrong + 1, people - wrong))
        least = right / synthetic / (right / synthetic + 99 * most)
        bounds = [f"{100 * most:.1f} %", f"{100 * least:.0f} %"]
        mistaken = f"{wrong} of {people}"
        yield [tier, str(fields), share(right, synthetic), share(right, right + wrong), mistaken, *bounds]


def _by_group(found: list[Measured]) -> Iterator[list[str]]:
    yield ["records", "how many", *(f"{tier}, {fields}" for tier, fields in SETTINGS)]
    for each in found:
        shares = [share(each.violating[setting], each.records) for setting in SETTINGS]
        yield [each.group.name, str(each.records), *shares]


def _found_tables(found: list[Measured]) -> Iterator[list[str]]:
    yield ["records", "tables", "found", "shares of the whole group"]
    for measured_group in found:
        part, whole = count_found_tables(measured_group.group)
        if whole:
            yield [
                measured_group.group.name + ("" if measured_group.group.synthetic else ": people"),
                str(whole),
                f"{part} ({share(part, whole)})",
                ", ".join(f"`{name}`" for name in measured_group.shares) or "-",
            ]


def _held_back(unseen: list[Measured]) -> Iterator[list[str]]:
    yield ["records", "how many", "violations, by default", "tables of 100", "found", "shares of the whole group"]
    for each in unseen:
        part, whole = count_found_tables(each.group)
        found = f"{part} ({share(part, whole)})"
        shares = ", ".join(f"`{name}`" for name in each.shares) or "-"
        name = each.group.name + ("" if each.group.synthetic else ": people")
        yield [name, str(each.records), share(each.violating[SETTINGS[0]], each.records), str(whole), found, shares]


def _describe_held_back(unseen: list[Measured]) -> str:
    """The two numbers that the rest is about, with their bounds."""
    tables = [count_found_tables(each.group) for each in unseen if each.group.synthetic]
    part, whole = (sum(counts) for counts in zip(*tables, strict=True))
    people = [each for each in unseen if not each.group.synthetic]
    records = sum(each.records for each in people)
    wrong = sum(each.violating[SETTINGS[0]] for each in people)
    of_people = [count_found_tables(each.group) for each in people]
    alarms, tables_of_people = (sum(counts) for counts in zip(*of_people, strict=True))
    least = float(beta.ppf(0.05, part, whole - part + 1))
    most, most_tables = (
        float(beta.ppf(0.95, count + 1, of - count)) for count, of in ((wrong, records), (alarms, tables_of_people))
    )
    return (
        f"By default, {part} of {whole} tables by generators are found: at least {100 * least:.0f} % (95 % sure). {wrong} of "
        f"{records:,} people are taken for synthetic: at most {100 * most:.2f} %. {alarms} of {tables_of_people} tables of "
        f"people are: at most {100 * most_tables:.1f} %."
    )


def _rates() -> Iterator[list[str]]:
    yield ["share", "people reach", "of what", "reason"]
    for name, signature in table_signatures().items():
        yield [
            f"`{name}`",
            f"{100 * signature.base_rate:g} %",
            f"{signature.noun} that {signature.does}",
            _REASONS[name],
        ]


def _fields(found: list[Measured]) -> Iterator[list[str]]:
    yield ["records", *KINDS]
    for each in found:
        yield [each.group.name, *(_cell(each, kind) for kind in KINDS)]


def _cell(each: Measured, kind: str) -> str:
    columns = ["first", "last"] if kind == "name" else [kind]
    if each.group.frame[columns].isna().all(axis=None):
        return "-"
    parts = [(tier, each.matching.get((kind, tier), 0)) for tier in TIERS]
    return ", ".join(f"{share(count, each.records)} {tier}" for tier, count in parts if count) or "0 %"


def share(part: int, whole: int) -> str:
    """A percentage; with a decimal where it would read as none or all and is not."""
    percent = 100 * part / whole
    return f"{percent:.1f} %" if 0 < percent < 1 or 99 < percent < 100 else f"{percent:.0f} %"


def _table(rows: Iterator[list[str]]) -> str:
    head, *body = rows
    rule = ["---"] * len(head)
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, rule, *body))


_REASONS = {
    "reserved_email": "0.34 % of the authors of public repositories; shoppers withhold more, so the rate is an assumption. "
    "Addresses such as `no@example.com` and `none@example.com` are not counted.",
    "sandbox_email": "a person who comes back from a sandbox; no person has such an address.",
    "generator_email": "a person may have one by chance; the rate is an assumption.",
    "mockaroo_email": "reported of public addresses: initial and surname, then one or two letters or digits. Endings with a "
    "letter and endings with a digit must both exceed it: a university writes one kind.",
    "fictional_phone": "people who withhold a number; the rate is an assumption.",
    "impossible_phone": "people who mistype; of the numbers of public sample data it is 21 %.",
    "mockaroo_phone": "people rarely write it; the rate is an assumption.",
    "test_card": "a person has none; the rate covers testers.",
    "impossible_ssn": "people who withhold it; the rate is an assumption.",
}

_TEXT = """\
# Signatures: how often they are right

`expect_untagged_records_to_not_look_synthetic` finds synthetic records that lost their tag. It looks for values that people
never or rarely have. These signatures are in `synth_expectations/expectations/signatures/`. Each one has a source and a tier:

- **definitive**: only a generator writes it. The package contains the sample people of a Salesforce Developer Edition org:
  name your own marks in the argument `definitive`.
- **reserved**: it cannot belong to a person. Examples are a reserved domain, a phone number kept for fiction, a test card, and an
  SSN that was never issued.
- **generator**: a known generator writes it, and a person can have it by chance.
- **weak**: a word, or a domain that companies use internally.

The argument `min_tier` includes the tiers above it. The rates below were measured on records whose origin is known. They were
made by Faker {faker} and Snowfakery {snowfakery} with a fixed seed, or written by hand. "Mockaroo's form" are made-up
addresses in the form of its exports, since Mockaroo is no library. Phone numbers are read with the calling
code of their country. A test compares this page with a new measurement.
`python -m tests.expectations.signatures.measure` writes the page again.

## Conclusions

- **By default, generators are found by table, not by record.** Faker and Snowfakery use reserved domains, Mockaroo existing
  ones. Their records match in one kind of field, which is reported and not counted. Of a whole table, the share of such
  values is beyond what people reach, and the table is in violation. To find single records too, set `min_fields: 1`
  if no shopper types the addresses, as with contacts of companies or imported data.
- **Faker's company addresses are not found.** They are at domains that could exist, and its American numbers are possible.
  Half of them have an extension, as those of companies have.
- **A small part of a table is not found by its share.** If fewer than `min_share` of the values look so (10 %), the records
  are reported and the table is not in violation.
- **A record that is not found can still be synthetic.** A generator that uses existing domains and valid phone numbers is not
  found at all. Tag your records first. This check does not replace tags.
- **The rate of mistakes on your customers is unknown.** The people in this corpus were written by hand, to be as hard as
  possible, or are stand-ins with mailboxes outside the reserved domains. No test may contain real customers. Read what is
  reported on your own table before you lower `min_fields`.

## Precision and recall

The table covers all records together. The first line is the default.

Recall depends on which generators fed the table. Precision depends on how much of the table is synthetic. Most records of this
corpus are synthetic, but few records of a CRM are. The last column is therefore the precision for a table in which one record in
a hundred is synthetic. It assumes the highest rate of mistakes that these numbers allow (95 % sure).

{totals}

## Tables: shares that people do not reach

A column is also judged as a whole. A table is in violation if a column has at least `min_count` values (20), at least
`min_share` of them (10 %) have one signature, and so many have a probability of at most `alpha` (1e-6) at the rate that
people reach (exact one-sided binomial test). The result has the numbers, the rate, alpha and the p-value. `alpha` is small
because a project has many tables and nine shares each: in 1,000 tables it leaves one false alarm in a hundred runs. `min_share`
is there because tables of people differ: of a million people, 0.9 % instead of 0.6 % would be beyond chance. `base_rates`
replaces a rate; 1 leaves a share out.

{rates}

The rates come from public files and from reasons, not from the records below. The choice of shares does not: one more, of the
phone numbers that Faker writes, was dropped because it took the stand-ins for customers for synthetic. So the table shows what
is found here, and is no estimate for other data; Mockaroo's form is what the signature looks for. Each group was cut into
tables of 100 records. Three public sample files (a Mockaroo export of 150 contacts, 100 contacts with Mockaroo's names, 156
contacts of a travel demo) were looked at by hand and are found too.

{tables}

## On records that no threshold was chosen on

These groups were put together after all rates and limits were fixed, and nothing was changed because of them: other locales of
Faker (the company addresses of one of them are found by its impossible numbers alone), another draw of Snowfakery, Mockaroo's
form with other names, and 6,000 people with names of the US census, as often as people have them. Their addresses and numbers
are stand-ins, since nobody publishes those of people.

{held_back_bounds}

{held_back}

- **Not measured so: the rate of people in each share.** It would take addresses of real customers. The rates above are those of
  public files, or assumptions with a margin.
- **Not looked for: names from a generator's list.** Each surname that Faker writes is one that people have, and
  the thousand most frequent ones are those of two in five Americans: only a long list in each query would tell.
- **Not looked for: runs of consecutive numbers.** They would take the order in which records were made, which tables lose.
  Endings with a letter and with a digit say the same of an export.

## Recall: synthetic records found

The columns are `min_tier` and `min_fields`.

{recall}

## Mistakes: people taken for synthetic

Shoppers who want to withhold their address type a reserved one. A match in only one kind of field is therefore reported and not
counted. The neighbours differ from a signature by one digit or one letter, in several fields at once.

{mistaken}

## Matches by field

Each cell is the share of records whose field matches, for each tier separately.

{fields}
"""


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(measured(), measured_held_back()), encoding="utf-8")
