"""Whether results can be written, told before the work and not after it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    pass


def find_unwritable(root: Path, configuration: Mapping[str, Any], *, docs: bool) -> Iterator[str]:
    """Yield why results or Data Docs cannot be written, a sentence a directory: before the work, not after it.

    Args:
        root: the directory of great_expectations.yml.
        configuration: its content, with variables substituted.
        docs: whether Data Docs will be written.
    """
    stores = configuration.get("stores") or {}
    backends = [(stores.get(str(configuration.get("validation_results_store_name"))) or {}).get("store_backend")]
    if docs:
        backends += [site.get("store_backend") for site in (configuration.get("data_docs_sites") or {}).values()]
    for backend in backends:
        base = (backend or {}).get("base_directory")
        if base is None:
            continue  # not a directory: an object store answers for itself
        directory = Path(root, str(base))
        if reason := check_writable(directory):
            yield f"Results cannot be written to {directory}: {reason}"


def check_writable(directory: Path) -> str:
    """Return why nothing can be written to a directory, or to where it would be made; empty if it can."""
    existing = next(path for path in (directory, *directory.parents) if path.exists())
    try:
        if not existing.is_dir():
            return f"{existing} is a file."
        with tempfile.TemporaryFile(dir=existing):
            return ""
    except OSError as error:
        return f"{error.strerror}."
