"""Which expectation was proven on which engine, from what the tests do."""

from __future__ import annotations

from collections.abc import Iterator

from synth_expectations.engine.dialects.known import NOT_SUPPORTED, RENDERED
from synth_expectations.testing import ENGINES, find_cases
from tests.conformance.gaps import GAPS
from tests.warehouses.gaps import GAPS as EMULATED_GAPS
from tools.docs.examples import CASES, cases_of
from tools.docs.expectations import Expectation, ours
from tools.docs.markdown import linked, page, plain, table

_PACKAGES = {
    "snowflake": "snowflake-sqlalchemy",
    "bigquery": "sqlalchemy-bigquery",
    "redshift": "sqlalchemy-redshift",
    "databricks": "databricks-sqlalchemy",
    "trino": "trino[sqlalchemy]",
}


def pages() -> Iterator[tuple[str, str]]:
    """The page by its path below docs."""
    yield "engines.md", page(_page())


def _page() -> Iterator[str]:
    yield "# Engines"
    yield ""
    yield "*Proven*: every case of the expectation runs on the engine in `make test-all`, with these numbers of cases, and finds"
    yield "the same records by the same keys. A case that an engine cannot do yet stands below the table, with its reason."
    yield ""
    rows = [(linked(each), *(_proven(each, engine) for engine in ENGINES)) for each in ours()]
    yield from table(("expectation", *ENGINES), rows)
    yield ""
    yield from (f"- {engine}: {plain(case)}: {plain(reason)}" for (engine, case), reason in GAPS.items())
    yield "## Warehouses"
    yield ""
    yield "*Rendered only*: no such warehouse was at hand. `make test-warehouses` writes every expectation's SQL with the dialect"
    yield "that the package brings, parses it, and resolves every name in it as the warehouse folds names."
    yield "Nobody has seen the warehouse answer it: run the first checkpoint on a table whose answer you know."
    yield "*Not supported*: `compile` refuses the data source, or the run does if its address is a variable, and says why."
    yield ""
    warehouses = [(name, _status(name), f"`{_PACKAGES[name]}`") for name in RENDERED]
    refused = [(name, "not supported", plain(f"{reason}.")) for name, reason in NOT_SUPPORTED.items()]
    yield from table(("engine", "status", "package, or reason"), [*warehouses, *refused])
    yield ""
    yield "What the emulator of Snowflake cannot do:"
    yield ""
    yield from (f"- {plain(case)}: {plain(reason)}" for case, reason in EMULATED_GAPS.items())


def _status(name: str) -> str:
    if name != "snowflake":
        return "rendered only"
    cases = len(list(find_cases(CASES)))
    return f"rendered; and run on an emulator, {cases - len(EMULATED_GAPS)} of {cases} cases as expected"


def _proven(kind: Expectation, engine: str) -> str:
    cases = cases_of(kind.family(), kind.type_name())
    gaps = sum((engine, str(case)) in GAPS for case in cases)
    return f"proven ({len(cases)})" if not gaps else f"proven ({len(cases) - gaps} of {len(cases)})"
