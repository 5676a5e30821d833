"""Synthetic personas are used by those who may, while they may."""

from collections.abc import Iterator
from typing import Self

from pydantic import Field, model_validator

from synth_expectations.expectations.argument_types import Column, Reference, Values
from synth_expectations.expectations.base import SyntheticDataExpectation, join_names
from synth_expectations.rules.expressions import (
    field,
    is_blank,
    is_given,
    is_one_of,
    is_readable,
    look_up,
    make_key,
    normalize,
    normalize_key,
    to_timestamp,
)
from synth_expectations.rules.model import Lookup, Rule
from synth_expectations.rules.nodes import Condition


class ExpectSyntheticPersonasToBeAccessedByAllowedRoles(SyntheticDataExpectation):
    """Expect synthetic personas to be accessed by allowed roles.

    A synthetic persona lets people use an admin console under another identity. Each access must therefore name a person
    in a role that may use personas, whose training was valid at the time of the access. An access with an unknown person,
    role or time is a violation.

    Does not show: accesses that are not in the log.
    """

    accessed_by: Column = Field(description="The column of the person who used the persona.")
    accessed_at: Column = Field(description="The column of the time of the access.")
    access_role: Column = Field(description="The column of the person's role.")
    allowed_roles: Values = Field(min_length=1, description="The roles that may use personas.")
    accessed: Column | None = Field(None, description="The column of the persona: a key of personas.")
    personas: Reference | None = Field(
        None, description="The table of personas, if the log also contains other accesses."
    )
    personas_key: Column | None = Field(None, description="In personas: the key that an access refers to.")
    people: Reference | None = Field(None, description="The table of people and their training.")
    people_key: Column | None = Field(None, description="In people: the key of a person.")
    trained_from: Column | None = Field(None, description="In people: the time from which their training is valid.")
    trained_until: Column | None = Field(None, description="In people: the time until which their training is valid.")

    roles = {"access_log": None}
    reference_columns = {"people": ("trained_from", "trained_until")}
    needs_marker = False

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if bool(self.people) != bool(self.people_key):
            raise ValueError("people and people_key need each other")
        if not (bool(self.personas) == bool(self.personas_key) == bool(self.accessed)):
            raise ValueError("personas, personas_key and accessed need each other")
        if self.people and not self.trained_from:
            raise ValueError("trained_from is missing: since when people are trained")
        return self

    def lookups(self) -> Iterator[Lookup]:
        """Yield lookups of the persona, and of the person at that time."""
        if self.personas and self.personas_key and self.accessed:
            here, there = (make_key(normalize_key(field(name))) for name in (self.accessed, self.personas_key))
            yield Lookup("persona", self.personas, here, there, incriminates=True)
        if self.people and self.people_key and self.trained_from:
            here, there = (make_key(normalize(field(name), "text")) for name in (self.accessed_by, self.people_key))
            yield Lookup("person", self.people, here, there)
            until = to_timestamp(field(self.trained_until)) if self.trained_until else None
            yield Lookup(
                name="trained",
                reference=self.people,
                key=here,
                reference_key=there,
                attributes={"then": is_readable(field(self.trained_from))},
                at=to_timestamp(field(self.accessed_at)),
                valid=(to_timestamp(field(self.trained_from)), until),
            )

    def rules(self) -> Iterator[Rule]:
        """Yield rules about the person, the role, the time and the training."""
        who, when, role = (field(name) for name in (self.accessed_by, self.accessed_at, self.access_role))
        asked = look_up("persona") if self.personas else None
        for rule in self._of_access(who, when, role):
            yield Rule(rule.name, rule.broken & asked if asked is not None else rule.broken)
        if asked is not None:
            yield Rule("access to something else than a persona", ~asked, judged=False)

    def _of_access(self, who: Condition, when: Condition, role: Condition) -> Iterator[Rule]:
        yield Rule(f"{self.accessed_by} is missing", is_blank(who))
        yield Rule(f"{self.accessed_at} is missing or not a time", ~is_readable(when))
        yield Rule(
            f"{self.access_role} is not one of {join_names(self.allowed_roles)}", ~is_one_of(role, self.allowed_roles)
        )
        if self.people:
            known = look_up("person")
            yield Rule("person is unknown", is_given(who) & ~known)
            yield Rule("person was not trained then", known & is_readable(when) & ~look_up("trained", "then"))
