"""CRM records made by Snowfakery, Salesforce's own generator, under Salesforce's column names.

Snowfakery makes them (`make_crm`); a transform tags them (`stamp_provenance`); another one takes the tags off some
(`strip_tags`), as a careless sync does; and `mix_in` puts those among production records (`as_production`).
"""

from __future__ import annotations

import json
import random
import string
import tempfile
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

RECIPE = Path(__file__).parent / "recipes" / "crm.recipe.yml"
PREFIXES = {"Account": "001", "Contact": "003", "Opportunity": "006"}
PROVENANCE = {
    "SyntheticSource__c": "snowfakery",
    "SyntheticGeneratedAt__c": datetime(2026, 10, 1, 3, 0, tzinfo=UTC),
    "SyntheticMethod__c": "rule_based",
    "SyntheticVersion__c": "4.2.1",
    "SyntheticPurpose__c": "testing",
    "SyntheticDataset__c": "ds-crm-2026-10",
}
MARKER = "IsSynthetic__c"
_DIGITS = string.digits + string.ascii_uppercase + string.ascii_lowercase
_CHECK = string.ascii_uppercase + "012345"
_MAILBOXES = ("northpost.net", "hellermail.com", "brightbox.co", "quaymail.org")


def make_contacts(out_dir: Path | str, n: int, seed: int) -> Path:
    """`contact/contact.parquet` below a directory: n contacts, untagged; the same for the same seed."""
    return make_crm(out_dir, n, seed)["Contact"]


def make_crm(out_dir: Path | str, n: int, seed: int) -> dict[str, Path]:
    """Accounts, n contacts and opportunities as Parquet, by object: `<out_dir>/contact/contact.parquet` and so on.

    Args:
        out_dir: made if it is not there.
        n: how many contacts; there is an account for every four of them.
        seed: of the generator. Another seed gives other people and other Ids.
    """
    paths = {}
    for name, table in generate(n, seed).items():
        path = Path(out_dir) / name.lower() / f"{name.lower()}.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(table, path)
        paths[name] = path
    return paths


def generate(n: int, seed: int) -> dict[str, pa.Table]:
    """The records of the recipe, by object, with Salesforce's Ids and types."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it imports pkg_resources, which warns
        from snowfakery import generate_data
    with tempfile.TemporaryDirectory() as scratch, _seeded(seed):
        made = Path(scratch) / "records.json"
        generate_data(str(RECIPE), target_number=(n, "Contact"), output_format="json", output_file=str(made))
        records = json.loads(made.read_text(encoding="utf-8"))
    by_object: dict[str, list[dict[str, Any]]] = {name: [] for name in PREFIXES}
    for record in records:
        by_object[record.pop("_table")].append(record)
    by_object["Contact"] = by_object["Contact"][:n]  # Snowfakery finishes the account it is at
    return {name: _table(name, rows, seed) for name, rows in by_object.items()}


def stamp_provenance(table: pa.Table, **changed: object) -> pa.Table:
    """The records, tagged as synthetic and with their provenance; other values by keyword, such as
    `SyntheticPurpose__c="model_training"`.
    """
    values = {MARKER: True, **PROVENANCE, **changed}
    for name, value in values.items():
        table = table.append_column(name, pa.array([value] * len(table), _type_of(value)))
    return table


def strip_tags(table: pa.Table, count: int, seed: int, left: bool | None = None) -> tuple[pa.Table, tuple[str, ...]]:
    """The records, some without their tag and provenance, and the Ids of those.

    Args:
        table: tagged records.
        count: how many lose their tag.
        seed: chooses them.
        left: what the marker becomes: NULL, or False, as a checkbox does.
    """
    rows = sorted(random.Random(seed).sample(range(len(table)), count))
    hit = set(rows)
    for name in (MARKER, *PROVENANCE):
        at = table.schema.get_field_index(name)
        lost = left if name == MARKER else None
        values = [lost if i in hit else value for i, value in enumerate(table[name].to_pylist())]
        table = table.set_column(at, name, pa.array(values, table.schema.field(at).type))
    ids = table["Id"].to_pylist()
    return table, tuple(ids[row] for row in rows)


def as_production(table: pa.Table, seed: int) -> pa.Table:
    """Generated people as if they were customers: mailboxes that could be someone's, marked real, no provenance.

    Stands in for records of real people, which no test may hold.
    """
    pick = random.Random(seed)
    mailboxes = [f"{mail.split('@')[0]}@{pick.choice(_MAILBOXES)}" for mail in table["Email"].to_pylist()]
    table = table.set_column(table.schema.get_field_index("Email"), "Email", pa.array(mailboxes, pa.string()))
    table = table.append_column(MARKER, pa.array([False] * len(table), pa.bool_()))
    for name, value in PROVENANCE.items():
        table = table.append_column(name, pa.nulls(len(table), _type_of(value)))
    return table


def mix_in(production: pa.Table, others: pa.Table, seed: int) -> pa.Table:
    """Both together, in an order that tells nothing."""
    both = pa.concat_tables([production, others])
    order = list(range(len(both)))
    random.Random(seed).shuffle(order)
    return both.take(order)


def only(table: pa.Table, ids: Iterable[str]) -> pa.Table:
    """The records with these Ids."""
    wanted = set(ids)
    return table.filter(pa.array([each in wanted for each in table["Id"].to_pylist()], pa.bool_()))


def salesforce_id(prefix: str, number: int, seed: int) -> str:
    """An Id of 18 letters as Salesforce writes it: object, instance, number, and a check of upper and lower case."""
    digits = ""
    rest = seed * 10_000_000 + number
    while rest:
        rest, digit = divmod(rest, 62)
        digits = _DIGITS[digit] + digits
    short = f"{prefix}Hs{digits.rjust(10, '0')}"
    check = ""
    for start in (0, 5, 10):
        upper = sum(1 << i for i, letter in enumerate(short[start : start + 5]) if letter in string.ascii_uppercase)
        check += _CHECK[upper]
    return short + check


def _table(name: str, rows: list[dict[str, Any]], seed: int) -> pa.Table:
    columns: dict[str, list[Any]] = {"Id": [salesforce_id(PREFIXES[name], row["id"], seed) for row in rows]}
    columns |= {key: [row[key] for row in rows] for key in rows[0] if key != "id"}
    if "AccountId" in columns:
        columns["AccountId"] = [salesforce_id(PREFIXES["Account"], each, seed) for each in columns["AccountId"]]
    columns["IsDeleted"] = [False] * len(rows)
    return pa.table({key: _typed(key, values) for key, values in columns.items()})


def _typed(name: str, values: list[Any]) -> pa.Array:
    if name == "CreatedDate":
        return pa.array(
            [datetime.fromisoformat(each).replace(microsecond=0) for each in values], pa.timestamp("us", "UTC")
        )
    if name in {"Birthdate", "CloseDate"}:
        return pa.array([date.fromisoformat(each) for each in values], pa.date32())
    return pa.array(values)


def _type_of(value: object) -> pa.DataType:
    if isinstance(value, datetime):
        return pa.timestamp("us", "UTC")
    return pa.bool_() if isinstance(value, bool) else pa.string()


@contextmanager
def _seeded(seed: int) -> Iterator[None]:
    """Snowfakery draws from two generators of the process, which get their own state back."""
    from faker.generator import random as of_faker

    before = random.getstate(), of_faker.getstate()
    random.seed(seed)
    of_faker.seed(seed)
    try:
        yield
    finally:
        random.setstate(before[0])
        of_faker.setstate(before[1])
