"""The page docs/signatures.md, written from measurements."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version

from scipy.stats import beta

from synth_expectations.expectations.signatures.shares import table_signatures
from tests.expectations.signatures.measurements import KINDS, SETTINGS, TIERS, Measured, count_found_tables
from tests.paths import ROOT

PAGE = ROOT / "docs" / "signatures.md"


def page(found: list[Measured], unseen: list[Measured]) -> str:
    """Return docs/signatures.md."""
    return _TEXT.format(
        held_back=_table(_held_back(unseen)),
        held_back_bounds=_describe_held_back(unseen),
        faker=version("faker"),
        snowfakery=version("snowfakery"),
        totals=_table(_totals(found)),
        recall=_table(_by_group([measurement for measurement in found if measurement.group.synthetic])),
        mistaken=_table(_by_group([measurement for measurement in found if not measurement.group.synthetic])),
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
        "people flagged as synthetic",
        "error rate, at most",
        "precision with 1 in 100, at least",
    ]
    synthetic = sum(measurement.records for measurement in found if measurement.group.synthetic)
    people = sum(measurement.records for measurement in found if not measurement.group.synthetic)
    for tier, fields in SETTINGS:
        right = sum(measurement.violating[tier, fields] for measurement in found if measurement.group.synthetic)
        wrong = sum(measurement.violating[tier, fields] for measurement in found if not measurement.group.synthetic)
        most = float(beta.ppf(0.95, wrong + 1, people - wrong))
        least = right / synthetic / (right / synthetic + 99 * most)
        bounds = [f"{100 * most:.1f} %", f"{100 * least:.0f} %"]
        mistaken = f"{wrong} of {people}"
        yield [tier, str(fields), share(right, synthetic), share(right, right + wrong), mistaken, *bounds]


def _by_group(found: list[Measured]) -> Iterator[list[str]]:
    yield ["records", "how many", *(f"{tier}, {fields}" for tier, fields in SETTINGS)]
    for measurement in found:
        shares = [share(measurement.violating[setting], measurement.records) for setting in SETTINGS]
        yield [measurement.group.name, str(measurement.records), *shares]


def _found_tables(found: list[Measured]) -> Iterator[list[str]]:
    yield ["records", "tables", "found", "shares of the whole group"]
    for measurement in found:
        part, whole = count_found_tables(measurement.group)
        if whole:
            yield [
                measurement.group.name + ("" if measurement.group.synthetic else ": people"),
                str(whole),
                f"{part} ({share(part, whole)})",
                ", ".join(f"`{name}`" for name in measurement.shares) or "-",
            ]


def _held_back(unseen: list[Measured]) -> Iterator[list[str]]:
    yield ["records", "how many", "violations, by default", "tables of 100", "found", "shares of the whole group"]
    for measurement in unseen:
        part, whole = count_found_tables(measurement.group)
        found = f"{part} ({share(part, whole)})"
        shares = ", ".join(f"`{name}`" for name in measurement.shares) or "-"
        name = measurement.group.name + ("" if measurement.group.synthetic else ": people")
        yield [
            name,
            str(measurement.records),
            share(measurement.violating[SETTINGS[0]], measurement.records),
            str(whole),
            found,
            shares,
        ]


def _describe_held_back(unseen: list[Measured]) -> str:
    """The two numbers that the rest is about, with their bounds."""
    tables = [count_found_tables(measurement.group) for measurement in unseen if measurement.group.synthetic]
    part, whole = (sum(counts) for counts in zip(*tables, strict=True))
    people = [measurement for measurement in unseen if not measurement.group.synthetic]
    records = sum(measurement.records for measurement in people)
    wrong = sum(measurement.violating[SETTINGS[0]] for measurement in people)
    of_people = [count_found_tables(measurement.group) for measurement in people]
    alarms, tables_of_people = (sum(counts) for counts in zip(*of_people, strict=True))
    least = float(beta.ppf(0.05, part, whole - part + 1))
    most, most_tables = (
        float(beta.ppf(0.95, count + 1, of - count)) for count, of in ((wrong, records), (alarms, tables_of_people))
    )
    return (
        f"By default, {part} of {whole} generated tables are found, that is, at least {100 * least:.0f} % (95 % confidence). "
        f"{wrong} of {records:,} people are flagged as synthetic, that is, at most {100 * most:.2f} %. {alarms} of "
        f"{tables_of_people} tables of people are flagged, that is, at most {100 * most_tables:.1f} %."
    )


def _rates() -> Iterator[list[str]]:
    yield ["share", "base rate", "values", "reason for the rate"]
    for name, signature in table_signatures().items():
        yield [
            f"`{name}`",
            f"{100 * signature.base_rate:g} %",
            f"{signature.noun} that {signature.does}",
            _REASONS[name],
        ]


def _fields(found: list[Measured]) -> Iterator[list[str]]:
    yield ["records", *KINDS]
    for measurement in found:
        yield [measurement.group.name, *(_cell(measurement, kind) for kind in KINDS)]


def _cell(measurement: Measured, kind: str) -> str:
    columns = ["first", "last"] if kind == "name" else [kind]
    if measurement.group.frame[columns].isna().all(axis=None):
        return "-"
    parts = [(tier, measurement.matching.get((kind, tier), 0)) for tier in TIERS]
    return ", ".join(f"{share(count, measurement.records)} {tier}" for tier, count in parts if count) or "0 %"


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
    "Addresses such as `no@example.com`, `none@example.com` and `deleted-4711@example.com` are not counted.",
    "sandbox_email": "covers records that were copied back from a sandbox; no person has such an address.",
    "generator_email": "a person may have one by chance; the rate is an assumption.",
    "fakerjs_email": "2.7 % of 12,335 addresses of authors in the documentation of Debian, Python and npm packages have one of "
    "the three forms, but 0.2 % that with `_` and 0.06 % that of one name and a number, and both must exceed the rate. The "
    "rate covers people whose telephone begins each address with a capital. Addresses that were stored in lower case are not "
    "detected.",
    "mockaroo_email": "observed in public addresses: initial and surname, then one or two letters or digits. Endings with a "
    "letter and endings with a digit must both exceed the rate: a university uses only one kind. Endings such as `jr` and "
    "`md` are not counted as endings with a letter.",
    "fictional_phone": "people who withhold a number; the rate is an assumption.",
    "impossible_phone": "people who mistype; in public sample data it is 21 % of the numbers. `000-000-0000`, "
    "`111-111-1111`, `555-555-5555`, `123-456-7890` and `555-123-4567` are not counted.",
    "mockaroo_phone": "people rarely write it; the rate is an assumption.",
    "test_card": "people have none; the rate covers testers.",
    "impossible_ssn": "people who withhold it; the rate is an assumption. `000-00-0000` and `000-00-1234` are not counted: "
    "often only the last four digits are known.",
}


_TEXT = """\
# Signatures: how often they are right

`expect_untagged_records_to_not_look_synthetic` finds synthetic records that lost their tag. It looks for values that people
never or rarely have. These signatures are in `synth_expectations/expectations/signatures/`. Each one has a source and a tier:

- **definitive**: only a generator writes it. The package contains the sample people of a Salesforce Developer Edition org. Add
  your own marks with the argument `definitive`.
- **reserved**: it cannot belong to a person. Examples are a reserved domain, a phone number reserved for fiction, a test card,
  and an SSN that was never issued.
- **generator**: a known generator writes it, but a person can have it by chance.
- **weak**: a word, or a domain that companies use internally.

The argument `min_tier` includes the tiers above it. The rates below were measured on records of known origin. They were
generated by Faker {faker}, Snowfakery {snowfakery} and @faker-js/faker 10.6.0 with a fixed seed, or written by hand.
"Mockaroo's form" means made-up addresses in the form of Mockaroo's exports, because Mockaroo is not a library. Phone numbers
are read with the calling code of their country. A test compares this page with a new measurement.
`python -m tests.expectations.signatures.measure` writes the page.

## Conclusions

- **By default, generators are detected per table, not per record.** Faker and Snowfakery use reserved domains; Mockaroo uses
  existing ones. Their records match in only one kind of field, which is reported but not counted. In the table as a whole, the
  share of such values is higher than among real people, so the table is in violation. To detect single records too, set
  `min_fields: 1`, provided that the addresses are not typed in by shoppers, as with business contacts or imported data.
- **Faker's company addresses are not detected.** They are at domains that could exist, and its American numbers are possible.
  Half of the numbers have an extension, as company numbers do.
- **A small synthetic part of a table is not detected by its share.** If fewer than `min_share` of the values match (10 %), the
  records are reported, but the table is not in violation.
- **A record that is not detected can still be synthetic.** A generator that uses existing domains and valid phone numbers is not
  detected at all, such as a list of common names drawn at random. `@faker-js/faker` is detected by the capitals in its addresses
  (`Kayla_Huels22@hotmail.com`): not if they were stored in lower case, and not in its locales for Chinese, Japanese and Korean.
  Tag your records first. This check does not replace tags.
- **The error rate on your customers is unknown.** The people in this corpus were written by hand, to be as difficult as
  possible, or are stand-ins with mailboxes outside the reserved domains. Tests must not contain real customers. Before you
  lower `min_fields`, look at what is reported on your own table.

## Precision and recall

The table covers all records together. The first line is the default.

Recall depends on the generators of the synthetic records. Precision depends on how much of the table is synthetic. Most records
of this corpus are synthetic, but few records of a CRM are. Therefore, the last column gives the precision for a table in which
one record in a hundred is synthetic. It assumes the highest error rate that is consistent with these numbers (95 % confidence).

{totals}

## Tables: shares above those of real people

A column is also evaluated as a whole. A table is in violation if a column has at least `min_count` values (20), at least
`min_share` of them (10 %) match the same signature, and the probability of that many matches at the base rate of real people is
at most `alpha` (1e-6; exact one-sided binomial test). The result contains the numbers, the rate, alpha and the p-value. `alpha`
is small because a project has many tables with ten shares each: with 1,000 tables, there is one false alarm in a hundred runs.
`min_share` is needed because tables of real people differ: among a million people, even 0.9 % instead of 0.6 % would be
significant. `base_rates` replaces a rate; a rate of 1 disables a share.

{rates}

The rates are based on public files and on plausibility, not on the records below. The choice of shares is not independent of
them: a further share, for the phone numbers that Faker writes, was dropped because it flagged the stand-ins for customers as
synthetic. So the table shows what is detected here; it is not an estimate for other data. Mockaroo's form is exactly what the
signature looks for. Each group was split into tables of 100 records. Three public sample files (a Mockaroo export of 150
contacts, 100 contacts with Mockaroo's names, 156 contacts of a travel demo) were examined by hand and are detected too.

{tables}

## Held-out records

These groups were assembled after all rates and thresholds were fixed, and nothing was changed because of them: other locales of
Faker (the company addresses of one of them are detected only by its impossible numbers; of the locales in one group, 20 records
each), another draw of Snowfakery, Mockaroo's form and that of Bogus with other names, numbers kept for fiction in national
layouts, personas as language models write them, and 6,000 people with US census names at their real frequencies. Their addresses
and numbers are stand-ins, because nobody publishes those of real people. Two signatures were added later, because other
hand-written personas had them: numbers kept for fiction without an area (`555-0143`), and the area 555, which does not exist.
No record here has either.

{held_back_bounds}

{held_back}

- **Not measured: the rate of real people for each share.** This would require addresses of real customers. The rates above come
  from public files, or are assumptions with a margin.
- **Not used: names from a generator's list.** Real people have every surname that Faker writes, and two in five Americans have
  one of the thousand most frequent ones. Only a long list of names in each query would be conclusive.
- **Not used: runs of consecutive numbers.** They would require the order in which records were created, which tables lose.
  Endings with a letter and with a digit give the same information about an export.

## Recall: synthetic records found

The columns are `min_tier` and `min_fields`.

{recall}

## False positives: people flagged as synthetic

Shoppers who want to withhold their address type a reserved one. Therefore, a match in only one kind of field is reported but not
counted. The *neighbours* differ from a signature by one digit or one letter, in several fields at once.

{mistaken}

## Matches by field

Each cell is the share of records whose field matches, for each tier separately.

{fields}
"""
