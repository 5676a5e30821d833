"""The SQL of a query is written once for all views that it is asked of."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from synth_expectations.engine.adapters.sqlalchemy import SqlAdapter
from synth_expectations.engine.count_query import CountQuery
from synth_expectations.validation.sources.duckdb.view_clause import ViewClause
from synth_expectations.validation.sources.duckdb.views import DuckDBViews
from synth_expectations.validation.sources.files import find_files

NAMES = ("contacts", 'a "b"', "a:b %s", "__[POSTCOMPILE_view_1]")


@pytest.fixture
def views(tmp_path: Path) -> Iterator[DuckDBViews]:
    """Views of files with one row more each."""
    views = DuckDBViews()
    for number, name in enumerate(NAMES):
        pq.write_table(pa.table({"Id": list(range(number + 1))}), tmp_path / f"{number}.parquet")
        views.make_view(name, find_files(name, str(tmp_path), [f"{number}.parquet"]))
    yield views
    views.close()


def count_rows(views: DuckDBViews, name: str) -> tuple[int, str]:
    """Return the rows of a view with an `Id` above zero, and the statement that counted them."""
    rows = views.select_rows(name, None)
    adapter = SqlAdapter(views.get_connection, rows, ViewClause, name, described=views.described)
    [counts] = adapter.count([CountQuery.of(['"Id" > 0'])])
    return counts.by_condition[0], adapter.statements.sent[-1]


def test_each_view_is_read_by_its_own_name(views: DuckDBViews) -> None:
    counted = {name: count_rows(views, name) for name in NAMES}
    assert [count for count, _ in counted.values()] == [0, 1, 2, 3]
    for name, (_, statement) in counted.items():
        quoted = name.replace('"', '""')
        assert f'FROM "{quoted}") AS' in statement


def test_sql_is_written_once_for_all_views(views: DuckDBViews, compiled: list[str]) -> None:
    for name in NAMES:
        count_rows(views, name)
    assert len(compiled) == 1


@pytest.fixture
def compiled(views: DuckDBViews, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What SQLAlchemy writes for these views, in the order in which it is written."""
    written: list[str] = []

    class Compiler(views.engine.dialect.statement_compiler):  # type: ignore[name-defined,misc]
        def __init__(self, *given: object, **options: object) -> None:
            super().__init__(*given, **options)
            written.append(self.string)

    monkeypatch.setattr(views.engine.dialect, "statement_compiler", Compiler)
    return written


def test_rows_are_those_of_the_view_that_is_asked_though_the_query_is_the_same(
    views: DuckDBViews, tmp_path: Path
) -> None:
    """`SELECT *` has one form, and the columns of each view."""
    pq.write_table(pa.table({"Name": ["x"], "Id": [7], "Age": [1]}), tmp_path / "wide.parquet")
    views.make_view("wide", find_files("wide", str(tmp_path), ["wide.parquet"]))
    with views.get_connection() as connection:
        names = [tuple(connection.execute(views.select_rows(name, None)).keys()) for name in ("contacts", "wide")]
    assert names == [("Id",), ("Name", "Id", "Age")]


def test_a_query_that_is_only_written_holds_the_name(views: DuckDBViews) -> None:
    query = views.select_rows("contacts", None)
    written = query.compile(dialect=views.engine.dialect, compile_kwargs={"literal_binds": True})
    assert str(written) == 'SELECT * \nFROM "contacts"'
