"""A file that is written whole or not at all.

It lies in this room because it is the lowest one with I/O: `policy`, `gx` and `report` all write files, and may import
the engine but not each other.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def replaced_file(path: Path, mode: int = 0o644) -> Iterator[Path]:
    """Give a temporary file beside `path`, which takes its name when the block ends without an error.

    Directories that are missing are made. A file that is there keeps its content until then.

    Args:
        path: of the file.
        mode: the permissions of the file.

    Raises:
        OSError: it cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".synth-", suffix=".tmp")
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        temporary.chmod(mode)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
