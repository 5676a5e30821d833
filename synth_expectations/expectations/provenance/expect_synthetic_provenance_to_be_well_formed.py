"""What the provenance of a synthetic record says can be read and can be true."""

from collections.abc import Iterator
from typing import Literal, Self

from pydantic import Field, model_validator

from synth_expectations.expectations.argument_types import Column, Duration, Time, Values
from synth_expectations.expectations.base import TimedExpectation, join_names
from synth_expectations.rules.canonical import require_portable
from synth_expectations.rules.expressions import (
    as_of,
    field,
    is_before,
    is_given,
    is_one_of,
    is_unreadable,
    matches,
    timestamp_literal,
    to_timestamp,
)
from synth_expectations.rules.model import Rule
from synth_expectations.rules.nodes import Condition

_NUMBER = "(0|[1-9][0-9]*)"
VERSION_PATTERNS = {
    # semver.org 2.0.0, with the leading v that tags carry
    "semver": f"v?{_NUMBER}[.]{_NUMBER}[.]{_NUMBER}(-[0-9A-Za-z.-]+)?([+][0-9A-Za-z.-]+)?",
    # calver.org: year first, then month, then up to two more numbers
    "calver": "(20)?[0-9]{2}[.-](0?[1-9]|1[0-2])([.-][0-9]+){0,2}",
    "git": "[0-9a-f]{7,40}",
}


class ExpectSyntheticProvenanceToBeWellFormed(TimedExpectation):
    """Expect synthetic provenance to be well formed.

    A generation time in the future, a version called `latest` or a purpose that nobody approved is provenance in name only.
    Missing values are not violations here; they are covered by expect_synthetic_records_to_have_provenance.

    Does not show: that the record was really made then, by that version, for that purpose.
    """

    generated_at: Column | None = Field(None, description="The column of the generation time.")
    not_before: Time | None = Field(None, description="The earliest plausible generation time.")
    clock_skew: Duration = Field("PT5M", description="By how much a generation time may be later than as_of.")
    loaded_at: Column | None = Field(None, description="The column of the time at which the record was loaded.")
    algorithm_version: Column | None = Field(None, description="The column of the generator's version.")
    version_format: Literal["semver", "calver", "git", "regex"] = Field(
        "semver", description="The format of the version."
    )
    version_pattern: str | None = Field(
        None, description="For version_format regex: the pattern, which must match the whole text."
    )
    method: Column | None = Field(None, description="The column of the generation method.")
    methods: Values = Field((), description="The allowed methods.")
    purpose: Column | None = Field(None, description="The column of the purpose.")
    purposes: Values = Field((), description="The allowed purposes.")

    roles = {"mixed": None, "synthetic": None}
    needs_one_of = ("generated_at", "algorithm_version", "method", "purpose")

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if not (self.generated_at or self.algorithm_version or self.method or self.purpose):
            raise ValueError("name at least one of generated_at, algorithm_version, method, purpose")
        if (self.loaded_at or self.not_before) and not self.generated_at:
            raise ValueError("loaded_at and not_before are about generated_at, which is missing")
        if (self.version_format == "regex") != bool(self.version_pattern):
            raise ValueError("version_format regex and version_pattern need each other")
        for column, values, name in ((self.method, self.methods, "methods"), (self.purpose, self.purposes, "purposes")):
            if column and not values:
                raise ValueError(f"{name} is empty: list what {column} may hold")
        if self.version_pattern:
            require_portable(self.version_pattern)
        return self

    def population(self) -> Condition:
        """Return synthetic and partial records."""
        return self.influenced

    def rules(self) -> Iterator[Rule]:
        """Yield rules about the time, the version, the method and the purpose, if their columns are named."""
        if self.generated_at:
            yield from self._of_time(self.generated_at, to_timestamp(field(self.generated_at)))
        if self.algorithm_version:
            version = field(self.algorithm_version)
            pattern = self.version_pattern or VERSION_PATTERNS[self.version_format]
            form = self.version_pattern or self.version_format
            yield Rule(f"{self.algorithm_version} is not {form}", is_given(version) & ~matches(version, pattern))
        for name, values in ((self.method, self.methods), (self.purpose, self.purposes)):
            if name:
                yield Rule(
                    f"{name} is not one of {join_names(values)}",
                    is_given(field(name)) & ~is_one_of(field(name), values),
                )

    def _of_time(self, name: str, generated: Condition) -> Iterator[Rule]:
        yield Rule(f"{name} is not a time", is_unreadable(field(name)))
        yield Rule(f"{name} is after as_of + {self.clock_skew}", is_before(as_of(self.clock_skew), generated))
        if self.not_before:
            yield Rule(
                f"{name} is before {self.not_before:%Y-%m-%d}", is_before(generated, timestamp_literal(self.not_before))
            )
        if self.loaded_at:
            loaded = to_timestamp(field(self.loaded_at))
            yield Rule(f"{name} is after {self.loaded_at}", is_before(loaded, generated))
