"""A table as a run read it: where it is, its columns, and by what it can be recognised afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Role = Literal["judged", "reference"]
"""Whether a table was judged, or looked up."""


@dataclass(frozen=True)
class ReadFile:
    """A file that was read.

    Attributes:
        path: relative to the root of its source.
        size: in bytes.
        sha256: of all of it; None where that was not asked for.
        footer_sha256: of a Parquet file's footer.
    """

    path: str
    size: int
    sha256: str | None = None
    footer_sha256: str | None = None


@dataclass(frozen=True)
class TableInput:
    """A table that a run read.

    Attributes:
        table: the name of its asset.
        role: whether it was judged, or looked up.
        locator: its data source, and its files or its name there; no host, no password, no absolute path.
        engine: what read it.
        read: whether a query reached it.
        rows: how many it has; None if nobody counted them.
        columns: names and type families, in its order; empty if nobody described it.
        files: that it was made of; empty if it is a table of a database, or if they changed meanwhile.
        snapshot: the engine's own name of the state that was read; None if it has none.
        place: where that is on this machine or network, with variables substituted, and without a password: only a keyed
            digest of it leaves the process. Empty if it cannot be told.
    """

    table: str
    role: Role
    locator: str
    engine: str
    read: bool
    rows: int | None = None
    columns: tuple[tuple[str, str], ...] = ()
    files: tuple[ReadFile, ...] = ()
    snapshot: str | None = None
    place: str = ""
