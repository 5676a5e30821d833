"""The base class of expectations: arguments, rules, and the check that they make.

An expectation is a class of arguments with a method `rules()`. It knows neither Great Expectations nor an engine:
`synth_expectations.gx` makes a Great Expectations class of the same name of each.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from functools import cache, cached_property
from importlib import resources
from typing import Any, ClassVar, Literal, Self

from pydantic import ConfigDict, Field, model_validator
from sqlglot import exp

from synth_expectations.errors import ConditionError
from synth_expectations.expectations.argument_types import ArgumentKind, Column, Time, find_kinds
from synth_expectations.expectations.declarations import Declarations
from synth_expectations.expectations.description import Described
from synth_expectations.expectations.marked_records import MarkedRecords
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


class SyntheticDataExpectation(MarkedRecords, Declarations, Described):
    """The base of all expectations.

    The first line of a subclass's docstring is its sentence in Data Docs and in `explain`; a paragraph that starts
    with "Does not show:" goes to the auditor.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True, defer_build=True)

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

    data_files: ClassVar[tuple[str, ...]] = ()
    """Files beside this one that its rules are made from, such as `signatures/placeholders.txt`: part of its digest."""

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

    def references(self) -> list[str]:
        """Return the tables that are read beside the batch."""
        return sorted(self.check.references)

    def effective(self) -> dict[str, Any]:
        """Return every argument with its effective value, defaults too, as plain JSON that is not to be changed."""
        return self._effective

    @cached_property
    def _effective(self) -> dict[str, Any]:
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
