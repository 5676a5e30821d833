"""Which expectation is proven on which engine, and what is known of the engines."""

from __future__ import annotations

from collections.abc import Iterator

from synth_expectations.engine.dialects.base import Dialect, Status
from synth_expectations.engine.dialects.registry import built_in_dialects
from synth_expectations.engine.dialects.unsupported import UNSUPPORTED
from synth_expectations.testing import ENGINES, find_gaps
from tools.docs.examples import cases_of
from tools.docs.expectations import Expectation, ours
from tools.docs.markdown import linked, page, plain, table


def pages() -> Iterator[tuple[str, str]]:
    """Yield the page by its path below docs."""
    yield "engines.md", page(_page())


def _page() -> Iterator[str]:
    yield "# Engines"
    yield ""
    yield "*Proven*: `make test-all` runs every case of the expectation on the engine. The number of cases stands in brackets."
    yield "Each case finds the same records by the same keys on every engine. A case that an engine cannot do yet is listed"
    yield "below the table, with its reason."
    yield ""
    rows = [(linked(expectation), *(_proven(expectation, engine) for engine in ENGINES)) for expectation in ours()]
    yield from table(("expectation", *ENGINES), rows)
    yield ""
    for engine in ENGINES:
        yield from (f"- {engine}: {plain(case)}: {plain(reason)}" for case, reason in find_gaps(engine).items())
    yield ""
    yield "## Warehouses"
    yield ""
    yield "*Rendered only*: no such warehouse was at hand. `make test-warehouses` writes every expectation's SQL with the"
    yield "SQLAlchemy dialect of the package, parses it, and resolves every name in it as the warehouse folds names."
    yield "Nobody has seen the warehouse answer it: run the first checkpoint on a table whose answer you know."
    yield ""
    yield "*Not supported*: `compile` refuses the data source. If its address is a variable, the run refuses it. Both say why."
    yield ""
    rendered = [dialect for dialect in built_in_dialects().values() if dialect.status is Status.RENDERED]
    warehouses = [(dialect.name, _status(dialect), _install(dialect)) for dialect in rendered]
    warehouses += [(name, "not supported", plain(f"{engine}.")) for name, engine in UNSUPPORTED.items()]
    yield from table(("engine", "status", "package, or reason"), warehouses)
    for dialect in rendered:
        if dialect.gaps:
            yield ""
            yield f"Cases of {dialect.name} that the emulator `{dialect.emulator}` answers otherwise:"
            yield ""
            yield from (f"- {plain(case)}: {plain(reason)}" for case, reason in dialect.gaps.items())


def _status(dialect: Dialect) -> str:
    if not dialect.emulator:
        return "rendered only"
    cases = sum(len(cases_of(kind.family(), kind.type_name())) for kind in ours())
    expected = cases - len(dialect.gaps)
    return f"rendered; and run on the emulator `{dialect.emulator}`, {expected} of {cases} cases as expected"


def _install(dialect: Dialect) -> str:
    return f"`synth-expectations[{dialect.extra}]`, which brings `{dialect.package}`"


def _proven(expectation: Expectation, engine: str) -> str:
    cases = cases_of(expectation.family(), expectation.type_name())
    gaps = sum(str(case) in find_gaps(engine) for case in cases)
    return f"proven ({len(cases)})" if not gaps else f"proven ({len(cases) - gaps} of {len(cases)})"
