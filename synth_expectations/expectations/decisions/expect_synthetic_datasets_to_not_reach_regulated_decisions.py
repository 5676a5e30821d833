"""No way from a registered generator to a regulated decision but through an approved step."""

from collections.abc import Iterator
from typing import Self

from pydantic import Field, model_validator
from sqlglot import exp

from synth_expectations.expectations.argument_types import Column, Reference, Values
from synth_expectations.expectations.base import TimedExpectation
from synth_expectations.expectations.registry_marker import RegistryMarker
from synth_expectations.rules.expressions import (
    as_of,
    field,
    hash_text,
    is_before,
    is_blank,
    is_given,
    is_readable,
    normalize,
    to_timestamp,
)
from synth_expectations.rules.model import Rule
from synth_expectations.rules.nodes import Condition
from synth_expectations.rules.samples import Sample, SampleEvaluator

MOST_EDGES = 500_000
"""Rows of the lineage that are followed; more are an error, because a path through the others would not be seen."""
MOST_REGISTERED = 100_000


class ExpectSyntheticDatasetsToNotReachRegulatedDecisions(RegistryMarker, TimedExpectation):
    """Expect synthetic datasets to not reach regulated decisions without an approved step between.

    Each row of the lineage says that a step of a job reads or writes a dataset. The output of registered generators, and
    datasets that are synthetic in the registry, are followed through all steps. They must not reach a job or a dataset that
    makes regulated decisions, unless a job on the way was approved by then and the approval has not expired. Datasets that
    are neither synthetic nor real in the registry are followed too. Approvals must name the job exactly; other names are
    compared regardless of case.

    Does not show: data that moved outside the lineage, which rows of a dataset a step used, and what an approved step
    did with them.
    """

    step: Column = Field(description="The column of the step: rows with the same step belong to one run of a job.")
    job: Column = Field(description="The column of the job.")
    dataset: Column = Field(description="The column of the dataset that the step reads or writes.")
    direction: Column = Field(description="The column that says reads or writes.")
    regulated_decisions: Values = Field(
        min_length=1, description="The jobs and datasets that make regulated decisions, by their names in the lineage."
    )
    registry: Reference = Field(description="The table of datasets, both synthetic and real.")
    registry_generator: Column | None = Field(None, description="In the registry: the job that generates a dataset.")
    registry_lineage_name: Column | None = Field(
        None, description="In the registry: the dataset's name in the lineage."
    )
    approvals: Reference | None = Field(None, description="The table of jobs that may pass on synthetic data.")
    approvals_key: Column | None = Field(None, description="In approvals: the job.")
    approvals_approver: Column | None = Field(None, description="In approvals: the person who approved it.")
    approvals_approved_at: Column | None = Field(None, description="In approvals: the time of the approval.")
    approvals_approval_expires_at: Column | None = Field(
        None, description="In approvals: the time at which the approval expires; empty if it does not expire."
    )

    roles = {"lineage": "registry"}
    scope = "table"
    needs_marker = False
    needs_one_of = ("registry_generator", "registry_lineage_name")
    data_files = ("decisions/lineage_graph.py",)

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if not self.record_key:
            raise ValueError("record_key is missing: rows of the lineage are named by it")
        if not self.registry_generator and not self.registry_lineage_name:
            raise ValueError("registry_generator or registry_lineage_name is missing: one says what to follow")
        if not self.tells_datasets:
            raise ValueError(
                "registry_marker_column is missing (or registry_all_records): which datasets are synthetic"
            )
        if self.approvals and not (self.approvals_key and self.approvals_approver and self.approvals_approved_at):
            raise ValueError("approvals_key, approvals_approver and approvals_approved_at are needed with approvals")
        if self.mostly < 1:
            raise ValueError("mostly means nothing here: one way is enough")
        return self

    def samples(self) -> Iterator[Sample]:
        """Yield the lineage, what the registry says of synthetic datasets, and approved jobs."""
        from synth_expectations.expectations.decisions.lineage_graph import APPROVALS, DATASETS, EDGES, GENERATORS

        columns = (self.record_key or "", self.step, self.job, self.direction, self.dataset)
        yield self._sample(EDGES, None, columns, MOST_EDGES, exp.true())
        kinds = self.datasets()
        synthetic = kinds["influenced"] | kinds["untagged"]
        for name, column in ((GENERATORS, self.registry_generator), (DATASETS, self.registry_lineage_name)):
            if column:
                yield self._sample(name, self.registry, (column,), MOST_REGISTERED, synthetic & is_given(field(column)))
        if self.approvals:
            yield self._sample(
                APPROVALS, self.approvals, (self.approvals_key or "",), MOST_REGISTERED, self._approved()
            )

    def evaluator(self) -> SampleEvaluator:
        """Return the search of the graph."""
        from synth_expectations.expectations.decisions.lineage_graph import LineagePaths

        names = tuple(str(name) for name in self.regulated_decisions)
        return LineagePaths(names, self.registry in self.empty_references)

    def rules(self) -> Iterator[Rule]:
        """Yield the rules that the search counts for."""
        from synth_expectations.expectations.decisions.lineage_graph import JUDGED, REPORTED

        for name in JUDGED:
            yield Rule(name, exp.false())
        for name in REPORTED:
            yield Rule(name, exp.false(), judged=False)

    def _approved(self) -> Condition:
        """Return which approvals hold at as_of; one whose times cannot be read holds never."""
        approved = field(self.approvals_approved_at or "")
        holds = is_given(field(self.approvals_key or "")) & is_given(field(self.approvals_approver or ""))
        holds &= is_readable(approved) & ~is_before(as_of(), to_timestamp(approved))
        if self.approvals_approval_expires_at:
            expires = field(self.approvals_approval_expires_at)
            holds &= is_blank(expires) | is_before(as_of(), to_timestamp(expires))
        return holds

    def _sample(
        self, name: str, reference: str | None, columns: tuple[str, ...], most: int, where: Condition
    ) -> Sample:
        """Return all rows of a table that have a first column, as text."""
        values = tuple(normalize(field(column), "exact") for column in columns)
        return Sample(name, values, (hash_text(values[0], ""),), most, where, reference)
