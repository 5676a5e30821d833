"""The store backend of a project: its files are written whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from great_expectations.data_context.store import tuple_store_backend

from synth_expectations.engine.atomic_file import replaced_file


class TupleFilesystemStoreBackend(tuple_store_backend.TupleFilesystemStoreBackend):
    """Great Expectations' store of files, which an interrupted run leaves without half a file.

    It keeps the name of its base class, because Great Expectations compares it here and there.
    """

    def _set(self, key: Any, value: str | bytes, **_: Any) -> str:
        key = key if isinstance(key, tuple) else key.to_tuple()
        path = Path(self.full_base_directory, self._convert_key_to_filepath(key))
        with replaced_file(path) as temporary:
            temporary.write_bytes(value.encode() if isinstance(value, str) else value)
        return str(path)
