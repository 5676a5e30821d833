"""Which expectation was proven on which engine, from what the tests do."""

from __future__ import annotations

from collections.abc import Iterator

from documentation.examples import cases_of
from documentation.expectations import Expectation, ours
from documentation.markdown import linked, page, plain, table
from synth_expectations.testing import ENGINES
from tests.conformance.gaps import GAPS


def pages() -> Iterator[tuple[str, str]]:
    """The page by its path below docs."""
    yield "engines.md", page(_page())


def _page() -> Iterator[str]:
    yield "# Engines"
    yield ""
    yield "*Proven*: every case of the expectation runs on the engine in `make test`, with these numbers of cases, and finds"
    yield "the same records by the same keys. A case that an engine cannot do yet stands below the table, with its reason."
    yield ""
    rows = [(linked(each), *(_proven(each, engine) for engine in ENGINES)) for each in ours()]
    yield from table(("expectation", *ENGINES), rows)
    yield ""
    yield from (f"- {engine}: {plain(case)}: {plain(reason)}" for (engine, case), reason in GAPS.items())


def _proven(kind: Expectation, engine: str) -> str:
    cases = cases_of(kind.family(), kind.type_name())
    gaps = sum((engine, str(case)) in GAPS for case in cases)
    return f"proven ({len(cases)})" if not gaps else f"proven ({len(cases) - gaps} of {len(cases)})"
