"""Templates of Jinja as Python's bytecode: to compile them takes longer than to write the pages of a run.

It lies in this room for the reason that `derived_files` does: `evidence` and `gx` both need it.
"""

from __future__ import annotations

import hashlib
from importlib.metadata import version
from pathlib import Path

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from synth_expectations.engine.derived_files import DerivedFile

_JINJA = version("jinja2")


class TemplateBytecode(BytecodeCache):
    """Keeps compiled templates, as long as they, the code that sets Jinja up and Jinja itself stay the same.

    Args:
        directory: where the templates lie, or whatever has a directory for bytecode.
        software: a digest or a version of the code that sets Jinja up.
    """

    def __init__(self, directory: Path, software: str) -> None:
        self._directory = directory
        self._software = software

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Return the name of the template: there is one directory of them."""
        return name

    def get_source_checksum(self, source: str) -> str:
        """Return a digest of all that the bytecode depends on."""
        return hashlib.sha256(f"{_JINJA}\n{self._software}\n{source}".encode()).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Read a compiled template, if it is there and still right."""
        if content := self._find(bucket).read():
            bucket.bytecode_from_string(content)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a compiled template."""
        self._find(bucket).write(bucket.bytecode_to_string())

    def _find(self, bucket: Bucket) -> DerivedFile:
        return DerivedFile(self._directory / bucket.key, bucket.checksum)
