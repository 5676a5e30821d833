"""The writer of `init --salesforce`: everything is held against what exists before the first file is written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from synth_expectations.errors import SynthError, nearest
from synth_expectations.gate.objects import NOT_PEOPLE, PEOPLE
from synth_expectations.policy.salesforce.companion_files import FOLDER, format_companions
from synth_expectations.policy.salesforce.gate_policy import GatePolicy
from synth_expectations.policy.salesforce.metadata_changes import (
    ChangeSet,
    FileChange,
    ObjectMetadata,
    add_permission_sets,
)
from synth_expectations.policy.salesforce.provenance_fields import FieldNames
from synth_expectations.policy.salesforce.source_project import SourceProject, open_source

_OBJECT = re.compile("[A-Za-z](?:[A-Za-z0-9]|_(?!_)){0,39}(?:__[A-Za-z](?:[A-Za-z0-9]|_(?!_)){0,39})?(?:__c)?")
_WITHOUT_RECORDS = {
    "__mdt": "custom metadata",
    "__e": "a platform event",
    "__b": "a big object",
    "__x": "an external object",
    "__kav": "an article",
    "__share": "a sharing table",
    "__history": "a history table",
    "__feed": "a feed",
}
_USUAL = ("Account", "Case", "Contact", "Individual", "Lead", "Opportunity", "User")


def plan_source(
    objects: Sequence[str], out: Path | None, policy: Path, marker: str | None, *, has_archive: bool
) -> ChangeSet:
    """Return what is to be written so that objects may hold synthetic records.

    Args:
        objects: sObjects.
        out: the package directory; None for the default one of the project.
        policy: the policy file, which names fields and gets the objects.
        marker: the marker field; None for that of the policy.
        has_archive: whether the org has Field Audit Trail, which keeps history for years.

    Raises:
        SynthError: an object, a file or a field of the project cannot be taken.
    """
    if not objects:
        raise SynthError("Name the objects.", "synth-expectations init --salesforce Contact Lead --out force-app")
    project, rules = open_source(out), GatePolicy(policy)
    plan, named = ChangeSet(), dict[str, FieldNames]()
    for text in objects:
        name = _read_object(text, project, plan)
        if name not in named:
            named[name] = rules.find_names(name, marker)
            months = rules.settings.min_history if has_archive else None
            ObjectMetadata(project, name, named[name], months, plan).add()
    add_permission_sets(project, named, plan)
    for name, names in named.items():
        for file_name, content in format_companions(name, names):
            _add_companion(project.root / FOLDER / file_name, content, plan)
    added, notes = rules.add_objects(named)
    plan.notes += notes
    if added is not None:
        plan.changes.append(FileChange(policy, added.encode(), "added gate.objects" if rules.exists else "written"))
    if has_archive:
        plan.notes.append("historyRetentionPolicy needs Field Audit Trail: without it, use --no-audit-trail.")
    if any(name.casefold() == "lead" for name in named):
        plan.notes.append(
            "A lead's fields are lost when it is converted, unless Setup maps them to those of the contact."
        )
    return plan


def write_source(plan: ChangeSet) -> None:
    """Write the files of a plan.

    Raises:
        SynthError: one cannot be written; those before it are.
    """
    for change in plan.changes:
        temporary = change.path.with_name(f".{change.path.name}.new")
        try:
            change.path.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_bytes(change.content)
            temporary.replace(change.path)
        except OSError as error:
            temporary.unlink(missing_ok=True)
            raise SynthError(f"{change.path} cannot be written: {error.strerror}.", "Check who owns it.") from None


def _read_object(text: str, project: SourceProject, plan: ChangeSet) -> str:
    """Return the name of an object as the source spells it.

    Raises:
        SynthError: it is none, or its records cannot have the fields.
    """
    folded = text.strip().casefold()
    for ending, noun in _WITHOUT_RECORDS.items():
        if folded.endswith(ending):
            raise SynthError(f"{text} is {noun}, which holds no records that could be tagged.", "Name another object.")
    if not _OBJECT.fullmatch(text.strip()):
        raise SynthError(f"{text[:80]} is not a name of an object.", "Name it as the API does: Contact, Guest__c.")
    if folded in {"task", "event"}:
        raise SynthError(f"{text} takes its fields from Activity.", "Name Activity.")
    if folded == "personaccount":
        plan.notes.append("Person accounts are records of Account: the fields were added to Account.")
        folded, text = "account", "Account"
    if (known := project.find_folder(folded)) is not None:
        return known
    if (usual := next((name for name in _USUAL if name.casefold() == folded), None)) is not None:
        return usual
    if not folded.endswith("__c") and folded not in {*PEOPLE, *NOT_PEOPLE, "activity"}:
        guess = nearest(text.strip(), [*_USUAL, *sorted(NOT_PEOPLE)])
        hint = f"Did you mean {guess}?" if guess else "A custom object ends with __c."
        raise SynthError(f"{text} is not a standard object that is known here.", hint)
    return text.strip()


def _add_companion(path: Path, content: str, plan: ChangeSet) -> None:
    if not path.exists():
        plan.write_new(path, content)
    elif path.read_bytes() != content.encode():
        plan.notes.append(
            f"{path.parent.name}/{path.name} exists and differs from what init writes: it was left as it is."
        )
