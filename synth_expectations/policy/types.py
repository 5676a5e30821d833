"""The types of values in a policy: text, names, days and lists, with their error messages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag

from synth_expectations.errors import nearest
from synth_expectations.expectations.argument_types import Duration
from synth_expectations.policy.roles import ROLES
from synth_expectations.rules.key_kinds import KeyKind
from synth_expectations.rules.time_limit import TimeLimit


def format_unknown(kind: str, name: str, names: Iterable[str]) -> str:
    """Return the message for an unknown name: the nearest known one, or the first twenty."""
    known = sorted(names)
    guess = nearest(name, known)
    some = ", ".join(known[:20]) + (f" and {len(known) - 20} more" if len(known) > 20 else "")
    has = f"there {'is' if len(known) == 1 else 'are'} {some or 'none'}"
    return f"there is no {kind} {name}: {f'did you mean {guess}?' if guess else f'{has}.'}"


def reject_number(value: Any) -> Any:
    """Return a value unless it is a number or a boolean: YAML reads 01 as 1."""
    if isinstance(value, bool | int | float):
        raise ValueError("a number, true or false, where text belongs: write it in quotes")
    return value


def _parse_day(value: Any) -> Any:
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise ValueError(f'{value!r} is not a day: write it as "2027-03-31"')


def _check_timeout(value: str) -> str:
    TimeLimit.parse(value)
    return value


def to_list(value: Any) -> Any:
    """Return a value as a list, or the list that it already is."""
    return value if isinstance(value, list | tuple) else [value]


def require_one(value: Any) -> Any:
    """Return a value as a list; an empty list is an error."""
    if value in ([], ()):
        raise ValueError("it is empty: fill it in, or remove it")
    return to_list(value)


def _check_role(name: str) -> str:
    if name not in ROLES:
        raise ValueError(format_unknown("role", name, ROLES))
    return name


def _check_columns(value: Any) -> Any:
    if not isinstance(value, list | tuple):
        return reject_number(value)
    if len(value) < 2 or len({str(column) for column in value}) < len(value):
        raise ValueError("a list needs two or more different columns; the first that is not NULL is used")
    return tuple(value)


def _check_name(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_-]*", value):
        raise ValueError(
            f"{value!r} is not a name: use letters from A to Z, digits, _ and -"
            " (the name in the source goes into table: or parquet:)"
        )
    if re.search(r"__(table|all_rows)$", value):
        raise ValueError(f"{value!r} ends like the name of a suite that compile writes: choose another")
    return value


_RoleName: Any = Literal[tuple(ROLES)]
Text = Annotated[str, BeforeValidator(reject_number, json_schema_input_type=str), Field(min_length=1)]
Name = Annotated[Text, AfterValidator(_check_name)]
Day = Annotated[date, BeforeValidator(_parse_day, json_schema_input_type=date)]
Timeout = Annotated[Duration, AfterValidator(_check_timeout)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(to_list, json_schema_input_type=str | list[str])]
Roles = Annotated[
    tuple[Annotated[Text, AfterValidator(_check_role)], ...],
    BeforeValidator(to_list, json_schema_input_type=_RoleName | list[_RoleName]),
]
ColumnName = Text
ColumnOrFirst = Annotated[
    Text | tuple[Text, ...], BeforeValidator(_check_columns, json_schema_input_type=str | list[str])
]


class ClosedModel(BaseModel):
    """A mapping that rejects unknown keys."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, hide_input_in_errors=True, populate_by_name=True, defer_build=True
    )


class KeyColumn(ClosedModel):
    """A column of keys, and what they are."""

    name: ColumnOrFirst
    kind: KeyKind = Field(
        description="salesforce_id (15 or 18 characters), uuid, number (an integer) or text (as written)."
    )


ColumnOrKey = Annotated[
    Annotated[ColumnOrFirst, Tag("column")] | Annotated[KeyColumn, Tag("key")],
    Discriminator(lambda value: "key" if isinstance(value, dict | KeyColumn) else "column"),
]
Severity = Literal["critical", "warning", "info"]
