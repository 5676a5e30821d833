"""SD006: generators that can write the address or number of somebody who exists."""

from __future__ import annotations

from collections.abc import Iterator

from synth_expectations.gate.inspection import Inspection
from synth_expectations.gate.model import GateFinding, Level, RecordPlace
from synth_expectations.gate.rules.base import GateRule

EMAILS = frozenset({"freeemail", "companyemail", "realisticmayberealemail", "asciifreeemail", "asciicompanyemail"})
PHONES = frozenset({"phonenumber", "phone", "msisdn", "basicphonenumber", "cellphone", "mobilephone"})


class GeneratorMayHitPeople(GateRule):
    """Find recipes whose fake e-mail addresses and phones may be somebody's.

    Faker's `free_email` writes at gmail.com, `company_email` and Snowfakery's `realistic_maybe_real_email` at domains that may
    exist, and `phone_number` takes no range that is kept for fiction. A mail or a call from a test then reaches a person.
    """

    id = "SD006"
    name = "generator-may-hit-people"
    level = Level.WARNING
    fix = "Take `fake: email` or `ascii_safe_email`, addresses at `*.invalid`, and phones of a range kept for fiction."
    never = "`email`, `ascii_safe_email`, and values that a formula builds at a reserved domain."

    def judge(self, inspection: Inspection) -> Iterator[GateFinding]:
        """Yield a result for each recipe."""
        for path, templates in inspection.recipes.items():
            if not inspection.is_load(path):
                continue
            places = [
                RecordPlace(template.object, f"{name} ({fake})")
                for template in templates
                for name, fake in template.fakes()
                if fake in EMAILS | PHONES
            ]
            if places:
                plural = "fields" if len(places) > 1 else "field"
                message = f"{len(places)} {plural} may get the address or the number of somebody who exists."
                yield self.build_finding(path, message, places)
