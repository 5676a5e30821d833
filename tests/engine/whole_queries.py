"""Three whole queries: rows, lookups, and the samples and lists of violating records, as an engine is sent them."""

from __future__ import annotations

from collections.abc import Iterator

from synth_expectations.engine.adapters.base import Adapter
from synth_expectations.engine.plan import Plan
from synth_expectations.engine.violations import BrokenCheck, ViolationReader
from synth_expectations.rules.expressions import (
    before,
    blank,
    field,
    given,
    key,
    looked_up,
    matches,
    moment,
    normalised,
    one_of,
)
from synth_expectations.rules.model import Lookup, LookupCheck, RowCheck, Rule, Through
from synth_expectations.testing import Engine, Table
from synth_expectations.testing.queries import readable
from tests.engine.forms import AS_OF

BATCH = Table.of(
    {"id": "integer", "marker": "text", "email": "text", "at": "timestamptz"},
    [{"id": 1, "marker": "true", "email": "x@shop.test", "at": "2026-11-01T00:00:00Z"}],
)
ACCOUNTS = Table.of({"email": "text", "owner": "text"}, [{"email": "x@shop.test", "owner": "o"}])
OWNERS = Table.of(
    {"owner": "text", "role": "text", "since": "date", "until": "timestamptz"},
    [{"owner": "o", "role": "test", "since": "2026-01-01"}],
)

SYNTHETIC = one_of(field("marker"), [True])
ROWS = RowCheck(
    population=SYNTHETIC,
    rules=(
        Rule("no e-mail", blank(field("email"))),
        Rule("e-mail is reserved", matches(field("email"), ".*@shop[.]test")),
        Rule("counted only", blank(field("at")), judged=False),
    ),
    record_key="id",
    census=(("synthetic", SYNTHETIC),),
)
LOOKUPS = LookupCheck(
    population=SYNTHETIC,
    rules=(
        Rule("found", looked_up("owner")),
        Rule("tester", looked_up("owner", "tester") & before(moment(field("at")), moment(field("at")))),
        Rule("lost", looked_up("owner", "lost")),
        Rule("shared", looked_up("twin", "shared")),
    ),
    lookups=(
        Lookup(
            "owner",
            "owners",
            key(normalised(field("email"), "email")),
            key(field("owner")),
            attributes={"tester": one_of(field("role"), ["test"])},
            where=given(field("role")),
            at=moment(field("at")),
            valid=(moment(field("since")), moment(field("until"))),
            through=Through("accounts", key(normalised(field("email"), "email")), key(field("owner"))),
        ),
        Lookup("twin", "@batch", key(field("email")), key(field("email")), more_than={"shared": 1}),
    ),
)


def whole_queries(engine: Engine) -> str:
    """Return what an engine is sent, formatted: to count rows, to look records up, to list violations, and to sample."""
    return "\n\n".join(f"-- {name}\n\n{sql}" for name, sql in _queries(engine)) + "\n"


def _queries(engine: Engine) -> Iterator[tuple[str, str]]:
    for name, check in (("rows", ROWS), ("lookups", LOOKUPS)):
        adapter = engine.adapter(BATCH, {"accounts": ACCOUNTS, "owners": OWNERS})
        plan = Plan(lambda adapter=adapter: adapter, AS_OF)  # type: ignore[misc]
        assert plan.result_with_keys(plan.add(check)).error is None
        yield name, _shown(adapter, engine)
    adapter = engine.adapter(BATCH, {})
    judged = frozenset(rule.name for rule in ROWS.rules if rule.judged)
    list(ViolationReader(adapter, "batch", {}).read([BrokenCheck("expect_x", "critical", ROWS, AS_OF, judged)]))
    yield "violating records", _shown(adapter, engine)
    adapter = engine.adapter(BATCH, {})
    adapter.sample_rows(["email"], "1 = 1", ["id"], 10)
    yield "a sample", _shown(adapter, engine)


def _shown(adapter: Adapter, engine: Engine) -> str:
    return "\n\n".join(readable(adapter.statements.sent, engine.name))
