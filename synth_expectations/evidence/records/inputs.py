"""What a run read: tables, the files and states by which they can be recognised, how fresh and how complete they are."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from synth_expectations.evidence.records.fields import Sha256, ShortRecord, UtcTime
from synth_expectations.policy.types import ClosedModel


class FileIdentity(ClosedModel):
    """A file that was read.

    Attributes:
        path: relative to the project or to the root of its source.
        bytes: its size.
        sha256: of the whole file; None where only its footer was read.
        footer_sha256: of a Parquet file's footer, which does not see a changed page.
    """

    path: str
    bytes: int
    sha256: Sha256 | None = None
    footer_sha256: Sha256 | None = None


class InputIdentity(ClosedModel):
    """By what an input can be recognised afterwards.

    Attributes:
        kind: `none` is an input that cannot be identified afterwards.
        snapshot: the database's or the lake's own name of the state that was read.
    """

    kind: Literal["files", "snapshot", "none"]
    files: tuple[FileIdentity, ...] = ()
    snapshot: str | None = None


class ShortInput(ShortRecord):
    """Where a table lies, and whether it was read, fresh and whole."""

    table: str
    role: Literal["judged", "reference"]
    locator: str = ""
    place_digest: Annotated[str, Field(pattern="^[0-9a-f]{16}$")] | None = None
    read: bool
    fresh: Literal["yes", "no", "not shown", "not asked"] = "not asked"
    reconciled: Literal["yes", "no", "not shown"] = "not shown"


class InputRecord(ShortInput, ClosedModel):
    """A table that a run read, or was to read.

    Attributes:
        role: whether it was judged, or looked up.
        locator: where it is, without a password, a host or an absolute path.
        place_digest: a keyed digest of the directory, address or database in which it lies, which the locator leaves out:
            it tells another place, and nobody without the key which one. None without a key.
        engine: what read it.
        rows: how many it had; None if nobody counted them.
        read: whether a query reached it.
        columns_sha256: of its columns' names and types.
        watermark: the time of its newest row, in the column that the policy names, to the second.
        age: of the watermark at `as_of`, as an ISO 8601 duration.
        fresh: whether that is within the policy's limit; `not shown` if it could not be told.
        source_rows: how many records its source says that it has.
        source_rows_from: who says so.
        reconciled: whether that is the number of rows that was read.
        difference: rows that were read, less those of the source.
    """

    engine: str = ""
    rows: int | None = None
    columns_sha256: Sha256 | None = None
    identity: InputIdentity = InputIdentity(kind="none")
    watermark: UtcTime | None = None
    age: str | None = None
    source_rows: int | None = None
    source_rows_from: str | None = None
    difference: int | None = None
