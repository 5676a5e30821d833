"""Files of a Great Expectations project that are written wholly or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

from great_expectations.data_context.store import tuple_store_backend


class TupleFilesystemStoreBackend(tuple_store_backend.TupleFilesystemStoreBackend):
    """Great Expectations' own, but for what an interrupted run leaves behind.

    It has the same name, because Great Expectations asks for it here and there.
    """

    def _set(self, key: Any, value: str | bytes, **_: Any) -> str:
        key = key if isinstance(key, tuple) else key.to_tuple()
        path = Path(self.full_base_directory, self._convert_key_to_filepath(key))
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
