"""The store backend of a project: its files are written whole or not at all."""

from __future__ import annotations

from typing import Any

from great_expectations.data_context.store import tuple_store_backend

from synth_expectations.engine.atomic_file import PUBLIC, replaced_file
from synth_expectations.gx import internals


class TupleFilesystemStoreBackend(tuple_store_backend.TupleFilesystemStoreBackend):
    """Great Expectations' store of files, which an interrupted run leaves without half a file.

    It keeps the name of its base class, because Great Expectations compares it with names in a configuration.

    Attributes:
        mode: the permissions that a new file asks for.
    """

    mode = PUBLIC

    @internals.overrides(internals.WRITE)
    def _set(self, key: Any, value: str | bytes, **more: Any) -> str:
        path = internals.file_of(self, key if isinstance(key, tuple) else key.to_tuple())
        if path is None:
            return str(super()._set(key, value, **more))
        with replaced_file(path, self.mode) as temporary:
            temporary.write_bytes(value.encode() if isinstance(value, str) else value)
        return str(path)
