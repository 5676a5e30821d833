"""Records of which we know whether they are synthetic: made by generators, written by hand. The same on every run."""

from __future__ import annotations

import json
import random
import tempfile
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from faker import Faker
from faker.generator import random as of_faker
from ruamel.yaml import YAML

from tests.end_to_end.real.snowfakery_crm import as_production, generate

COLUMNS = ("email", "phone", "card", "ssn", "first", "last")
LOCALES = {"en_US": "1", "en_GB": "44", "en_AU": "61", "de_DE": "49", "fr_FR": "33", "ja_JP": "81"}
"""With the calling code of their national numbers."""
HOSTS = ("northpost.net", "hellermail.com", "quaymail.org", "brightbox.co")
SEED = 20_261_123
MANY = 500

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Group:
    """Records of one origin.

    Attributes:
        name: as the table calls them.
        synthetic: what they are.
        frame: with the columns `COLUMNS`; None where a record has no such field.
        calling_code: of its national phone numbers.
    """

    name: str
    synthetic: bool
    frame: pd.DataFrame
    calling_code: str


def groups() -> Iterator[Group]:
    """All of them, the synthetic ones first."""
    for locale, code in LOCALES.items():
        yield Group(f"Faker {locale}", True, _faker(locale), code)
    yield Group("Faker en_US, `company_email`", True, _faker("en_US", email="company_email"), "1")
    contacts = generate(MANY, SEED)["Contact"]
    yield Group("Snowfakery, contacts", True, of_salesforce(contacts), "1")
    yield Group("Snowfakery, users", True, _users(), "1")
    yield Group("Mockaroo's form, by hand", True, _mockaroo(), "1")
    yield Group("@faker-js/faker en", True, read_fakerjs("en"), "1")
    written = YAML(typ="safe").load(_HERE / "records.yml")
    yield Group("testers, by hand", True, make_frame(written["testers"]), "1")
    yield Group("people, by hand", False, make_frame(written["people"]), "44")
    yield Group("shoppers who withhold a field, by hand", False, make_frame(written["shoppers"]), "44")
    yield Group("neighbours of signatures, by hand", False, make_frame(written["neighbours"]), "44")
    yield Group("people with addresses by habit (stand-ins)", False, _by_habit(), "1")
    customers = as_production(generate(MANY, SEED + 1)["Contact"], SEED)
    yield Group("customers of a CRM (stand-ins)", False, of_salesforce(customers), "1")


def _faker(locale: str, email: str = "email") -> pd.DataFrame:
    fake = Faker(locale)
    fake.seed_instance(SEED)
    rows = [
        {
            "email": getattr(fake, email)(),
            "phone": fake.phone_number(),
            "card": fake.credit_card_number(),
            "ssn": fake.ssn() if locale == "en_US" else None,
            "first": fake.first_name(),
            "last": fake.last_name(),
        }
        for _ in range(MANY)
    ]
    return make_frame(rows)


def _mockaroo() -> pd.DataFrame:
    """Return records in the form that Mockaroo's exports have in public files; its names are not at hand: Faker's are."""
    people, chance = _names(MANY), random.Random(SEED)
    rows = [
        {
            "first": first,
            "last": last,
            "email": f"{first[0]}{last}{to_base_36(number)}@{chance.choice(HOSTS)}".lower().replace("'", ""),
            "phone": "".join(str(chance.randrange(10)) for _ in range(10)),
        }
        for number, (first, last) in enumerate(people)
    ]
    return make_frame(rows)


def read_fakerjs(locale: str) -> pd.DataFrame:
    """Read records that @faker-js/faker 10.6.0 wrote: `faker.internet.email()` and the like, seed 20261130."""
    written = pd.read_csv(_HERE / "fakerjs.csv", dtype="string")
    return make_frame(written[written["locale"] == locale].drop(columns="locale").to_dict("records"))


def _by_habit() -> pd.DataFrame:
    """Return people whose addresses are made of their names as people make them, with all endings that they write."""
    chance = random.Random(SEED + 1)
    endings = ["", "", "", "jr", "sr", "ii", "md", "b", "1", "12", "85", "1985", "nyc", "phd", "uk", "007"]
    rows = []
    for first, last in _names(4 * MANY):
        stem = chance.choice([f"{first}.{last}", f"{first[0]}{last}", f"{first}{last[0]}", f"{last}_{first}", first])
        host = chance.choice(HOSTS)
        area = draw_area(chance)
        phone = f"({area}) {chance.randrange(200, 555)}-{chance.randrange(10_000):04}"
        rows.append(
            {"first": first, "last": last, "email": f"{stem}{chance.choice(endings)}@{host}".lower(), "phone": phone}
        )
    return make_frame(rows)


def draw_area(chance: random.Random) -> int:
    """Return the area of a North American number that a person may have: 555 is none."""
    area = chance.randrange(201, 990)
    return area + (area == 555)


def _names(count: int) -> list[tuple[str, str]]:
    fake = Faker("en_US")
    fake.seed_instance(SEED + count)
    return [(fake.first_name(), fake.last_name()) for _ in range(count)]


def to_base_36(number: int) -> str:
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    return (digits[number // 36] if number >= 36 else "") + digits[number % 36]


def of_salesforce(table: Any) -> pd.DataFrame:
    names = {"Email": "email", "Phone": "phone", "FirstName": "first", "LastName": "last"}
    return make_frame(table.select(list(names)).rename_columns(list(names.values())).to_pylist())


def _users() -> pd.DataFrame:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it imports pkg_resources, which warns
        from snowfakery import generate_data
    before = random.getstate(), of_faker.getstate()
    random.seed(SEED)
    of_faker.seed(SEED)
    try:
        with tempfile.TemporaryDirectory() as scratch:
            made = Path(scratch) / "users.json"
            recipe = str(_HERE / "users.recipe.yml")
            generate_data(recipe, target_number=(MANY, "User"), output_format="json", output_file=str(made))
            users = json.loads(made.read_text(encoding="utf-8"))
    finally:
        random.setstate(before[0])
        of_faker.setstate(before[1])
    return make_frame(
        [{"email": each["Username"], "first": each["FirstName"], "last": each["LastName"]} for each in users]
    )


def make_frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, dtype="string").reindex(columns=list(COLUMNS))
    return frame.astype("string")
