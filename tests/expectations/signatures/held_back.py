"""Records that no threshold was chosen on: other locales, other seeds, and names that real people have."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

import names
import pandas as pd
from faker import Faker
from faker.config import AVAILABLE_LOCALES

from tests.end_to_end.real.snowfakery_crm import generate
from tests.expectations.signatures import corpus
from tests.expectations.signatures.corpus import Group, make_frame, of_salesforce, read_fakerjs, to_base_36

LOCALES = {"es_ES": "34", "it_IT": "39", "nl_NL": "31", "sv_SE": "46", "pl_PL": "48", "pt_BR": "55", "en_IN": "91"} | {
    "en_CA": "1",
    "da_DK": "45",
    "ko_KR": "82",
}
"""With the calling code of their national numbers; none of `corpus.LOCALES`."""
FAKERJS = {"de": "49", "nl": "31", "ja": "81"}
"""Locales of @faker-js/faker; the form was measured on all of its locales that are written in Latin letters."""
SEED = 20_261_130
MANY, PEOPLE = 200, 6_000
HOSTS = ("mailhaven.net", "postbrook.com", "lettercove.org", "inboxvale.co")
_ENDINGS = (
    "",
    "",
    "",
    "1",
    "7",
    "22",
    "77",
    "1977",
    "99",
    "jr",
    "iii",
    "b",
    "xx",
    "nc",
    "tx",
    "esq",
    "cpa",
    "rn",
    "mom",
    "2go",
)
"""What people write behind a name: not the list of the other corpus, and not that of the signatures."""


_OF_LOCALE = 20
_LAYOUTS = (
    "({}) 555-01{:02}",
    "{}-555-01{:02}",
    "{}.555.01{:02}",
    "{}55501{:02}",
    "{} 555 01{:02}",
    "1-{}-555-01{:02}",
)
_BOGUS_HOSTS = ("gmail.com", "yahoo.com", "hotmail.com")
_PERSONAS = (
    "Sarah Chen",
    "Marcus Johnson",
    "Priya Patel",
    "Elena Rodriguez",
    "David Kim",
    "Aisha Williams",
    "James O'Brien",
    "Maria Garcia",
    "Wei Zhang",
    "Jordan Taylor",
    "Emily Nguyen",
    "Fatima Al-Rashid",
    "Carlos Mendez",
    "Olivia Thompson",
    "Liam Anderson",
    "Zara Okafor",
)


def held_back() -> Iterator[Group]:
    """All groups, the synthetic ones first."""
    for locale, code in LOCALES.items():
        yield Group(f"Faker {locale}", True, _faker(locale), code)
    yield Group("Faker en_CA, `company_email`", True, _faker("en_CA", "company_email"), "1")
    yield Group("Snowfakery, contacts", True, of_salesforce(generate(MANY, SEED)["Contact"]), "1")
    yield Group("Mockaroo's form, names of the US census", True, _mockaroo(), "1")
    for locale, code in FAKERJS.items():
        yield Group(f"@faker-js/faker {locale}", True, read_fakerjs(locale), code)
    yield Group("Faker, all other locales", True, _other_locales(), "1")
    yield Group("555-0100 to 555-0199, written nationally", True, _fictional_numbers(), "1")
    yield Group("personas as language models write them", True, _personas(), "1")
    yield Group("Bogus's form, names of the US census", True, _bogus(), "1")
    yield Group("names of the US census, addresses by habit", False, _people(), "1")


def _faker(locale: str, email: str = "email") -> pd.DataFrame:
    fake = Faker(locale)
    fake.seed_instance(SEED)
    return make_frame(
        {
            "email": getattr(fake, email)(),
            "phone": fake.phone_number(),
            "card": fake.credit_card_number(),
            "first": fake.first_name(),
            "last": fake.last_name(),
        }
        for _ in range(MANY)
    )


def _other_locales() -> pd.DataFrame:
    """Return records of each locale that no other group has; without numbers, which have no calling code in common."""
    rows = []
    for locale in sorted({*AVAILABLE_LOCALES} - {"fr_QC"} - {*LOCALES, *corpus.LOCALES}):
        fake = Faker(locale)
        fake.seed_instance(SEED)
        rows += [
            {"email": fake.email(), "first": fake.first_name(), "last": fake.last_name()} for _ in range(_OF_LOCALE)
        ]
    return make_frame(rows)


def _fictional_numbers() -> pd.DataFrame:
    """Return people by name and address whose numbers are kept for fiction."""
    chance = random.Random(SEED + 2)
    return make_frame(
        {
            "first": first,
            "last": last,
            "email": f"{first}.{last}@{chance.choice(HOSTS)}".lower(),
            "phone": chance.choice(_LAYOUTS).format(chance.choice((212, 305, 415, 617, 808)), chance.randrange(100)),
        }
        for first, last in _draw_names(chance, MANY)
    )


def _personas() -> pd.DataFrame:
    """Return the names that language models prefer, with an address at example.com and a number that looks possible."""
    chance = random.Random(SEED + 3)
    rows = []
    for _ in range(MANY):
        first, last = chance.choice(_PERSONAS).split(), chance.choice(_PERSONAS).split()
        phone = f"({corpus.draw_area(chance)}) {chance.randrange(200, 1000)}-{chance.randrange(10_000):04}"
        address = f"{first[0]}.{last[1]}@example.com".lower().replace("'", "")
        rows.append({"first": first[0], "last": last[1], "email": address, "phone": phone})
    return make_frame(rows)


def _bogus() -> pd.DataFrame:
    """Return addresses in the three forms of Bogus for .NET, which it has from the first faker.js."""
    chance = random.Random(SEED + 4)
    rows = []
    for first, last in _draw_names(chance, MANY):
        name, other = first.title(), last.title()
        ending = chance.choice(("", str(chance.randrange(99))))
        stem = chance.choice((f"{name}{chance.randrange(99)}", *2 * (f"{name}{chance.choice('._')}{other}{ending}",)))
        rows.append({"first": name, "last": other, "email": f"{stem}@{chance.choice(_BOGUS_HOSTS)}"})
    return make_frame(rows)


def _mockaroo() -> pd.DataFrame:
    """Return records as Mockaroo numbers them; of its telephone numbers, random digits."""
    chance = random.Random(SEED)
    return make_frame(
        {
            "first": first,
            "last": last,
            "email": f"{first[0]}{last}{to_base_36(number)}@{chance.choice(HOSTS)}".lower(),
            "phone": "-".join(str(chance.randrange(10**size)).zfill(size) for size in (3, 3, 4)),
        }
        for number, (first, last) in enumerate(_draw_names(chance, MANY))
    )


def _people() -> pd.DataFrame:
    """Return people with names as often as they are in the census; nobody publishes their addresses and numbers."""
    chance = random.Random(SEED + 1)
    rows = []
    for first, last in _draw_names(chance, PEOPLE):
        stem = chance.choice(
            [f"{first}.{last}", f"{first[0]}{last}", f"{first}{last[0]}", f"{first}_{last}", f"{last}{first[0]}"]
        )
        phone = f"{corpus.draw_area(chance)}-{chance.randrange(200, 1000)}-{chance.randrange(10_000):04}"
        address = f"{stem}{chance.choice(_ENDINGS)}@{chance.choice(HOSTS)}".lower()
        rows.append({"first": first, "last": last, "email": address, "phone": phone})
    return make_frame(rows)


def _draw_names(chance: random.Random, count: int) -> list[tuple[str, str]]:
    first, last = _read_census("dist.female.first", "dist.male.first"), _read_census("dist.all.last")
    return list(zip(_draw(chance, first, count), _draw(chance, last, count), strict=True))


def _draw(chance: random.Random, census: dict[str, float], count: int) -> list[str]:
    return chance.choices(list(census), cum_weights=list(accumulate(census.values())), k=count)


def _read_census(*files: str) -> dict[str, float]:
    """Return names with their share of the population in percent; those of less than 0.001 % count as that."""
    shares: dict[str, float] = {}
    for file in files:
        for line in (Path(names.__file__).parent / file).read_text(encoding="utf-8").splitlines():
            name, percent, *_ = line.split()
            shares[name.title()] = shares.get(name.title(), 0.0) + max(float(percent), 0.001)
    return shares
