"""The marker and the fields of provenance: what each is called, holds and looks like in source format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape

NAMESPACE = "http://soap.sforce.com/2006/04/metadata"
MARKER = "marker"


@dataclass(frozen=True)
class ProvenanceField:
    """A field as init writes it.

    Attributes:
        word: of the policy's columns, or `marker`.
        name: of the field, where the policy names none.
        label: for people.
        description: for administrators.
        type: of Salesforce.
        accepts: types of an existing field that hold the same.
        length: of a text.
        sql: the type of the same column in a warehouse, as standard SQL writes it.
    """

    word: str
    name: str
    label: str
    description: str
    type: str
    accepts: tuple[str, ...]
    length: int
    sql: str


KINDS = (
    ProvenanceField(
        MARKER,
        "RecordOrigin__c",
        "Record origin",
        "Whether the record is synthetic or real. Empty means that nobody has said so.",
        "Picklist",
        ("Picklist",),
        0,
        "VARCHAR(40)",
    ),
    ProvenanceField(
        "source",
        "SyntheticSource__c",
        "Synthetic source",
        "The generator, or the system, that the record comes from.",
        "Text",
        ("Text", "TextArea", "LongTextArea", "Picklist", "Url", "Lookup"),
        255,
        "VARCHAR(255)",
    ),
    ProvenanceField(
        "generated_at",
        "SyntheticGeneratedAt__c",
        "Synthetic generated at",
        "When the record was generated.",
        "DateTime",
        ("DateTime", "Date"),
        0,
        "TIMESTAMP",
    ),
    ProvenanceField(
        "method",
        "SyntheticMethod__c",
        "Synthetic method",
        "How the record was generated; the policy lists the methods that are allowed.",
        "Text",
        ("Text", "Picklist"),
        80,
        "VARCHAR(80)",
    ),
    ProvenanceField(
        "algorithm_version",
        "SyntheticVersion__c",
        "Synthetic version",
        "The version of the generator.",
        "Text",
        ("Text", "Picklist", "Number"),
        80,
        "VARCHAR(80)",
    ),
    ProvenanceField(
        "purpose",
        "SyntheticPurpose__c",
        "Synthetic purpose",
        "What the record was generated for; the policy lists the purposes that are allowed.",
        "Text",
        ("Text", "Picklist"),
        80,
        "VARCHAR(80)",
    ),
    ProvenanceField(
        "dataset_id",
        "SyntheticDataset__c",
        "Synthetic dataset",
        "The key of the dataset in the registry.",
        "Text",
        ("Text", "Picklist", "Lookup", "ExternalLookup"),
        80,
        "VARCHAR(80)",
    ),
)


@dataclass(frozen=True)
class FieldNames:
    """What the fields of an object are called, and the words of its marker.

    Attributes:
        names: of fields, by the policy's word.
        words: of the marker, by what they mean: synthetic, real, partial, masked.
        table: of the object in the policy and the warehouse.
    """

    names: Mapping[str, str]
    words: Mapping[str, tuple[str, ...]]
    table: str

    @property
    def marker(self) -> str:
        """The marker field."""
        return self.names[MARKER]

    @property
    def values(self) -> tuple[str, ...]:
        """The words of the marker, each once."""
        return tuple(dict.fromkeys(word for words in self.words.values() for word in words))

    @property
    def provenance(self) -> tuple[str, ...]:
        """The other fields, in the order of the policy's words."""
        return tuple(self.names[kind.word] for kind in KINDS if kind.word != MARKER)


def format_field(kind: ProvenanceField, names: FieldNames, *, keeps_history: bool) -> str:
    """Return the source of a field.

    Args:
        kind: what it holds.
        names: of the object.
        keeps_history: whether changes are tracked.
    """
    lines = [
        f"<fullName>{escape(names.names[kind.word])}</fullName>",
        f"<description>{escape(kind.description)}</description>",
        "<externalId>false</externalId>",
        f"<inlineHelpText>{escape(kind.description)}</inlineHelpText>",
        f"<label>{escape(kind.label)}</label>",
        *([f"<length>{kind.length}</length>"] if kind.length else []),
        "<required>false</required>",
        *(["<trackHistory>true</trackHistory>"] if keeps_history else []),
        f"<type>{kind.type}</type>",
        *(["<unique>false</unique>"] if kind.type == "Text" else []),
        *(_format_values(names.values) if kind.word == MARKER else []),
    ]
    return _format_document("CustomField", lines)


def _format_values(values: tuple[str, ...]) -> list[str]:
    lines = [
        "<valueSet>",
        "    <restricted>true</restricted>",
        "    <valueSetDefinition>",
        "        <sorted>false</sorted>",
    ]
    for value in values:
        lines += [f"        {line}" for line in format_value(value)]
    return [*lines, "    </valueSetDefinition>", "</valueSet>"]


def format_value(value: str) -> list[str]:
    """Return the lines of a value of a picklist: it is not a default."""
    return [
        "<value>",
        f"    <fullName>{escape(value)}</fullName>",
        "    <default>false</default>",
        f"    <label>{escape(value)}</label>",
        "</value>",
    ]


def format_retention(min_history: int) -> list[str]:
    """Return the lines of a policy that keeps history for some months: 18 in the org, whole years in the archive."""
    years = max(1, -(-(min_history - 18) // 12))
    return [
        "<historyRetentionPolicy>",
        "    <archiveAfterMonths>18</archiveAfterMonths>",
        f"    <archiveRetentionYears>{years}</archiveRetentionYears>",
        "    <description>Changes of the marker of synthetic records are kept.</description>",
        "</historyRetentionPolicy>",
    ]


def format_object(min_history: int | None) -> str:
    """Return the source of a standard object that keeps history.

    Args:
        min_history: months; None without a retention policy.
    """
    retention = [] if min_history is None else format_retention(min_history)
    return _format_document("CustomObject", ["<enableHistory>true</enableHistory>", *retention])


def format_access(object_name: str, name: str, *, may_edit: bool) -> list[str]:
    """Return the lines of a right to a field."""
    return [
        "<fieldPermissions>",
        f"    <editable>{str(may_edit).lower()}</editable>",
        f"    <field>{escape(object_name)}.{escape(name)}</field>",
        "    <readable>true</readable>",
        "</fieldPermissions>",
    ]


def format_permission_set(label: str, description: str, rights: list[str]) -> str:
    """Return the source of a permission set."""
    lines = [
        f"<description>{escape(description)}</description>",
        *rights,
        "<hasActivationRequired>false</hasActivationRequired>",
        f"<label>{escape(label)}</label>",
    ]
    return _format_document("PermissionSet", lines)


def _format_document(root: str, lines: list[str]) -> str:
    body = "".join(f"    {line}\n" for line in lines)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{NAMESPACE}">\n{body}</{root}>\n'
