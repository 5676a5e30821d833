"""Three whole queries: rows, lookups, and the samples and lists of violating records, as an engine is sent them.

The form in which an engine trims a text stands at the beginning of a file and is called `SYNTH_TRIM` after that.
"""

from __future__ import annotations

from collections.abc import Iterator

import sqlglot
from sqlglot import exp

from synth_expectations.engine.adapters.base import Adapter
from synth_expectations.engine.adapters.value_queries import SampleQuery
from synth_expectations.engine.compiler import Compiler
from synth_expectations.engine.dialects.base import Dialect
from synth_expectations.engine.dialects.registry import by_name
from synth_expectations.engine.plan import Plan
from synth_expectations.engine.schema import Column, Columns, Family
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
from synth_expectations.rules.nodes import TrimmedText
from synth_expectations.testing import Engine, Table
from synth_expectations.testing.queries import format_statements
from synth_expectations.testing.readable_sql import hide_white_space, name_form
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
    trimming = _trimming(by_name(engine.name))
    form = trimming.sql(dialect=by_name(engine.name).sqlglot, pretty=True)
    blocks = [("SYNTH_TRIM(x)", form), *_queries(engine, trimming)]
    return "\n\n".join(f"-- {name}\n\n{sql}" for name, sql in blocks) + "\n"


def _trimming(dialect: Dialect) -> exp.Expr:
    """Return the form in which a dialect trims a text `x`."""
    columns = Columns([Column("x", Family.TEXT)], "any table", dialect.name_folding)
    sql = Compiler(columns, dialect, AS_OF).compile(TrimmedText(this=field("x")))
    return sqlglot.parse_one(hide_white_space(sql, dialect), dialect=dialect.sqlglot)


def _queries(engine: Engine, trimming: exp.Expr) -> Iterator[tuple[str, str]]:
    for name, check in (("rows", ROWS), ("lookups", LOOKUPS)):
        adapter = engine.adapter(BATCH, {"accounts": ACCOUNTS, "owners": OWNERS})
        plan = Plan(lambda adapter=adapter: adapter, AS_OF)  # type: ignore[misc]
        assert plan.result_with_keys(plan.add(check)).error is None
        yield name, _shown(adapter, engine, trimming)
    adapter = engine.adapter(BATCH, {})
    judged = frozenset(rule.name for rule in ROWS.rules if rule.judged)
    list(ViolationReader(adapter, "batch", {}).read([BrokenCheck("expect_x", "critical", ROWS, AS_OF, judged)]))
    yield "violating records", _shown(adapter, engine, trimming)
    adapter = engine.adapter(BATCH, {})
    adapter.sample_rows(SampleQuery(["email"], "1 = 1", ["id"], 10))
    yield "a sample", _shown(adapter, engine, trimming)


def _shown(adapter: Adapter, engine: Engine, trimming: exp.Expr) -> str:
    dialect = by_name(engine.name).sqlglot
    queries = "\n\n".join(format_statements(adapter.statements.sent, engine.name)).split("\n\n")
    trees = (name_form(sqlglot.parse_one(query, dialect=dialect), trimming, "synth_trim") for query in queries)
    return "\n\n".join(tree.sql(dialect=dialect, pretty=True, max_text_width=120) for tree in trees)
