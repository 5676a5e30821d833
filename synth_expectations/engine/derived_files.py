"""What is made of the files of this package, kept where Python keeps the bytecode of its modules.

It lies in this room for the reason that `atomic_file` does: `controls` and `evidence` both need it.
"""

from __future__ import annotations

import hashlib
import sys
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import cache_from_source
from pathlib import Path

from synth_expectations.engine.atomic_file import replaced_file

_MODE = 0o644
"""As bytecode: whoever could write it could run code of his own in the next process."""


@dataclass(frozen=True)
class DerivedFile:
    """Content that is made of a file of the package, and costs more to make than to read.

    It lies in `__pycache__` beside the file, so `PYTHONPYCACHEPREFIX` and `PYTHONDONTWRITEBYTECODE` count for it, and it
    is as trustworthy as the bytecode there. Without the permission to write there it is made each time.

    Attributes:
        source: the file, or what would be its name if several were one.
        digest: of all that the content depends on; content of another digest is not used.
    """

    source: Path
    digest: str

    def read(self) -> bytes | None:
        """Return the content; None if it is missing, damaged, or made of something else."""
        path = self._find()
        try:
            head, _, content = path.read_bytes().partition(b"\n") if path else (b"", b"", b"")
        except OSError:
            return None
        return content if head == self._sign(content) else None

    def write(self, content: bytes) -> None:
        """Keep content, if this process may."""
        path = None if sys.dont_write_bytecode else self._find()
        if path is not None:
            with suppress(OSError), replaced_file(path, _MODE) as temporary:
                temporary.write_bytes(self._sign(content) + b"\n" + content)

    def _find(self) -> Path | None:
        try:
            directory = Path(cache_from_source(str(self.source))).parent
        except NotImplementedError:  # this Python keeps no bytecode
            return None
        return directory / f"{self.source.name}.{sys.implementation.cache_tag}.cache"

    def _sign(self, content: bytes) -> bytes:
        return hashlib.sha256(self.digest.encode() + content).hexdigest().encode()
