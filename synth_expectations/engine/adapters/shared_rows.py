"""Records that queries name by a parameter, so that what is planned and written for one table holds for others."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa


@dataclass(frozen=True)
class SharedRows:
    """The records of a table, as a selectable that all tables of a connection have in common.

    Attributes:
        selectable: the records of any table.
        parameters: what each query is given, so that they are those of this one.
        name_rows: returns the records by the name of their table.
        kept_plans: what was planned for other tables of the connection, by their form.
    """

    selectable: sa.FromClause
    parameters: Mapping[str, str]
    name_rows: Callable[[], sa.FromClause]
    kept_plans: MutableMapping[Hashable, Any]
