"""Measure how often signatures find synthetic records, and how often they take a person for one.

`python -m tests.expectations.signatures.measure` writes docs/signatures.md again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version

from scipy.stats import beta

from synth_expectations.engine.adapters.pandas import FrameAdapter
from synth_expectations.engine.plan import Plan
from synth_expectations.engine.result import CheckKey
from synth_expectations.expectations.catalogue import expectation_class
from synth_expectations.expectations.signatures.tiers import Tier
from tests.expectations.signatures.corpus import COLUMNS, Group, groups
from tests.paths import ROOT

PAGE = ROOT / "docs" / "signatures.md"
TIERS = (Tier.RESERVED, Tier.GENERATOR, Tier.WEAK)
SETTINGS = tuple((tier, fields) for tier in TIERS for fields in (2, 1))
"""`min_tier` and `min_fields`; the first is the default."""
KINDS = ("email", "phone", "card", "ssn", "name")


@dataclass(frozen=True)
class Measured:
    """What was found in a group.

    Attributes:
        group: the records.
        violating: how many are violations, by setting.
        matching: how many have a field that matches, by kind of field and tier.
    """

    group: Group
    violating: dict[tuple[Tier, int], int]
    matching: dict[tuple[str, Tier], int]

    @property
    def records(self) -> int:
        """How many there are."""
        return len(self.group.frame)


def measured() -> list[Measured]:
    """All groups, asked with the expectation as anyone would."""
    return [_measured(group) for group in groups()]


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
    return Measured(group, {setting: outcome.violating for setting, outcome in outcomes.items()}, matching)


def _none(name: str) -> object:
    raise AssertionError(f"{name}: nothing is looked up here")


def page(found: list[Measured]) -> str:
    """docs/signatures.md."""
    return _TEXT.format(
        faker=version("faker"),
        snowfakery=version("snowfakery"),
        totals=_table(_totals(found)),
        recall=_table(_by_group([each for each in found if each.group.synthetic])),
        mistaken=_table(_by_group([each for each in found if not each.group.synthetic])),
        fields=_table(_fields(found)),
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


_TEXT = """\
# Signatures: how often they are right

`expect_untagged_records_to_not_look_synthetic` finds synthetic records that lost their tag. It looks for values that people
never or rarely have. These signatures are in `synth_expectations/expectations/signatures/`. Each one has a source and a tier:

- **definitive**: only a generator writes it. The package contains none: name your own in the argument `definitive`.
- **reserved**: it cannot belong to a person. Examples are a reserved domain, a phone number kept for fiction, a test card, and an
  SSN that was never issued.
- **generator**: a known generator writes it, and a person can have it by chance.
- **weak**: a word, or a domain that companies use internally.

The argument `min_tier` includes the tiers above it. The rates below were measured on records whose origin is known. They were
made by Faker {faker} and Snowfakery {snowfakery} with a fixed seed, or written by hand. Phone numbers are read with the calling
code of their country. A test compares this page with a new measurement.
`python -m tests.expectations.signatures.measure` writes the page again.

## Conclusions

- **By default, little is found.** Faker and Snowfakery use reserved domains, but no reserved phone numbers. Their records
  therefore match in one kind of field, which is reported and not counted. Set `min_fields: 1` if no shopper types the addresses,
  as with contacts of companies or imported data.
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
    PAGE.write_text(page(measured()), encoding="utf-8")
