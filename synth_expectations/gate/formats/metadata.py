"""What the source of a Salesforce project says of objects, fields, permissions and flows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from synth_expectations.gate.formats.salesforce_xml import XmlElement, read_xml_file
from synth_expectations.gate.repository import SourceFile

_WITHOUT_HISTORY = re.compile(
    "__(mdt|e|b|kav|x|share|history|feed|changeevent)$|^[a-z0-9]+__.+__c$|^(user|task|event|activity|campaignmember)$"
)
_FIELD = re.compile(r"(?:^|/)objects/([^/]+)/fields/([^/]+)\.field-meta\.xml$")
_OBJECT = re.compile(r"(?:^|/)objects/[^/]+/([^/]+)\.object-meta\.xml$")
_OLD_OBJECT = re.compile(r"(?:^|/)objects/([^/]+)\.object$")
_ACCESS = re.compile(r"(?:^|/)([^/]+)\.(permissionset|profile)(-meta\.xml)?$")
_FLOW = re.compile(r"(?:^|/)([^/]+)\.flow(-meta\.xml)?$")


@dataclass(frozen=True)
class FieldSource:
    """A field of an object, as its source declares it.

    Attributes:
        object: the sObject.
        name: of the field.
        path: of the file that declares it.
        type: such as `Picklist`.
        has_default: whether a new record gets a value by itself.
        is_restricted: whether a picklist takes its own values only.
        keeps_history: whether changes are tracked.
    """

    object: str
    name: str
    path: str
    type: str
    has_default: bool
    is_restricted: bool
    keeps_history: bool


@dataclass(frozen=True)
class ObjectSource:
    """An object, as its source declares it.

    Attributes:
        name: of the sObject.
        path: of the file.
        keeps_history: whether history is enabled; None if the source does not say.
        is_setting: whether it is a custom setting, which keeps no history.
        months: how long history is kept; None without a policy for it.
    """

    name: str
    path: str
    keeps_history: bool | None
    is_setting: bool
    months: int | None


@dataclass(frozen=True)
class Access:
    """A permission set or profile, and the fields that it lets people edit, as `Object.Field`."""

    name: str
    path: str
    editable: frozenset[str]


@dataclass(frozen=True)
class FlowWrite:
    """An element of a flow that writes records.

    Attributes:
        flow: its name.
        path: of its file.
        element: the name of the element.
        object: the sObject.
        creates: whether records are created, and not updated.
        fields: the fields that it sets.
        cleared: those of them that it empties.
        is_variable: whether it writes a record variable, whose fields are set elsewhere.
    """

    flow: str
    path: str
    element: str
    object: str
    creates: bool
    fields: frozenset[str]
    cleared: frozenset[str]
    is_variable: bool


@dataclass
class MetadataSource:
    """The metadata of a tree."""

    fields: dict[tuple[str, str], FieldSource] = field(default_factory=dict)
    objects: dict[str, ObjectSource] = field(default_factory=dict)
    access: list[Access] = field(default_factory=list)
    flows: list[FlowWrite] = field(default_factory=list)

    def list_objects(self) -> set[str]:
        """Return the objects of which the source declares something, in lower case."""
        return {name for name, _ in self.fields} | set(self.objects)


def is_metadata(path: str) -> bool:
    """Return whether a file is metadata that the rules look at."""
    return any(pattern.search(path) for pattern in (_FIELD, _OBJECT, _OLD_OBJECT, _ACCESS, _FLOW))


def can_keep_history(name: str) -> bool:
    """Return whether an object can keep history at all.

    Custom metadata, events, big objects, activities and users cannot; an object of a managed package keeps what the package
    says, and not what its source in another project says.
    """
    return _WITHOUT_HISTORY.search(name.casefold()) is None


def read_metadata(file: SourceFile, source: MetadataSource) -> None:
    """Add what a file declares.

    Raises:
        UnreadFileError: it is not XML.
    """
    root = read_xml_file(file)
    if match := _FIELD.search(file.path):
        _add_field(source, root, match[1], match[2], file.path)
    elif match := _OBJECT.search(file.path) or _OLD_OBJECT.search(file.path):
        _add_object(source, root, match[1], file.path)
        for element in root.find_all("fields"):
            _add_field(source, element, match[1], element.read("fullName"), file.path)
    elif match := _ACCESS.search(file.path):
        editable = {
            entry.read("field").casefold() for entry in root.find_all("fieldPermissions") if entry.is_true("editable")
        }
        source.access.append(Access(match[1], file.path, frozenset(editable)))
    elif match := _FLOW.search(file.path):
        source.flows += _read_writes(root, match[1], file.path)


def _add_field(source: MetadataSource, root: XmlElement, object_name: str, name: str, path: str) -> None:
    values = root.find("valueSet")
    entries = list((values.find("valueSetDefinition") or XmlElement("")).find_all("value")) if values else []
    has_default = bool(root.read("defaultValue")) or any(entry.is_true("default") for entry in entries)
    source.fields[object_name.casefold(), name.casefold()] = FieldSource(
        object_name,
        root.read("fullName") or name,
        path,
        root.read("type"),
        has_default,
        values is not None and values.is_true("restricted"),
        root.is_true("trackHistory"),
    )


def _add_object(source: MetadataSource, root: XmlElement, name: str, path: str) -> None:
    policy = root.find("historyRetentionPolicy")
    months = None
    if policy:
        archived, years = policy.read("archiveAfterMonths"), policy.read("archiveRetentionYears")
        months = int(archived if archived.isdigit() else 18) + 12 * int(years if years.isdigit() else 0)
    source.objects[name.casefold()] = ObjectSource(
        name,
        path,
        root.is_true("enableHistory") if root.find("enableHistory") else None,
        bool(root.read("customSettingsType")),
        months,
    )


def _read_writes(root: XmlElement, flow: str, path: str) -> Iterator[FlowWrite]:
    variables = {
        variable.read("name").casefold(): variable.read("objectType")
        for variable in root.find_all("variables")
        if variable.read("objectType")
    }
    assigned: dict[str, set[str]] = {}
    emptied: dict[str, set[str]] = {}
    for assignment in root.find_all("assignments"):
        for item in assignment.find_all("assignmentItems"):
            variable, _, name = item.read("assignToReference").partition(".")
            assigned.setdefault(variable.casefold(), set()).add(name.casefold())
            if _is_empty(item.find("value")):
                emptied.setdefault(variable.casefold(), set()).add(name.casefold())
    for kind in ("recordCreates", "recordUpdates"):
        for element in root.find_all(kind):
            reference = element.read("inputReference").casefold()
            inputs = list(element.find_all("inputAssignments"))
            names = {entry.read("field").casefold() for entry in inputs} | assigned.get(reference, set())
            cleared = {entry.read("field").casefold() for entry in inputs if _is_empty(entry.find("value"))}
            target = element.read("object") or variables.get(reference, "")
            if reference == "$record":
                target = root.read("start", "object")
            yield FlowWrite(
                flow,
                path,
                element.read("name"),
                target,
                kind == "recordCreates",
                frozenset(names),
                frozenset(cleared | emptied.get(reference, set())),
                bool(reference),
            )


def _is_empty(value: XmlElement | None) -> bool:
    """Return whether a value of a flow is nothing: no element, an empty text, or the constant for it."""
    if value is None or not value.children:
        return True
    kind = value.children[0]
    return not kind.text.strip() or kind.text.strip() == "$GlobalConstant.EmptyString"
