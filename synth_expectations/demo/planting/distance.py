"""A generator that memorised a few real shoppers, among records that are as they should be."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from synth_expectations.demo.crm import Crm
from synth_expectations.demo.effects import Effect

DISTANCE = "expect_synthetic_records_to_keep_their_distance"
COLUMNS = "expect_table_to_have_provenance_columns"
MADE = "generated_profile"

_SHOPPERS, _COPIES, _LIKE_NOBODY = 400, 20, 480


def plant(crm: Crm) -> None:
    """Plant all of them."""
    training, holdout = crm.sheets.profile_training, crm.sheets.profile_holdout
    for shoppers in (training, holdout):
        for _ in range(_SHOPPERS):
            shoppers.add(**_shopper(crm))
    for number in range(_COPIES):
        rule = Effect(MADE, DISTANCE, "same as a training record, or nearly, more often than chance allows")
        crm.ledger.plant("profile of a real shopper, learned by heart", _made(crm, training.rows[number]), rule)
    for number in range(_LIKE_NOBODY):
        near = (training, holdout)[number % 2].rows[_COPIES + number // 2]  # as near to those never seen
        key = _made(crm, {**near, "yearly_spend": near["yearly_spend"] * 1.08, "orders": near["orders"] + 1})
        crm.ledger.spare("profile near to a shopper, known or not", key, Effect(MADE, DISTANCE))
    chance = _made(crm, holdout.rows[0])
    of_holdout = [
        Effect(MADE, DISTANCE, rule) for rule in ("nearly the same as holdout", "the same as a holdout record")
    ]
    crm.ledger.spare("profile that is by chance one never seen", chance, *of_holdout)
    seedless = Effect(MADE, COLUMNS, "generator_seed is missing")
    crm.ledger.plant("no column for the generator's seed", "generator_seed", seedless)


def _shopper(crm: Crm) -> dict[str, object]:
    return {
        "yearly_spend": round(crm.pick.lognormvariate(6, 0.8), 2),
        "orders": crm.pick.randint(1, 60),
        "days_since_order": crm.pick.randint(0, 700),
        "basket": round(crm.pick.uniform(8, 240), 2),
        "segment": crm.pick.choice(("bargain", "family", "premium", "student")),
    }


def _made(crm: Crm, values: Mapping[str, object]) -> str:
    kept = {name: value for name, value in values.items() if name != "profile_id"}
    number = len(crm.sheets.generated_profile.rows)
    return crm.sheets.generated_profile.add(
        **kept, email=f"profile{number}@example.com", generated_at=crm.ago(days=30) + timedelta(seconds=number)
    )
