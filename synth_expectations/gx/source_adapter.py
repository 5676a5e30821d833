"""The adapter for a table of a data source, beside any run."""

from __future__ import annotations

from functools import partial
from typing import Any

from great_expectations.datasource.fluent.interfaces import Datasource

from synth_expectations.engine.adapters.base import Adapter
from synth_expectations.gx.plan_metric import adapter_for
from synth_expectations.gx.references import finder
from synth_expectations.validation.references import is_security_accepted
from synth_expectations.validation.time_limits import read_time_limit


def make_adapter(source: Datasource[Any, Any], asset: str) -> Adapter:
    """Return the engine's adapter for all records of a table.

    Raises:
        SynthError: the table cannot be read.
    """
    engine = source.get_execution_engine()
    find = finder(engine, lambda: source)
    accepts = partial(is_security_accepted, source)
    table = source.get_asset(asset)
    return adapter_for(engine, table.as_selectable(), find, asset, accepts, read_time_limit(table))
