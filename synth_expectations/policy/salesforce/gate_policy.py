"""The policy of a project: what it calls the fields of an object, and the entry of `gate.objects` for it."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

from synth_expectations.errors import SynthError
from synth_expectations.gate.objects import strip_namespace
from synth_expectations.gate.settings import GateSettings, read_settings
from synth_expectations.policy.load.includes import read_with_includes
from synth_expectations.policy.salesforce.companion_files import format_table
from synth_expectations.policy.salesforce.metadata_changes import STEWARD
from synth_expectations.policy.salesforce.provenance_fields import KINDS, MARKER, FieldNames

_CUSTOM_FIELD = re.compile("[A-Za-z](?:[A-Za-z0-9]|_(?!_)){0,79}__c")
_MEANINGS = ("synthetic", "real", "partial", "masked")


class GatePolicy:
    """A policy, or the lack of one.

    Args:
        file: where it is, or would be.

    Raises:
        SynthError: it cannot be read.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self.exists = file.is_file()
        self.settings = read_settings(file) if self.exists else GateSettings()
        self._data: Mapping[str, Any] = read_with_includes(file, [])[0] if self.exists else {}

    def find_names(self, object_name: str, marker: str | None) -> FieldNames:
        """Return what the policy calls the fields of an object, else what init calls them.

        Args:
            object_name: of the sObject.
            marker: of the command line; None for that of the policy.

        Raises:
            SynthError: a name is none of a custom field.
        """
        table = self._find_table(object_name)
        entry = _mapping(_mapping(self._data.get("tables")).get(table))
        columns = _mapping(entry.get("columns"))
        known = self.settings.objects.get(object_name.casefold())
        shared = _mapping(_mapping(self._data.get("defaults")).get("marker"))
        spoken = {**shared, **_mapping(entry.get("marker"))}
        chosen = marker or (known.marker if known else None)
        if chosen is not None and not _CUSTOM_FIELD.fullmatch(chosen):
            raise SynthError(
                f"{chosen} is not a custom field.", "A name of letters, digits and single _ ends with __c."
            )
        names = {kind.word: kind.name for kind in KINDS}
        names |= {word: name for word, name in columns.items() if word in names and _is_custom(name)}
        names[MARKER] = chosen or (spoken["column"] if _is_custom(spoken.get("column")) else names[MARKER])
        words = {meaning: tuple(map(str, _listed(spoken.get(meaning)))) for meaning in _MEANINGS}
        if not words["synthetic"] or not words["real"]:
            words = {meaning: (meaning,) for meaning in _MEANINGS}
        return FieldNames(names, {meaning: given for meaning, given in words.items() if given}, table)

    def _find_table(self, object_name: str) -> str:
        """Return the table of an object: that of its entry in the gate, else the one that is called like it."""
        entries = _mapping(_mapping(self._data.get("gate")).get("objects"))
        for name, entry in entries.items():
            if str(name).casefold() == object_name.casefold() and _mapping(entry).get("table"):
                return str(entry["table"])
        folded = object_name.casefold().removesuffix("__c")
        plain = strip_namespace(object_name)
        return plain if plain in _mapping(self._data.get("tables")) else folded.replace("__", "_")

    def _has_table(self, names: FieldNames) -> bool:
        """Return whether the policy's table has the marker and every field of provenance."""
        entry = _mapping(_mapping(self._data.get("tables")).get(names.table))
        columns, marker = _mapping(entry.get("columns")), _mapping(entry.get("marker")).get("column")
        marker = marker or _mapping(_mapping(self._data.get("defaults")).get("marker")).get("column")
        return marker == names.marker and all(
            columns.get(word) == name for word, name in names.names.items() if word != MARKER
        )

    def add_objects(self, objects: Mapping[str, FieldNames]) -> tuple[str | None, list[str]]:
        """Return the policy with the objects, or None if it has them, and what the reader must do by hand.

        Raises:
            SynthError: `gate` is written so that no line can be added.
        """
        if not self.exists:
            return _format_draft(objects), []
        content = self._file.read_bytes()
        text, mark = content.decode("utf-8-sig"), "\ufeff" * content.startswith(BOM_UTF8)
        notes, lines = [], []
        for name, names in objects.items():
            known = self.settings.objects.get(name.casefold())
            if known is None:
                lines.append(_format_entry(name, names, has_table=self._has_table(names)))
                continue
            if STEWARD not in known.may_edit:
                notes.append(f"{self._file}: name {STEWARD} in gate.objects.{name}.may_edit, or SD014 finds it.")
            if others := [field for field in known.provenance if field not in names.provenance]:
                notes.append(
                    f"{self._file}: gate.objects.{name} asks for {', '.join(others)}, which init does not write."
                )
        return (mark + _add_lines(text, lines, self._file) if lines else None), notes


def _format_entry(name: str, names: FieldNames, *, has_table: bool) -> str:
    if has_table:
        return f"{name}: {{table: {names.table}, may_edit: [{STEWARD}]}}"
    provenance = ", ".join(names.provenance)
    return f"{name}: {{marker: {names.marker}, provenance: [{provenance}], may_edit: [{STEWARD}]}}"


def _format_draft(objects: Mapping[str, FieldNames]) -> str:
    lines = [
        "# A draft by `synth-expectations init --salesforce`: answer each TODO, then `synth-expectations check`.",
        "version: 1",
        "owner: TODO  # who answers for the synthetic records",
        "",
        "tables:",
        *(f"  {line}" for names in objects.values() for line in format_table(names)),
        "",
        "gate:",
        "  objects:",
        *(f"    {_format_entry(name, names, has_table=True)}" for name, names in objects.items()),
    ]
    return "\n".join(lines) + "\n"


def _add_lines(text: str, entries: list[str], file: Path) -> str:
    """Return a policy with entries of `gate.objects`: new lines only.

    Raises:
        SynthError: the block is written in braces.
    """
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = text.replace("\r\n", "\n").removesuffix("\n").split("\n")
    data = YAML().load(text)
    gate = data.get("gate")
    objects = gate.get("objects") if isinstance(gate, CommentedMap) else None
    if "gate" not in data:
        lines += ["", "gate:", "  objects:", *(f"    {entry}" for entry in entries)]
    elif not gate and _is_bare(lines[data.lc.key("gate")[0]]):
        at = data.lc.key("gate")[0] + 1
        lines[at:at] = ["  objects:", *(f"    {entry}" for entry in entries)]
    elif not isinstance(gate, CommentedMap) or gate.fa.flow_style():
        raise _refuse(file, data.lc.key("gate")[0], "gate", entries)
    elif objects is None or not objects:
        indent = " " * gate.lc.key(next(iter(gate)))[1]
        block = [f"{indent}  {entry}" for entry in entries]
        if "objects" not in gate:
            at = data.lc.key("gate")[0] + 1
            lines[at:at] = [f"{indent}objects:", *block]
        elif _is_bare(lines[gate.lc.key("objects")[0]]):
            at = gate.lc.key("objects")[0] + 1
            lines[at:at] = block
        else:
            raise _refuse(file, gate.lc.key("objects")[0], "gate.objects", entries)
    elif objects.fa.flow_style():
        raise _refuse(file, gate.lc.key("objects")[0], "gate.objects", entries)
    else:
        at, indent = objects.lc.key(next(iter(objects)))[0], " " * objects.lc.key(next(iter(objects)))[1]
        lines[at:at] = [f"{indent}{entry}" for entry in entries]
    added = "\n".join(lines) + "\n"
    _prove(data, YAML().load(added), entries, file)
    return added.replace("\n", newline)


def _is_bare(line: str) -> bool:
    """Return whether a line is a key without a value, but perhaps a comment."""
    return line.partition("#")[0].rstrip().endswith(":")


def _refuse(file: Path, line: int, key: str, entries: list[str]) -> SynthError:
    hint = "Write it in lines, or add there: " + "; ".join(entries)
    return SynthError(f"{file}:{line + 1}: {key} is written in braces, so no line can be added.", hint)


def _prove(before: Any, after: Any, entries: list[str], file: Path) -> None:
    """Check that the new text is the old one and the entries.

    Raises:
        SynthError: it is not.
    """
    added = YAML(typ="safe").load("\n".join(entries))
    objects = dict(_mapping(_mapping(after.get("gate")).get("objects")))
    kept = {name: entry for name, entry in objects.items() if name not in added}
    same = {key: value for key, value in after.items() if key != "gate"} == {
        key: value for key, value in before.items() if key != "gate"
    }
    if (
        not same
        or kept != dict(_mapping(_mapping(before.get("gate")).get("objects")))
        or any(objects.get(name) != entry for name, entry in added.items())
    ):
        raise SynthError(f"Nothing could be added to {file} automatically.", "Add by hand: " + "; ".join(entries))


def _is_custom(name: Any) -> bool:
    return isinstance(name, str) and _CUSTOM_FIELD.fullmatch(name) is not None


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
