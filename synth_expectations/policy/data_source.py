"""Where tables come from: a directory of files, a database, or a data source of another project."""

from __future__ import annotations

import re
from typing import Literal, Self

from pydantic import Field, model_validator

from synth_expectations.engine.dialects.registry import data_source_types
from synth_expectations.policy.types import ClosedModel, Text

SQL_TYPES = data_source_types()
"""Data sources of Great Expectations that hold tables and take a connection string."""

OF_FILES = ("files", "parquet")
"""Types of data source that are directories."""

_PASSWORD = re.compile(
    r"://[^/@:]*:(?!\$\{)[^@]+@|[?&;](password|passwd|pwd|token|access_token|private_key)=(?!\$\{)[^&;]", re.IGNORECASE
)


class DataSource(ClosedModel):
    """The source of tables: files, a database, or a data source of another Great Expectations project."""

    type: Literal[("files", "parquet", *SQL_TYPES)] | None = None  # type: ignore[valid-type]
    path: Text | None = Field(
        None,
        description="For files and parquet (only Parquet files): the directory, relative to the policy's.",
    )
    connection: Text | None = Field(None, description="For a database: its URL, preferably as ${VAR}.")
    use: Text | None = Field(
        None, description="The directory of a Great Expectations project with a source of this name."
    )

    @model_validator(mode="after")
    def _check_kind(self) -> Self:
        given = {name for name in ("path", "connection", "use") if getattr(self, name)}
        wanted = {"use"} if self.type is None else {"path"} if self.type in OF_FILES else {"connection"}
        if given != wanted:
            kind = f"type {self.type} takes" if self.type else "without a type it takes"
            raise ValueError(f"{kind} {', '.join(wanted)} and nothing else of path, connection, use")
        if self.connection and _PASSWORD.search(self.connection):
            raise ValueError("the connection holds a password: write it as ${VAR}, which is read at run time")
        if self.connection and re.search(r"\$\{\w+:-", self.connection):
            raise ValueError("a connection takes ${VAR} without a default: Great Expectations reads it")
        return self
