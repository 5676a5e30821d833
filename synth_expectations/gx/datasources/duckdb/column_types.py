"""The types of DuckDB's columns, as classes that Great Expectations can compare.

Great Expectations takes the name of an expected type, looks up a class of that name, and asks whether the type of the
column is an instance of it. So each type of DuckDB is a class here, whole: `INTEGER[]` is not `INTEGER`, and
`DECIMAL(10,2)` is not `DECIMAL(12,2)`. Each is derived from the class of SQLAlchemy that means the same, if there is one.
"""

from __future__ import annotations

import re
from functools import cache
from types import ModuleType
from typing import Any

import duckdb
import sqlalchemy as sa

_Type = type[sa.types.TypeEngine[Any]]


class _AnyArray(sa.types.TypeEngine[Any]):
    """A list, or an array of fixed length."""


class _List(_AnyArray):
    """A list."""


class _Struct(sa.types.TypeEngine[Any]):
    """A struct."""


class _Map(sa.types.TypeEngine[Any]):
    """A map."""


class _Union(sa.types.TypeEngine[Any]):
    """A union."""


class _Enum(sa.types.TypeEngine[Any]):
    """An enum."""


# Types with the same parent are not the same: the class of each is derived from it.
_PARENTS: dict[str, _Type] = {
    "BOOLEAN": sa.BOOLEAN,
    **dict.fromkeys(("TINYINT", "HUGEINT", "BIGNUM"), sa.Integer),
    **dict.fromkeys(("UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT"), sa.Integer),
    "SMALLINT": sa.SMALLINT,
    "INTEGER": sa.INTEGER,
    "BIGINT": sa.BIGINT,
    "FLOAT": sa.FLOAT,
    "DOUBLE": sa.DOUBLE,
    "DECIMAL": sa.DECIMAL,
    "VARCHAR": sa.VARCHAR,
    "BLOB": sa.BLOB,
    "UUID": sa.UUID,
    "JSON": sa.JSON,
    "DATE": sa.DATE,
    "TIME": sa.TIME,
    "TIME WITH TIME ZONE": sa.Time,
    **dict.fromkeys(("TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS"), sa.TIMESTAMP),
    "TIMESTAMP WITH TIME ZONE": sa.DateTime,
    "INTERVAL": sa.Interval,
    "STRUCT": _Struct,
    "MAP": _Map,
    "UNION": _Union,
    "ENUM": _Enum,
    '"NULL"': sa.types.NullType,
}

# Names that leave something open: the precision, or what is inside.
_FAMILIES: dict[str, _Type] = {
    **dict.fromkeys(("DECIMAL", "NUMERIC", "DEC"), sa.DECIMAL),
    **dict.fromkeys(("TIMESTAMP", "DATETIME"), sa.TIMESTAMP),
    "ARRAY": _AnyArray,
    "LIST": _List,
    "STRUCT": _Struct,
    "MAP": _Map,
    "UNION": _Union,
    "ENUM": _Enum,
}

_ENUM_VALUES = re.compile(r"\bENUM\((?:'(?:[^']|'')*'(?:, )?)*\)")


@cache
def type_class(name: str) -> _Type:
    """Return the class of a type.

    Args:
        name: of the type, as DuckDB writes it.
    """
    if name.endswith("]"):
        parent: _Type = _List if name.endswith("[]") else _AnyArray
    else:
        parent = _PARENTS.get(name.partition("(")[0], sa.types.TypeEngine)
    # an observed value is the name of the class, and must not hold values of the data
    return type(_ENUM_VALUES.sub("ENUM", name).strip('"'), (parent,), {"__module__": __name__})


class TypeNames(ModuleType):
    """Where Great Expectations looks up names of types: those of DuckDB in any case, then those of SQLAlchemy."""

    def __init__(self, connection: sa.Connection) -> None:
        super().__init__("duckdb")
        self._connection = connection

    def __getattr__(self, name: str) -> Any:
        """Return the class that a name means.

        SQLAlchemy's own spelling, such as `Integer` or `DateTime`, means all types of that kind.
        """
        generic = getattr(sa, name, None)
        if isinstance(generic, type) and issubclass(generic, sa.types.TypeEngine) and not name.isupper():
            return generic
        if family := _FAMILIES.get(name.upper()):
            return family
        driver: Any = self._connection.connection.driver_connection
        try:
            return type_class(str(driver.sqltype(name)))
        except duckdb.Error:  # no type of DuckDB
            return getattr(sa, name)
