"""A file that is written whole or not at all.

It lies in this room because it is the lowest one with I/O: `policy`, `gx` and `report` all write files, and may import
the engine but not each other.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PUBLIC, PRIVATE = 0o666, 0o600
"""The permissions that a file asks for, of which the umask takes away: for all, or where it holds keys of records."""


@contextmanager
def replaced_file(path: Path, mode: int = PUBLIC) -> Iterator[Path]:
    """Give a temporary file beside `path`, which takes its name when the block ends without an error.

    Directories that are missing are made. A file that is there keeps its content until then.

    Args:
        path: of the file.
        mode: the permissions that a new file asks for, before the process's umask, as for any other file; a file that
            is there, and is not private, keeps its own.

    Raises:
        OSError: it cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.parent / f".synth-{secrets.token_hex(8)}.tmp"
    os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode))
    try:
        yield temporary
        if mode != PRIVATE and path.exists():
            temporary.chmod(path.stat().st_mode & 0o777)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
