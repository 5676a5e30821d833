"""The process ends at once, and nothing is lost by it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from synth_expectations.expectations.declarations import Declarations
from synth_expectations.expectations.marked_records import MarkedRecords

_ENDING = """
import atexit, sys
{imported}
from synth_expectations.cli.startup import leave
atexit.register(print, "closed")
print("x" * 200_000)
print("said", file=sys.stderr)
leave({code})
"""


@pytest.mark.full
@pytest.mark.parametrize("imported", ["", "import great_expectations", "import synth_expectations.engine.plan"])
@pytest.mark.parametrize("code", [0, 2])
def test_what_was_said_and_registered_is_done(imported: str, code: int) -> None:
    script = _ENDING.format(imported=imported, code=code)
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (code, "x" * 200_000 + "\nclosed\n", "said\n")


@pytest.mark.full
def test_connections_are_closed_before() -> None:
    script = (
        "import synth_expectations.engine.plan\n"
        "from synth_expectations.validation.sources.duckdb.views import DuckDBViews\n"
        "from synth_expectations.cli.startup import leave\n"
        "engine = DuckDBViews()\n"
        "close = engine.close\n"
        "engine.close = lambda: (close(), print('closed'))\n"
        "leave(0)\n"
    )
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "closed\n", "")


def test_the_help_loads_none_of_what_commands_need() -> None:
    heavy = {"sqlglot", "sqlalchemy", "pydantic", "pyarrow", "duckdb", "great_expectations", "pandas"}
    rooms = {
        "controls",
        "engine",
        "evidence",
        "expectations.base",
        "policy.schema",
        "policy.table_entry",
        "report",
        "runner",
    }
    heavy |= {f"synth_expectations.{room}" for room in rooms}
    script = f"import sys, synth_expectations.cli.app; print(sorted({heavy!r} & sys.modules.keys()))"
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ended.stdout == "[]\n"


_THRESHOLDS = """
import gc
from synth_expectations.cli.garbage import collect_seldom, keep_imported
before = gc.get_threshold()
keep_imported()
print(gc.get_threshold() == before, gc.get_freeze_count())
collect_seldom()
keep_imported()
print(gc.get_threshold()[0] > before[0], gc.get_freeze_count() > 1000, gc.isenabled())
"""


def test_the_collector_of_a_host_is_left_alone() -> None:
    ended = subprocess.run([sys.executable, "-c", _THRESHOLDS], capture_output=True, text=True, check=True)
    assert ended.stdout == "True 0\nTrue True True\n"


_BUILT_FOR_DEFAULTS = {
    "Allowed", "CheckpointEntry", "Decisions", "EvidenceSection", "FindingsSection", "FixWithin", "InputIdentity",
    "SelectionRecord", "TableEntry", "TriggerRecord",
}  # fmt: skip
"""The models of which a default value is made when their module is imported."""
_BUILT = """
import synth_expectations.runner, synth_expectations.evidence.recorder.publication
from pydantic import BaseModel
from synth_expectations.expectations.catalogue import all_expectations
known = {kind.__name__ for kind in all_expectations().values()}
def list_models(model):
    for kind in model.__subclasses__():
        yield kind
        yield from list_models(kind)
models = {kind for kind in list_models(BaseModel) if kind.__module__.startswith("synth_expectations")}
assert len(models) > 100 and known <= {kind.__name__ for kind in list_models(BaseModel)}
for kind in models:  # pydantic parses the text signature of a built-in factory, which compiles Python's tokenizer
    built_in = {name for name, field in kind.model_fields.items() if field.default_factory in (dict, list, set, tuple)}
    assert not built_in, (kind, built_in)
print(*sorted(kind.__name__ for kind in models if kind.__pydantic_complete__))
"""


def test_models_are_built_when_they_are_used() -> None:
    ended = subprocess.run([sys.executable, "-c", _BUILT], capture_output=True, text=True, check=True)
    assert set(ended.stdout.split()) <= _BUILT_FOR_DEFAULTS


def test_what_all_expectations_have_is_declared_without_texts() -> None:
    declared = [*vars(Declarations)["__annotations__"].values(), *vars(MarkedRecords)["__annotations__"].values()]
    assert len(declared) > 15
    assert not [annotation for annotation in declared if isinstance(annotation, str)]


_EVALUATORS = {
    "synth_expectations.expectations.leakage.nearest_neighbour",
    "synth_expectations.expectations.decisions.lineage_graph",
}
_CATALOGUE = f"""
import sys
from synth_expectations.expectations.catalogue import all_expectations
print(len(all_expectations()) > 20, sorted({_EVALUATORS!r} & sys.modules.keys()))
"""


def test_the_catalogue_imports_no_evaluator() -> None:
    ended = subprocess.run([sys.executable, "-c", _CATALOGUE], capture_output=True, text=True, check=True)
    assert ended.stdout == "True []\n"
