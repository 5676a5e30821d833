"""The words of a table by which it is held against its source: whether all rows arrived, and whether they still do."""

from __future__ import annotations

from typing import Annotated

from pydantic import Discriminator, Field, Tag

from synth_expectations.expectations.argument_types import Duration
from synth_expectations.policy.types import ClosedModel, Text, Texts


class ManifestRows(ClosedModel):
    """A file that says how many rows each table has."""

    manifest: Text = Field(
        description="Its path after its data source, as crm/manifest.csv, or from the policy: a CSV or JSON of table, rows, "
        "as_of."
    )
    table: Text | None = Field(None, description="The name of the table in it; without it, that in the policy.")


class Complete(ClosedModel):
    """What says how many rows the source of a table has."""

    rows_from: Annotated[
        Annotated[Text, Tag("reference")] | Annotated[ManifestRows, Tag("manifest")],
        Discriminator(lambda value: "manifest" if isinstance(value, dict | ManifestRows) else "reference"),
    ] = Field(description="A manifest, or a reference and the word of its column, such as sync_runs.rows.")
    target: Text | None = Field(None, description="For a reference: the runs of which target count; all, without it.")
    statuses: Texts = Field(("succeeded",), description="For a reference: the statuses of runs that count.")
    tolerance: int = Field(0, ge=0, description="How many rows they may differ by.")

    @property
    def reference(self) -> tuple[str, str] | None:
        """The reference and the word of its column; None of a manifest."""
        if not isinstance(self.rows_from, str):
            return None
        word, _, column = self.rows_from.partition(".")
        return word, column


class Fresh(ClosedModel):
    """How old the newest row of a table may be."""

    column: Text = Field(description="The column with the time at which a row was last written.")
    within: Duration = Field(description="How old the newest of these times may be at as_of, such as P1D.")
