"""The CDNOW purchase history: real customers, and synthetic ones of which some are copies. See data/SOURCE.md."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import groupby
from pathlib import Path

import pyarrow as pa

FILE = Path(__file__).parent / "data" / "CDNOW_sample.txt"
FIRST_DAY, LAST_DAY = date(1997, 1, 1), date(1998, 6, 30)
_LEAST = 3  # purchases: with fewer, strangers are alike by chance


@dataclass(frozen=True, order=True)
class Purchase:
    """One purchase of one customer."""

    customer_id: str
    purchased_on: date
    quantity: int
    amount: Decimal

    def what(self) -> tuple[date, int, Decimal]:
        """All but whose it is."""
        return (self.purchased_on, self.quantity, self.amount)


@dataclass(frozen=True)
class Planted:
    """Synthetic customers, and which of them are what.

    Attributes:
        purchases: one row a purchase.
        customers: one row a customer.
        copied: synthetic customer to the real one whose purchases it has, each and all.
        near: synthetic customer to the real one from whom one field of one purchase differs: no copy.
    """

    purchases: pa.Table
    customers: pa.Table
    copied: dict[str, str]
    near: dict[str, str]


def read_purchases() -> list[Purchase]:
    """All purchases of the sample, in the order of the file."""
    rows = (line.split() for line in FILE.read_text(encoding="ascii").splitlines())
    return [
        Purchase(number, datetime.strptime(day, "%Y%m%d").date(), int(quantity), Decimal(amount))
        for _, number, day, quantity, amount in rows
    ]


def purchases_table(purchases: Iterable[Purchase]) -> pa.Table:
    """One row a purchase: purchase_id, customer_id, purchased_on, quantity, amount."""
    rows = [(f"P{number:06d}", each.customer_id, *each.what()) for number, each in enumerate(purchases, start=1)]
    schema = {
        "purchase_id": pa.string(),
        "customer_id": pa.string(),
        "purchased_on": pa.date32(),
        "quantity": pa.int32(),
        "amount": pa.decimal128(10, 2),
    }
    return _table(rows, schema)


def customers_table(purchases: Iterable[Purchase]) -> pa.Table:
    """One row a customer: customer_id, first_purchase, last_purchase, purchases, quantity, amount, history.

    `history` is every purchase as text; two customers with the same one bought the same on the same days.
    """
    rows = []
    for customer, group in groupby(sorted(purchases), key=lambda each: each.customer_id):
        bought = list(group)
        days = [each.purchased_on for each in bought]
        total = sum((each.amount for each in bought), Decimal(0))
        quantity = sum(each.quantity for each in bought)
        rows.append((customer, min(days), max(days), len(bought), quantity, total, _history(bought)))
    schema = {
        "customer_id": pa.string(),
        "first_purchase": pa.date32(),
        "last_purchase": pa.date32(),
        "purchases": pa.int32(),
        "quantity": pa.int32(),
        "amount": pa.decimal128(10, 2),
        "history": pa.string(),
    }
    return _table(rows, schema)


def make_synthetic(customers: int = 1000, copies: int = 25, near: int = 24, seed: int = 7) -> Planted:
    """Synthetic customers who buy like real ones do, some of them copied from one, some that only nearly are.

    Copied and nearly copied customers bought at least three times, so that no stranger has the same history. The others
    take how often, when, how much and for how much from four different customers, and have nobody's history.
    """
    pick = random.Random(seed)
    by_customer = {
        key: list(group) for key, group in groupby(sorted(read_purchases()), key=lambda each: each.customer_id)
    }
    known = {_history(bought) for bought in by_customer.values()}
    often = [customer for customer, bought in by_customer.items() if len(bought) >= _LEAST]
    chosen = pick.sample(often, copies + near)
    numbers = [f"S{number:05d}" for number in pick.sample(range(1, 100_000), customers)]

    made: dict[str, list[Purchase]] = {}
    copied = dict(zip(numbers, chosen[:copies], strict=False))
    for number, customer in copied.items():
        made[number] = by_customer[customer]
    nearly = dict(zip(numbers[copies:], chosen[copies:], strict=False))
    for turn, (number, customer) in enumerate(nearly.items()):
        made[number] = _nearly(by_customer[customer], turn, known)
    everyone = list(by_customer.values())
    for number in numbers[copies + near :]:
        bought = _fresh(everyone, pick)
        while _history(bought) in known:
            bought = _fresh(everyone, pick)
        made[number] = bought
    purchases = sorted(replace(each, customer_id=number) for number, bought in made.items() for each in bought)
    return Planted(purchases_table(purchases), customers_table(purchases), copied, nearly)


def _nearly(bought: list[Purchase], turn: int, known: set[str]) -> list[Purchase]:
    """The same purchases but for one field of the last one: in turn a cent, a day, a CD."""
    last = bought[-1]
    step = 0
    while True:
        step += 1
        changed = (
            replace(last, amount=last.amount + step * Decimal("0.01")),
            replace(last, purchased_on=last.purchased_on + timedelta(days=step)),
            replace(last, quantity=last.quantity + step),
        )[turn % 3]
        if _history([*bought[:-1], changed]) not in known:
            return [*bought[:-1], changed]


def _fresh(everyone: list[list[Purchase]], pick: random.Random) -> list[Purchase]:
    """A customer of parts: as many purchases as one has, each with the day, the number and the sum of three others."""
    return [
        Purchase(
            "",
            pick.choice(pick.choice(everyone)).purchased_on,
            pick.choice(pick.choice(everyone)).quantity,
            pick.choice(pick.choice(everyone)).amount,
        )
        for _ in pick.choice(everyone)
    ]


def _history(bought: Iterable[Purchase]) -> str:
    return "; ".join(f"{day} {quantity} {amount}" for day, quantity, amount in sorted(each.what() for each in bought))


def _table(rows: list[tuple[object, ...]], schema: dict[str, pa.DataType]) -> pa.Table:
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    arrays = [pa.array(column, kind) for column, kind in zip(columns, schema.values(), strict=True)]
    return pa.table(arrays, names=list(schema))
