"""Three whole queries: rows, lookups, and the samples and lists of violating records, as an engine is sent them."""

from __future__ import annotations

from collections.abc import Iterator

from synth_expectations.engine.adapters.base import Adapter
from synth_expectations.engine.plan import Plan
from synth_expectations.engine.violations import BrokenCheck, ViolationReader
from synth_expectations.rules.expressions import (
    field,
    is_before,
    is_blank,
    is_given,
    is_one_of,
    look_up,
    make_key,
    matches,
    normalize,
    to_timestamp,
)
from synth_expectations.rules.model import Lookup, LookupCheck, RowCheck, Rule, Through
from synth_expectations.testing import Engine, Table
from synth_expectations.testing.queries import format_statements
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

SYNTHETIC = is_one_of(field("marker"), [True])
ROWS = RowCheck(
    population=SYNTHETIC,
    rules=(
        Rule("no e-mail", is_blank(field("email"))),
        Rule("e-mail is reserved", matches(field("email"), ".*@shop[.]test")),
        Rule("counted only", is_blank(field("at")), judged=False),
    ),
    record_key="id",
    census=(("synthetic", SYNTHETIC),),
)
LOOKUPS = LookupCheck(
    population=SYNTHETIC,
    rules=(
        Rule("found", look_up("owner")),
        Rule("tester", look_up("owner", "tester") & is_before(to_timestamp(field("at")), to_timestamp(field("at")))),
        Rule("lost", look_up("owner", "lost")),
        Rule("shared", look_up("twin", "shared")),
    ),
    lookups=(
        Lookup(
            "owner",
            "owners",
            make_key(normalize(field("email"), "email")),
            make_key(field("owner")),
            attributes={"tester": is_one_of(field("role"), ["test"])},
            where=is_given(field("role")),
            at=to_timestamp(field("at")),
            valid=(to_timestamp(field("since")), to_timestamp(field("until"))),
            through=Through("accounts", make_key(normalize(field("email"), "email")), make_key(field("owner"))),
        ),
        Lookup("twin", "@batch", make_key(field("email")), make_key(field("email")), more_than={"shared": 1}),
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
    return "\n\n".join(format_statements(adapter.statements.sent, engine.name))
