"""Files of a Great Expectations project that are written wholly or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

from great_expectations.data_context.store import tuple_store_backend

from synth_expectations.gx import internals


class TupleFilesystemStoreBackend(tuple_store_backend.TupleFilesystemStoreBackend):
    """A store in files, of which an interrupted run leaves each either old or new, never half.

    It has the name of Great Expectations' own store, which is compared with the name in the project's configuration.
    """

    @internals.overrides(internals.WRITE)
    def _set(self, key: Any, value: str | bytes, **more: Any) -> str:
        """Write a file beside the old one, and replace it."""
        path = internals.file_of(self, key if isinstance(key, tuple) else key.to_tuple())
        if path is None:
            return str(super()._set(key, value, **more))
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".synth-", suffix=".tmp")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(value.encode() if isinstance(value, str) else value)
            Path(temporary).chmod(0o644)
            os.replace(temporary, path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        return str(path)
