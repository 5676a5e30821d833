"""The rows of a view with the file in which each lies: what is wrong can be fixed there.

The views of tables do not have that column: Great Expectations would take it for one of the table.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql import visitors


def replace_tables(rows: sa.FromClause, find: Callable[[str], sa.TableClause | None]) -> sa.FromClause | None:
    """Return rows with each table that is found replaced by another; None if none is found.

    Args:
        rows: a table, or a query on one.
        find: returns what stands for a table, by its name.
    """
    found: dict[str, sa.TableClause] = {}

    def replace(element: Any, **_: Any) -> Any:
        if not isinstance(element, sa.TableClause):
            return None
        other = found[element.name] if element.name in found else find(element.name)
        if other is not None:
            found[element.name] = other
        return other

    replaced: Any = visitors.replacement_traverse(rows, {}, replace)
    return replaced if found else None
