"""Where records lie when Great Expectations reads them: a data source of each kind, with tables that tests fill."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import great_expectations as gx
import pyarrow.parquet as pq
import sqlalchemy as sa
from great_expectations.core.batch_definition import BatchDefinition
from great_expectations.core.expectation_validation_result import (
    ExpectationSuiteValidationResult,
    ExpectationValidationResult,
)
from great_expectations.data_context import AbstractDataContext
from great_expectations.execution_engine import ExecutionEngine
from great_expectations.expectations.expectation import Expectation

from synth_expectations.gx import references
from synth_expectations.gx.plan_metric import forget_plans, statements_of
from synth_expectations.testing import PostgresqlEngine, Table
from synth_expectations.testing.engines import build_frame

SOURCE = "crm"


class Place(Protocol):
    """A data source of a context, and its tables."""

    name: str
    context: AbstractDataContext

    def fill(self, name: str, table: Table) -> None:
        """Make a table, or replace what it holds."""

    def definition(self, name: str) -> BatchDefinition:
        """The batch definition of a whole table."""

    def parameters(self, name: str) -> dict[str, Any] | None:
        """What a run of it needs besides."""


@dataclass
class DuckdbPlace:
    context: AbstractDataContext
    folder: Path
    name: str = "duckdb"

    def fill(self, name: str, table: Table) -> None:
        path = self.folder / name / "part.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(table.arrow(), path)
        source = _source(self.context) or self.context.data_sources.add_duckdb(SOURCE, path=str(self.folder))
        if name not in source.get_asset_names():
            source.add_parquet_asset(name, f"{name}/*.parquet").add_batch_definition_whole_table("all")

    def definition(self, name: str) -> BatchDefinition:
        return _source(self.context).get_asset(name).get_batch_definition("all")

    def parameters(self, name: str) -> dict[str, Any] | None:
        return None


@dataclass
class PandasPlace:
    context: AbstractDataContext
    name: str = "pandas"
    frames: dict[str, Any] = field(default_factory=dict)

    def fill(self, name: str, table: Table) -> None:
        self.frames[name] = build_frame(table)
        references.add(name, self.frames[name])
        source = _source(self.context) or self.context.data_sources.add_pandas(SOURCE)
        asset = f"{name} frame"  # as a reference it is found by its own name
        if asset not in source.get_asset_names():
            source.add_dataframe_asset(asset).add_batch_definition_whole_dataframe("all")

    def definition(self, name: str) -> BatchDefinition:
        return _source(self.context).get_asset(f"{name} frame").get_batch_definition("all")

    def parameters(self, name: str) -> dict[str, Any] | None:
        return {"dataframe": self.frames[name]}


@dataclass
class PostgresqlPlace:
    context: AbstractDataContext
    server: PostgresqlEngine
    name: str = "postgresql"

    def fill(self, name: str, table: Table) -> None:
        temporary = self.server.relation(table).name
        with self.server.start().begin() as connection:
            connection.exec_driver_sql(f'DROP TABLE IF EXISTS "{name}"')
            connection.exec_driver_sql(f'CREATE TABLE "{name}" AS SELECT * FROM {temporary}')
        folder = self.server.start().url.query["host"]
        address = f"postgresql+psycopg://postgres:x@localhost/postgres?host={folder}"
        source = _source(self.context) or self.context.data_sources.add_postgres(SOURCE, connection_string=address)
        if name not in source.get_asset_names():
            source.add_table_asset(name, table_name=name).add_batch_definition_whole_table("all")

    def definition(self, name: str) -> BatchDefinition:
        return _source(self.context).get_asset(name).get_batch_definition("all")

    def parameters(self, name: str) -> dict[str, Any] | None:
        return None


def _source(context: AbstractDataContext) -> Any:
    return context.data_sources.all().get(SOURCE)


def engine_of(place: Place) -> ExecutionEngine:
    return _source(place.context).get_execution_engine()


def sent(place: Place) -> list[str]:
    """The queries that read data, of the run before."""
    return [sql for each in statements_of(engine_of(place)) for sql in each.sent]


def judge(place: Place, name: str, *expectations: Expectation, **run: Any) -> ExpectationSuiteValidationResult:
    """Run a suite of these expectations on a table."""
    suite = place.context.suites.add_or_update(
        gx.ExpectationSuite(name, expectations=[copy(each) for each in expectations])
    )
    definition = gx.ValidationDefinition(name=name, data=place.definition(name), suite=suite)
    return place.context.validation_definitions.add_or_update(definition).run(
        batch_parameters=place.parameters(name), **run
    )


def judge_one(place: Place, name: str, expectation: Expectation, **run: Any) -> ExpectationValidationResult:
    """The result of one expectation."""
    [result] = judge(place, name, expectation, **run).results
    return result


def by_type(result: ExpectationSuiteValidationResult) -> Mapping[str, ExpectationValidationResult]:
    """Results by the type of their expectation, each of which occurs once."""
    found = {each.expectation_config.type: each for each in result.results if each.expectation_config}
    assert len(found) == len(result.results)
    return found


def why(result: ExpectationValidationResult) -> str:
    """The sentence of an errored result."""
    info = result.exception_info
    assert info.get("raised_exception") is True, result
    return str(info["exception_message"])


def verdict(result: ExpectationValidationResult) -> str:
    """The verdict, with the numbers that it rests on."""
    if result.exception_info.get("raised_exception"):
        return "errored"
    found = result.result
    return f"{found['details']['verdict']} {found['unexpected_count']}/{found['element_count']}"


@dataclass
class Listening:
    """What a SQLAlchemy engine is really sent."""

    engine: sa.Engine
    heard: list[str] = field(default_factory=list)

    def __enter__(self) -> list[str]:
        sa.event.listen(self.engine, "before_cursor_execute", self._hear)
        return self.heard

    def __exit__(self, *_: object) -> None:
        sa.event.remove(self.engine, "before_cursor_execute", self._hear)

    def _hear(self, _: Any, __: Any, statement: str, *___: Any) -> None:
        self.heard.append(statement)


__all__ = [
    "DuckdbPlace",
    "Listening",
    "PandasPlace",
    "Place",
    "PostgresqlPlace",
    "by_type",
    "engine_of",
    "forget_plans",
    "judge",
    "judge_one",
    "sent",
    "verdict",
    "why",
]
