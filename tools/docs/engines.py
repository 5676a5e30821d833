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
    yield "*Proven* means that `make test-all` runs every case of the expectation on the engine (number of cases in brackets)."
    yield "Each case must find the same records, by their keys, on every engine. Cases that do not work on an engine yet are"
    yield "listed below the table with the reason."
    yield ""
    rows = [(linked(expectation), *(_proven(expectation, engine) for engine in ENGINES)) for expectation in ours()]
    yield from table(("expectation", *ENGINES), rows)
    yield ""
    for engine in ENGINES:
        yield from (f"- {engine}: {plain(case)}: {plain(reason)}" for case, reason in find_gaps(engine).items())
    yield ""
    yield "## Warehouses"
    yield ""
    yield "*Rendered only* means that no such warehouse was available. `make test-warehouses` renders the SQL of every"
    yield "expectation with the SQLAlchemy dialect of the package, parses it, and resolves every name by the rules of the"
    yield "warehouse. The SQL has never run on the warehouse: first, run a checkpoint on a table whose result you know."
    yield ""
    yield "*Not supported* means that `compile` refuses the data source or, if its address is a variable, that the run refuses"
    yield "it. Both give the reason."
    yield ""
    rendered = [dialect for dialect in built_in_dialects().values() if dialect.status is Status.RENDERED]
    warehouses = [(dialect.name, _status(dialect), _install(dialect)) for dialect in rendered]
    warehouses += [(name, "not supported", plain(f"{engine}.")) for name, engine in UNSUPPORTED.items()]
    yield from table(("engine", "status", "package, or reason"), warehouses)
    for dialect in rendered:
        if dialect.gaps:
            yield ""
            yield f"Cases of {dialect.name} in which the emulator `{dialect.emulator}` differs:"
            yield ""
            yield from (f"- {plain(case)}: {plain(reason)}" for case, reason in dialect.gaps.items())


def _status(dialect: Dialect) -> str:
    if not dialect.emulator:
        return "rendered only"
    cases = sum(len(cases_of(kind.family(), kind.type_name())) for kind in ours())
    expected = cases - len(dialect.gaps)
    return f"rendered; and run on the emulator `{dialect.emulator}`, {expected} of {cases} cases as expected"


def _install(dialect: Dialect) -> str:
    return f"`synth-expectations[{dialect.extra}]`, which installs `{dialect.package}`"


def _proven(expectation: Expectation, engine: str) -> str:
    cases = cases_of(expectation.family(), expectation.type_name())
    gaps = sum(str(case) in find_gaps(engine) for case in cases)
    return f"proven ({len(cases)})" if not gaps else f"proven ({len(cases) - gaps} of {len(cases)})"
