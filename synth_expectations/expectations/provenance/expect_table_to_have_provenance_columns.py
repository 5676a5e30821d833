"""A table has where to write down where its synthetic records came from."""

from collections.abc import Iterator
from typing import Literal, Self

from pydantic import Field, model_validator

from synth_expectations.expectations.argument_types import Column, Columns
from synth_expectations.expectations.base import SyntheticDataExpectation, join_names
from synth_expectations.expectations.declarations import PROVENANCE
from synth_expectations.rules.expressions import lacks_column
from synth_expectations.rules.model import Rule


class ExpectTableToHaveProvenanceColumns(SyntheticDataExpectation):
    """Expect the table to have provenance columns.

    Provenance that has no column is not recorded: before an auditor can ask who made a record and when, the table needs
    columns for it. A generation time is a timestamp, a date, or text, because extracts contain ISO text, but not a number. A
    version is text, because 1.10 and 1.1 are the same number. This expectation counts columns, not records.

    Does not show: that the columns are filled.
    """

    fields: Columns = Field((), description="Columns that must exist, whatever their type.")
    source: Column | None = Field(None, description="The column of the source: text.")
    generated_at: Column | None = Field(None, description="The column of the generation time: a time, or text.")
    method: Column | None = Field(None, description="The column of the generation method: text.")
    algorithm_version: Column | None = Field(None, description="The column of the generator's version: text.")
    purpose: Column | None = Field(None, description="The column of the purpose: text.")
    dataset_id: Column | None = Field(None, description="The column of the dataset: text or a number.")

    roles = {"mixed": None, "synthetic": None}
    needs_one_of = PROVENANCE
    provenance_words = ()
    needs_marker = False

    @model_validator(mode="after")
    def _asks_something(self) -> Self:
        if not self._wanted():
            raise ValueError("name at least one column: of source, generated_at, dataset_id or the like, or in fields")
        return self

    def nothing_to_check(self) -> str | None:
        """Return that no record is synthetic, if the policy says so."""
        if self.all_records == "real":
            return "The table has no synthetic records: the policy says that all its records are real."
        return None

    def rules(self) -> Iterator[Rule]:
        """Yield a rule for each column."""
        for name, kind in self._wanted().items():
            yield Rule(f"{name} is missing" + (f" or holds no {kind}" if kind else ""), lacks_column(name, kind))

    def sentence(self) -> str:
        """Return its summary with the names of the columns."""
        return f"{self.summary()}: {join_names(self._wanted())}"

    def _wanted(self) -> dict[str, Literal["time", "text"] | None]:
        """Return each column once, with the type that it must have."""
        asked: list[tuple[str | None, Literal["time", "text"] | None]] = [
            (self.source, "text"),
            (self.generated_at, "time"),
            (self.method, "text"),
            (self.algorithm_version, "text"),
            (self.purpose, "text"),
            (self.dataset_id, None),
        ]
        wanted: dict[str, Literal["time", "text"] | None] = dict.fromkeys(self.fields)
        for name, kind in asked:
            if name:
                wanted[name] = wanted.get(name) or kind
        return wanted
