"""A view in a query, by a name that is filled in when the query is run.

SQLAlchemy can keep the SQL of a query by its form. The tables of a project are checked alike: with the name of each in
the form, the same SQL would be written again for every table.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.visitors import InternalTraversal


class _Identifier(sa.types.UserDefinedType[str]):
    """A name in SQL, always quoted."""

    cache_ok = True

    def literal_processor(self, dialect: sa.Dialect) -> Callable[[str], str]:
        """Return what writes a name."""
        return dialect.identifier_preparer.quote_identifier


class ViewClause(sa.TableClause):
    """A view that stands in queries as a table does.

    Args:
        name: the name of the view.
    """

    _traverse_internals = [("name_parameter", InternalTraversal.dp_clauseelement)]  # all that makes up its form

    def __init__(self, name: str) -> None:
        super().__init__(sa.quoted_name(name, quote=True))
        self.name_parameter = sa.bindparam("view", name, _Identifier(), unique=True, literal_execute=True)


@compiles(ViewClause)
def _write_name(view: ViewClause, compiler: Any, asfrom: bool = False, ashint: bool = False, **options: Any) -> str:
    if not (asfrom or ashint):
        return ""
    # in a query that is only written, and not run, the name is filled in at once
    is_run = not options.get("literal_binds")
    return str(compiler.process(view.name_parameter, literal_execute=is_run, literal_binds=not is_run))
