"""DuckDB prints nothing of its own, opens no database more than it must, and leaves out one optimizer."""

from __future__ import annotations

import subprocess
import sys

import pytest

from synth_expectations.engine.memory_database import open_memory_database

ENGINES = {
    "files": """
from synth_expectations.validation.sources.duckdb.views import DuckDBViews
with DuckDBViews({}).get_connection() as connection:
    print(connection.exec_driver_sql(QUERY).scalar())
""",
    "frames": """
import pandas as pd
from synth_expectations.engine.adapters.pandas import FrameAdapter
adapter = FrameAdapter(pd.DataFrame({"a": [1]}), dict().get, "a")
with adapter._connect() as connection:
    print(connection.exec_driver_sql(QUERY).scalar())
""",
    "DuckDB itself": "import duckdb; print(duckdb.connect().execute(QUERY).fetchall()[0][0])",
}


@pytest.mark.parametrize("name", ENGINES)
def test_no_progress_bar(name: str) -> None:
    code = "QUERY = \"SELECT current_setting('enable_progress_bar')\"\n" + ENGINES[name]
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == str(name == "DuckDB itself"), "the last shows that DuckDB would show one"


_SETTINGS = """
from duckdb_engine.config import get_core_config
from synth_expectations.engine.memory_database import open_memory_database
with open_memory_database(**{arguments}).connect() as connection:
    print(connection.exec_driver_sql("SELECT current_setting('threads')").scalar(), get_core_config.cache_info().misses)
"""


@pytest.mark.parametrize(("arguments", "printed"), [({}, " 0"), ({"connect_args": {"config": {"threads": 3}}}, "3 1")])
def test_another_database_is_opened_for_settings_alone(arguments: dict[str, object], printed: str) -> None:
    code = _SETTINGS.format(arguments=arguments)
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout.strip().endswith(printed)


@pytest.mark.parametrize(
    ("chosen", "disabled"),
    [("", "partial_aggregate_pushdown"), ("join_order", "join_order,partial_aggregate_pushdown")],
)
def test_the_optimizers_that_somebody_left_out_stay_left_out(chosen: str, disabled: str) -> None:
    arguments = {"connect_args": {"config": {"disabled_optimizers": chosen}}} if chosen else {}
    with open_memory_database(**arguments).connect() as connection:
        setting = connection.exec_driver_sql("SELECT current_setting('disabled_optimizers')").scalar()
    assert sorted(setting.split(",")) == disabled.split(",")
