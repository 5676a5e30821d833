"""Columns by the names that people write."""

from __future__ import annotations

import pytest

from synth_expectations.engine.schema import Column, Columns, Family
from synth_expectations.errors import ConditionError


def columns(*names: str, folds: str | None = None) -> Columns:
    return Columns([Column(name, Family.TEXT) for name in names], "contacts", folds)


def test_a_name_as_it_is() -> None:
    assert columns("Email", "email").find("email").name == "email"


def test_upper_case_where_unquoted_names_are_stored_so() -> None:
    found = columns("EMAIL", "Mixed", folds="upper")
    assert found.find("email").name == "EMAIL"
    with pytest.raises(ConditionError, match="Nearest: Mixed"):
        found.find("mixed")


def test_any_case_where_the_engine_does_not_tell_them_apart() -> None:
    assert columns("EMail", folds="any").find("Email").name == "EMail"


def test_columns_that_differ_by_case_only_are_refused_there() -> None:
    with pytest.raises(ConditionError, match="A and a of contacts differ only by case"):
        columns("A", "a", folds="any")


def test_a_second_column_that_duckdb_renamed_is_not_mistaken_for_the_first() -> None:
    found = columns("A", "a_1", folds="any")
    assert found.find("A").name == "A"
    assert found.find("a_1").name == "a_1"
    with pytest.raises(ConditionError, match="may be a a that DuckDB renamed"):
        found.find("a")


def test_a_column_that_is_there_twice_harms_only_who_asks_for_it() -> None:
    found = columns("a", "b", "a")
    assert found.find("b").name == "b"
    with pytest.raises(ConditionError, match="contacts has two columns named a"):
        found.find("a")


def test_a_missing_column_is_named_with_what_there_is() -> None:
    with pytest.raises(ConditionError, match=r"Column sorce is not in contacts. Nearest: source. It has id, source."):
        columns("source", "id").find("sorce")


@pytest.mark.parametrize(
    ("family", "kind", "how"),
    [
        (Family.TEXT, "time", None),
        (Family.DATE, "time", None),
        (Family.NAIVE, "time", None),
        (Family.ZONED, "time", None),
        (Family.NUMBER, "time", "a number"),
        (Family.OTHER, "time", "of another type"),
        (Family.TEXT, "text", None),
        (Family.OTHER, "text", None),  # an enumeration of PostgreSQL
        (Family.FLOAT, "text", "a floating-point number"),
        (Family.DATE, "text", "a date"),
        (Family.BOOLEAN, "", None),
    ],
)
def test_whether_a_column_holds_what_is_asked(family: Family, kind: str, how: str | None) -> None:
    assert Columns([Column("a", family)], "contacts").lacking("a", kind) == how


def test_a_column_that_is_not_there_is_lacking_and_one_that_is_there_twice_is_an_error() -> None:
    assert columns("a").lacking("b", "") == "missing"
    with pytest.raises(ConditionError, match="contacts has two columns named a"):
        columns("a", "a").lacking("a", "text")
