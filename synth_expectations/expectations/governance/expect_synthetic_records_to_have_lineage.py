"""Each synthetic record came by a sync run that is known, meant for this table, and ended well."""

from collections.abc import Iterator
from typing import Self

from pydantic import Field, model_validator

from synth_expectations.expectations.argument_types import Column, Duration, Reference, Values
from synth_expectations.expectations.base import TimedExpectation
from synth_expectations.rules.expressions import (
    as_of,
    field,
    is_before,
    is_blank,
    is_equal,
    is_given,
    is_one_of,
    is_readable,
    literal,
    look_up,
    make_key,
    normalize,
    normalize_key,
    to_timestamp,
)
from synth_expectations.rules.model import Lookup, Rule
from synth_expectations.rules.nodes import Condition


class ExpectSyntheticRecordsToHaveLineage(TimedExpectation):
    """Expect synthetic records to have lineage.

    Each synthetic or partial record must name the sync run that loaded it. The run must be in the log, must have
    succeeded, and must have had this table as its target. A run that ended before the record was loaded cannot have loaded
    it. Logs may lag: during the grace period, a record may name a run that is not in the log yet.

    Does not show: what the run did with the record.
    """

    sync_run_id: Column = Field(description="The column of the run that loaded the record.")
    sync_runs: Reference = Field(description="The log of sync runs.")
    sync_runs_key: Column = Field(description="In the log: the key of a run.")
    sync_runs_status: Column | None = Field(None, description="In the log: the status of the run.")
    succeeded: Values = Field(("succeeded", "success", "completed"), description="Its values for a run that succeeded.")
    sync_runs_target: Column | None = Field(None, description="In the log: the target table of the run.")
    target: str | None = Field(None, description="The name of this table in the log.")
    loaded_at: Column | None = Field(None, description="The column of the time at which the record was loaded.")
    sync_runs_ended_at: Column | None = Field(None, description="In the log: when the run ended.")
    grace: Duration = Field("PT24H", description="How long the log may lag behind.")

    roles = {"mixed": "sync_runs", "synthetic": "sync_runs"}

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if bool(self.sync_runs_target) != bool(self.target):
            raise ValueError("sync_runs_target and target need each other")
        if self.sync_runs_ended_at and not self.loaded_at:
            raise ValueError("sync_runs_ended_at is compared with loaded_at, which is missing")
        return self

    def population(self) -> Condition:
        """Return synthetic and partial records."""
        return self.influenced

    def lookups(self) -> Iterator[Lookup]:
        """Yield lookups of the run, and of what the log says about it."""
        attributes = {}
        if self.sync_runs_status:
            attributes["succeeded"] = is_one_of(field(self.sync_runs_status), self.succeeded)
        if self.sync_runs_target and self.target:
            here = normalize(field(self.sync_runs_target), "text")
            attributes["meant"] = is_equal(here, literal(self.target.strip().lower()))
        run, known = (make_key(normalize_key(field(name))) for name in (self.sync_run_id, self.sync_runs_key))
        yield Lookup("run", self.sync_runs, run, known, attributes=attributes)
        if self.loaded_at and self.sync_runs_ended_at:
            yield Lookup(
                name="in_time",
                reference=self.sync_runs,
                key=run,
                reference_key=known,
                attributes={"late": is_readable(field(self.sync_runs_ended_at))},
                at=to_timestamp(field(self.loaded_at)),
                valid=(to_timestamp(field(self.sync_runs_ended_at)), None),
            )

    def rules(self) -> Iterator[Rule]:
        """Yield rules about the run that the record names."""
        run, found = field(self.sync_run_id), look_up("run")
        unknown = is_given(run) & ~found
        yield Rule(f"{self.sync_run_id} is missing", is_blank(run))
        if self.loaded_at:
            recent = is_before(as_of(f"-{self.grace}"), to_timestamp(field(self.loaded_at)))
            yield Rule("run is unknown", unknown & ~recent)
            yield Rule(
                f"run is unknown, loaded less than {self.grace} ago: not counted", unknown & recent, judged=False
            )
        else:
            yield Rule("run is unknown", unknown)
        if self.sync_runs_status:
            yield Rule("run did not succeed", found & ~look_up("run", "succeeded"))
        if self.sync_runs_target:
            yield Rule("run was meant for another table", found & ~look_up("run", "meant"))
        if self.loaded_at and self.sync_runs_ended_at:
            yield Rule("run had ended before the record was loaded", look_up("in_time", "late"))
