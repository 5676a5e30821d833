"""The base class of expectations: arguments, populations of records, and the check that they make.

An expectation is a class of arguments with a method `rules()`. It knows neither Great Expectations nor an engine:
`synth_expectations.gx` makes a Great Expectations class of the same name of each.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import cache, cached_property
from importlib import resources
from typing import Any, ClassVar, Literal, Self

from pydantic import ConfigDict, Field, model_validator
from sqlglot import exp

from synth_expectations.errors import ConditionError, SynthError
from synth_expectations.expectations.argument_types import ArgumentKind, Column, Time, Values, find_kinds
from synth_expectations.expectations.declarations import Declarations
from synth_expectations.expectations.description import Described
from synth_expectations.rules.canonical import spellings
from synth_expectations.rules.census import explain_unaccounted
from synth_expectations.rules.expressions import field, is_one_of
from synth_expectations.rules.key_kinds import KeyKind, declare_key_kinds
from synth_expectations.rules.model import (
    Check,
    Lookup,
    LookupCheck,
    RowCheck,
    Rule,
    SampleCheck,
    SchemaCheck,
    is_about_columns,
)
from synth_expectations.rules.nodes import Condition
from synth_expectations.rules.samples import Sample, SampleEvaluator, SharedValues
from synth_expectations.rules.shares import Share


class SyntheticDataExpectation(Declarations, Described):
    """The base of all expectations.

    The first line of a subclass's docstring is its sentence in Data Docs and in `explain`; a paragraph that starts
    with "Does not show:" goes to the auditor.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    marker_column: Column | None = Field(None, description="The column that says what kind of record a row is.")
    synthetic_values: Values = Field((True,), description="Its values for synthetic records.")
    real_values: Values = Field((False,), description="Its values for real records.")
    partial_values: Values = Field((), description="Its values for real people with imputed or augmented fields.")
    masked_values: Values = Field((), description="Its values for real people whose identifiers were replaced.")
    all_records: Literal["synthetic", "real"] | None = Field(
        None, description="For a table without a marker: what kind all its records are."
    )
    record_key: Column | None = Field(
        None, description="The column that identifies a record in samples; not an identifier of a person."
    )
    mostly: float = Field(1.0, gt=0, le=1, description="The share of the population that must comply.")
    require_records: bool = Field(False, description="Whether a population of zero records is an error.")
    empty_references: tuple[str, ...] = Field((), description="The references that may contain nothing to find.")

    key_kinds: dict[str, dict[str, KeyKind]] = Field(
        {}, description="The kinds of keys, by table (the records themselves are `@batch`) and column."
    )

    scope: ClassVar[Literal["batch", "table"]] = "batch"
    """Whether it judges the run's batch, or always the whole table."""

    needs_marker: ClassVar[bool] = True
    """Whether it must know which records are synthetic."""

    judges_untagged: ClassVar[bool] = False
    """Whether it says something of a table in which no record is tagged; others are errored there."""

    data_files: ClassVar[tuple[str, ...]] = ()
    """Files beside this one that its rules are made from, such as `signatures/placeholders.txt`: part of its digest."""

    @model_validator(mode="after")
    def _knows_what_records_are(self) -> Self:
        if self.marker_column and self.all_records:
            raise ValueError("marker_column and all_records exclude each other: give the one that is so")
        if self.needs_marker and not (self.marker_column or self.all_records):
            raise ValueError("marker_column is missing (or all_records, for a table without a marker)")
        seen: dict[Any, str] = {}
        for kind, values in self._values_of_kinds().items():
            for value in values:
                for text in spellings(value):
                    if seen.setdefault(text, kind) != kind:
                        raise ValueError(f"marker value {value!r} cannot mean both {seen[text]} and {kind}")
        return self

    @model_validator(mode="after")
    def _compares_keys_of_one_kind(self) -> Self:
        if self.key_kinds:
            with suppress(AssertionError):  # of arguments that do not fit each other, which the subclass reports
                try:
                    _ = self.check
                except ConditionError as error:
                    raise ValueError(str(error).rstrip(".")) from None
        return self

    # What a subclass says

    def population(self) -> Condition:
        """Return the records that the expectation is about; all of them by default."""
        return exp.true()

    def rules(self) -> Iterable[Rule]:
        """Return the rules that a record may break, and those that are only counted."""
        raise NotImplementedError(f"{type(self).__name__} has no rules()")

    def lookups(self) -> Iterable[Lookup]:
        """Return what the rules look up in references."""
        return ()

    def shares(self) -> Iterable[Share]:
        """Return the shares that all records of the population are judged by together."""
        return ()

    def related_checks(self) -> Iterable[Check]:
        """Return checks of a reference's rows that count with the records, such as rows that no record here is for."""
        return ()

    def samples(self) -> Iterable[Sample]:
        """Return the samples that an evaluator decides from, where no condition on one record can."""
        return ()

    def shared_values(self) -> SharedValues | None:
        """Return the values that are looked for in all records, beside the samples."""
        return None

    def evaluator(self) -> SampleEvaluator:
        """Return what decides from the samples; the rules then name what it counts."""
        raise NotImplementedError(f"{type(self).__name__} has samples and no evaluator()")

    def nothing_to_check(self) -> str | None:
        """Return why the arguments leave nothing to check, as a sentence; None if there is something."""
        return None

    def sentence(self) -> str:
        """Return what it expects, in one sentence."""
        return type(self).summary()

    # Which records are what

    @property
    def synthetic(self) -> Condition:
        """Return the records that are synthetic."""
        return self._marked("synthetic", self.synthetic_values)

    @property
    def real(self) -> Condition:
        """Return the records that are real and nothing else."""
        return self._marked("real", self.real_values)

    @property
    def influenced(self) -> Condition:
        """Return the records that are synthetic or partial."""
        return self._marked("synthetic", (*self.synthetic_values, *self.partial_values))

    @property
    def tagged(self) -> Condition:
        """Return the records whose marker has one of its values."""
        every = (*self.synthetic_values, *self.real_values, *self.partial_values, *self.masked_values)
        return exp.true() if self.all_records else is_one_of(self.marker, every)

    @property
    def marker(self) -> Condition:
        """Return the marker's value."""
        assert self.marker_column is not None
        return field(self.marker_column)

    def _marked(self, kind: str, values: Iterable[bool | int | float | str]) -> Condition:
        if self.all_records:
            return exp.true() if self.all_records == kind else exp.false()
        return is_one_of(self.marker, values) if self.marker_column else exp.false()

    # What the rest of the package reads

    @cached_property
    def check(self) -> Check:
        """Return the check that the plan runs: of the kind that the rules, lookups and samples make it."""
        rules = tuple(self.rules())
        common: dict[str, Any] = {
            "rules": rules,
            "population": self.population(),
            "record_key": self.record_key,
            "census": tuple(self.census()),
            "shares": tuple(self.shares()),
            "related": tuple(replace(check, expectation=self.type_name()) for check in self.related_checks()),
            "expectation": self.type_name(),
        }
        if samples := tuple(self.samples()):
            return SampleCheck(**common, samples=samples, evaluator=self.evaluator(), shared=self.shared_values())
        allowed = self.empty_references
        if lookups := tuple(replace(lookup, may_be_empty=lookup.reference in allowed) for lookup in self.lookups()):
            check = LookupCheck(**common, lookups=lookups)
            return declare_key_kinds(check, self.key_kinds) if self.key_kinds else check
        return SchemaCheck(**common) if is_about_columns(rules) else RowCheck(**common)

    def census(self) -> Iterator[tuple[str, Condition]]:
        """Yield what the batch is made of: each record is of exactly one kind, as far as the marker's values go."""
        if self.all_records:
            yield self.all_records, exp.true()
        if self.marker_column:
            for kind, values in self._values_of_kinds().items():
                if values:
                    yield kind, self._marked(kind, values)
            yield "untagged", ~self.tagged

    @property
    def census_check(self) -> Check:
        """Return a check that only reads the table, and counts what it is made of."""
        census = tuple(self.census())
        return RowCheck(rules=(), population=exp.true(), census=census, expectation=self.type_name())

    @cached_property
    def planned_check(self) -> Check:
        """Return the check that the plan runs; where the arguments leave nothing to check, the table is read anyway."""
        return self.census_check if self.idle_reason else self.check

    @cached_property
    def idle_reason(self) -> str | None:
        """Return what `nothing_to_check` returns, which builds conditions to find out."""
        return self.nothing_to_check()

    def _values_of_kinds(self) -> dict[str, Values]:
        kinds = {"synthetic": self.synthetic_values, "real": self.real_values}
        return kinds | {"partial": self.partial_values, "masked": self.masked_values}

    def explain_unaccounted(
        self, census: Mapping[str, int], *, may_be_untagged: bool | None = None
    ) -> SynthError | None:
        """Return why what the batch is made of proves nothing; None if it accounts for all records.

        Args:
            census: the number of records by kind.
            may_be_untagged: whether it is not an error that no record is tagged; if None, as the class declares.
        """
        allowed = self.judges_untagged if may_be_untagged is None else may_be_untagged
        return explain_unaccounted(census, self.marker_column or "", may_be_untagged=allowed)

    def references(self) -> list[str]:
        """Return the tables that are read beside the batch."""
        return sorted(self.check.references)

    def effective(self) -> dict[str, Any]:
        """Return every argument with its effective value, defaults too, as plain JSON."""
        return self.model_dump(mode="json")

    def rules_sha256(self) -> str:
        """Return a digest of the check and of the data files that it reads: other rules, other digest."""
        return self._rules_sha256

    @cached_property
    def _rules_sha256(self) -> str:
        digest = hashlib.sha256(self.check.sha256.encode())
        digest.update(json.dumps([self.mostly, self.require_records]).encode())
        for path in self.data_files:
            digest.update(_content(path))
        return digest.hexdigest()

    def judges_time(self) -> bool:
        """Return whether the verdict depends on as_of."""
        return "as_of" in type(self).model_fields

    @classmethod
    @cache  # asked for hundreds of times for each table of a policy
    def arguments_of_kind(cls, kind: ArgumentKind) -> tuple[str, ...]:
        """Return the arguments that name one column, or one reference."""
        fields = cls.model_fields.items()
        return tuple(name for name, info in fields if kind in find_kinds(info.annotation, *info.metadata))


@cache
def _content(path: str) -> bytes:
    return resources.files("synth_expectations.expectations").joinpath(path).read_bytes()


NEWER = "newer_than_as_of"
"""In a census, the records that did not exist at as_of: a table without history is then evaluated for the past."""


class TimedExpectation(SyntheticDataExpectation):
    """The base of expectations that judge time."""

    as_of: Time | None = Field(
        None,
        description="The time at which the expectation is evaluated; by default the as_of of the run, or else now.",
    )


def join_names(names: Iterable[Any]) -> str:
    """Return several names as they stand in a sentence."""
    return ", ".join(str(name) for name in names)
