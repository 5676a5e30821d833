"""SD001: made-up people without a tag, on their way to production."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from operator import or_

from synth_expectations.gate.fields import classify
from synth_expectations.gate.inspection import Inspection
from synth_expectations.gate.made_up import describe
from synth_expectations.gate.marker import Tag
from synth_expectations.gate.model import GateFinding, Level, RecordPlace
from synth_expectations.gate.objects import is_about_people
from synth_expectations.gate.rules.base import GateRule, count_records, group_by_file, merge_records


class UntaggedSyntheticData(GateRule):
    """Find records about people that look made up, carry no tag, and are bound for production.

    Nothing in production tells such a record from a customer: it is counted, scored, mailed and trained on. A record looks
    made up if two kinds of its fields cannot be a person's, or if more records of the file carry a generator's mark than
    people's would (an exact binomial test at 0.5 %). What a recipe generates is made up by definition.
    """

    id = "SD001"
    name = "untagged-synthetic-data"
    level = Level.ERROR
    fix = (
        "Tag the records: a marker field in each, `static` in the mapping of CumulusCI, a constant in `mockFields` with "
        "`updateWithMockData: true` in SFDMU, a field of the recipe, or a sidecar `FILE.synthetic.yml` with "
        "`marker: synthetic`. Or take the file out of what goes to production."
    )
    never = (
        "Files below `__tests__`, mocks of components, static resources, and loads that nobody calls production-bound."
    )

    def judge(self, inspection: Inspection) -> Iterator[GateFinding]:
        """Yield a result for each file that is bound for production."""
        for path, loads in group_by_file(inspection.loads).items():
            bound = inspection.scope.find(path)
            untagged = [load for load in loads if not load.tag]
            found = [load.untagged_made_up() for load in untagged]
            records = merge_records(part for part, _ in found)
            if bound and records.count:
                affected = [load for load, (part, _) in zip(untagged, found, strict=True) if part.count]
                shown = describe(reduce(or_, (bits for _, bits in found)))
                clauses = "look made up and have no tag", "looks made up and has no tag"
                message = f"{count_records(records.count, affected, *clauses)}: {shown}."
                yield self.build_finding(
                    path, message, records, bound=bound, total=sum(load.people for load in affected)
                )
        for path, templates in inspection.recipes.items():
            bound = inspection.scope.find(path)
            places = list(list_untagged_templates(inspection, path))
            if bound and places and inspection.is_load(path):
                verb = "generates" if len(places) == 1 else "generate"
                message = f"{len(places)} of {len(templates)} templates {verb} people without a tag."
                yield self.build_finding(path, message, places, bound=bound, total=len(templates))


def list_untagged_templates(inspection: Inspection, path: str) -> Iterator[RecordPlace]:
    """Yield the templates of a recipe that generate people and set no marker."""
    return (place for place, is_tagged in _list_templates(inspection, path) if not is_tagged)


def list_tagged_templates(inspection: Inspection, path: str) -> Iterator[RecordPlace]:
    """Yield the templates of a recipe that generate people and set a marker that says synthetic."""
    return (place for place, is_tagged in _list_templates(inspection, path) if is_tagged)


def _list_templates(inspection: Inspection, path: str) -> Iterator[tuple[RecordPlace, bool]]:
    words = inspection.settings.words
    for number, template in enumerate(inspection.recipes[path], 1):
        names = tuple(template.fields)
        kinds = {kind for name in names if (kind := classify(name))}
        is_tagged = any(
            words.is_marker(name) and (isinstance(value, dict | list) or words.read(name, value) is Tag.SYNTHETIC)
            for name, value in template.fields.items()
        )
        if is_about_people(template.object, names, kinds):
            yield RecordPlace(template.object, template.line_name or f"template {number}"), is_tagged
