"""The templates as Python's bytecode: to compile them takes longer than to make the pages that a run changes."""

from __future__ import annotations

from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from synth_expectations.engine.derived_files import DerivedFile
from synth_expectations.evidence.canonical import compute_digest
from synth_expectations.evidence.kept_state import compute_software_digest

_TEMPLATES = files("synth_expectations.evidence.site").joinpath("templates")
_JINJA = version("jinja2")


class CompiledTemplates(BytecodeCache):
    """Keeps compiled templates, as long as they, the code that sets Jinja up and Jinja itself stay the same."""

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Return the name of the template: there is one directory of them."""
        return name

    def get_source_checksum(self, source: str) -> str:
        """Return a digest of all that the bytecode depends on."""
        return compute_digest(f"{_JINJA}\n{compute_software_digest()}\n{source}".encode())

    def load_bytecode(self, bucket: Bucket) -> None:
        """Read a compiled template, if it is there and still right."""
        if content := _find(bucket).read():
            bucket.bytecode_from_string(content)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a compiled template."""
        _find(bucket).write(bucket.bytecode_to_string())


def _find(bucket: Bucket) -> DerivedFile:
    return DerivedFile(Path(str(_TEMPLATES)) / bucket.key, bucket.checksum)
