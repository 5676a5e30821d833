"""A view in a query, by a name that is filled in when the query is run.

SQLAlchemy can keep the SQL of a query by its form. The tables of a project are checked alike: with the name of each in
the form, the same SQL would be written again for every table.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql import visitors
from sqlalchemy.sql.visitors import InternalTraversal

VIEW = "synth_view"
"""The parameter with the name of a view."""


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


class AnyView(ViewClause):
    """A view whose name each query is given as the parameter `VIEW`."""

    inherit_cache = True

    def __init__(self) -> None:
        super().__init__(VIEW)
        self.name_parameter = sa.bindparam(VIEW, type_=_Identifier(), required=True, literal_execute=True)


@compiles(ViewClause)
def _write_name(view: ViewClause, compiler: Any, asfrom: bool = False, ashint: bool = False, **options: Any) -> str:
    if not (asfrom or ashint):
        return ""
    # in a query that is only written, and not run, the name is filled in at once
    is_run = not options.get("literal_binds")
    return str(compiler.process(view.name_parameter, literal_execute=is_run, literal_binds=not is_run))


ALL_ROWS: sa.FromClause = sa.select(sa.literal_column("*")).select_from(AnyView()).alias()
"""All rows of a view that the parameter names."""


def name_rows(name: str) -> sa.FromClause:
    """Return all rows of a view by its name, under the alias that those of any view have."""
    rows: Any = visitors.replacement_traverse(
        ALL_ROWS, {}, lambda element, **_: ViewClause(name) if isinstance(element, AnyView) else None
    )
    return cast("sa.FromClause", rows)
