"""The gate's part of the policy: what is bound for production, who approved what, and what the objects hold.

`policy.yml` has it under `gate`. The words of markers are those of the tables, so that one policy serves the gate and the
warehouse.
"""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from synth_expectations.errors import SynthError, nearest
from synth_expectations.gate.formats.yaml_document import read_yaml_file
from synth_expectations.gate.globs import check_glob, compile_glob
from synth_expectations.gate.marker import MarkerWords
from synth_expectations.gate.model import UnreadFileError
from synth_expectations.gate.policy_words import collect_words, find_marker_column, make_list, take_mapping
from synth_expectations.gate.repository import SourceFile

POLICIES = ("great_expectations/policy.yml", "gx/policy.yml", "policy.yml")
"""Where the policy of a repository is looked for."""
PROVENANCE = ("source", "generated_at", "method", "algorithm_version", "purpose", "dataset_id")
"""The words of a table's columns that are provenance."""
DEFAULT_MIN_HISTORY = 25
"""Months that history is kept at least: Regulation B, 12 CFR 1002.12(b)."""


@dataclass(frozen=True)
class GateReason:
    """Why a load may go to production, or a result is accepted.

    Attributes:
        path: a glob.
        reason: in words.
        approved_by: who said so.
        until: the last day that it holds.
        rule: the rule whose results are accepted; None for an approval of a load.
    """

    path: str
    reason: str
    approved_by: str
    until: date
    rule: str | None = None

    def fits(self, path: str, rule: str | None = None) -> bool:
        """Return whether it is about a path and a rule."""
        return self.rule == rule and compile_glob(self.path).fullmatch(path) is not None


@dataclass(frozen=True)
class GateObject:
    """An sObject that may hold synthetic records.

    Attributes:
        name: of the sObject.
        marker: its marker field.
        provenance: the fields that it must have beside.
        may_edit: permission sets and profiles that may change the marker.
    """

    name: str
    marker: str
    provenance: tuple[str, ...] = ()
    may_edit: tuple[str, ...] = ()


@dataclass(frozen=True)
class GateSettings:
    """What the policy says to the gate.

    Attributes:
        file: the policy, as it was named; empty if there is none.
        words: of markers.
        production: globs of files that are bound for production.
        objects: that may hold synthetic records, by name in lower case.
        approved: loads of synthetic records that may go to production.
        accept: waivers.
        min_history: months.
        asks_approval: whether the policy has a list of approvals, be it empty.
    """

    file: str = ""
    words: MarkerWords = field(default_factory=MarkerWords)
    production: tuple[str, ...] = ()
    objects: Mapping[str, GateObject] = field(default_factory=dict)
    approved: tuple[GateReason, ...] = ()
    accept: tuple[GateReason, ...] = ()
    min_history: int = DEFAULT_MIN_HISTORY
    asks_approval: bool = False


def read_settings(path: Path) -> GateSettings:
    """Read the gate's part of a policy.

    Raises:
        SynthError: it is not there, is not YAML, or says something that the gate does not know.
    """
    try:
        size = path.stat().st_size
        data = read_yaml_file(SourceFile(path.name, path, size))
    except OSError as error:
        raise SynthError(f"{path} cannot be read: {error.strerror}.", "Name a policy.yml.") from None
    except UnreadFileError as error:
        raise SynthError(f"{path} cannot be read: {error}.", "Fix it first.") from None
    if not isinstance(data, dict):
        raise SynthError(f"{path} is not a policy: not a mapping of keys to values.", "See docs/gate.md.")
    for name in make_list(data.get("include")):
        try:
            files = sorted(path.parent.glob(str(name)))
            included = [read_yaml_file(SourceFile(file.name, file, file.stat().st_size)) for file in files]
        except (OSError, ValueError, NotImplementedError, UnreadFileError) as error:
            raise SynthError(f"{path} includes {name}, which cannot be read: {error}.", "Fix it first.") from None
        for more in included:
            tables = more.get("tables") if isinstance(more, dict) else None
            data["tables"] = {**(tables or {}), **take_mapping(data.get("tables"))}
    return build_settings(data, str(path))


def build_settings(data: Mapping[str, Any], file: str) -> GateSettings:
    """Return what a policy's data says to the gate.

    Raises:
        SynthError: something of `gate` is unknown or missing.
    """
    section = data.get("gate")
    if section is not None and not isinstance(section, dict):
        raise SynthError(f"{file}: gate is not a mapping of keys to values.", "See docs/gate.md.")
    reader = _SectionReader(file)
    section = reader.take_section(section or {}, SECTION_KEYS, "gate")
    objects = reader.read_objects(section.get("objects"), data)
    return GateSettings(
        file=file,
        words=collect_words(data, [entry.marker for entry in objects]),
        production=reader.read_globs(section.get("production"), "gate.production"),
        objects={entry.name.casefold(): entry for entry in objects},
        approved=tuple(reader.read_reasons(section.get("approved"), "gate.approved", with_rule=False)),
        accept=tuple(reader.read_reasons(section.get("accept"), "gate.accept", with_rule=True)),
        min_history=reader.read_months(section.get("min_history")),
        asks_approval="approved" in section,
    )


_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9:.]+(Z|[+-][0-9:]+)?)?")
SECTION_KEYS = ("production", "objects", "approved", "accept", "min_history")
OBJECT_KEYS = ("table", "marker", "provenance", "may_edit")


@dataclass(frozen=True)
class _SectionReader:
    """Reads parts of `gate`, with errors that name the file and the key."""

    file: str

    def take_section(self, section: Any, keys: tuple[str, ...], where: str) -> dict[str, Any]:
        if not isinstance(section, dict):
            raise SynthError(
                f"{self.file}: {where} is not a mapping of keys to values.", f"It takes {', '.join(keys)}."
            )
        for key in section:
            if key not in keys:
                guess = nearest(str(key), list(keys))
                hint = f"Did you mean {guess}?" if guess else f"It takes {', '.join(keys)}."
                raise SynthError(f"{self.file}: {where} has no key {key}.", hint)
        return section

    def read_objects(self, entries: Any, data: Mapping[str, Any]) -> list[GateObject]:
        objects = []
        if entries is not None and not isinstance(entries, dict):
            raise SynthError(f"{self.file}: gate.objects is not a mapping of keys to values.", "Name each object.")
        for name, entry in take_mapping(entries).items():
            where = f"gate.objects.{name}"
            part = self.take_section(entry or {}, OBJECT_KEYS, where)
            table: dict[str, Any] = {}
            if "table" in part:
                table = take_mapping(take_mapping(data.get("tables")).get(str(part["table"])))
                if not table:
                    raise SynthError(f"{self.file}: {where} names a table that the policy does not have.", "Name one.")
            marker = part.get("marker") or find_marker_column(table.get("marker")) or _default_marker(data)
            if not isinstance(marker, str):
                raise SynthError(f"{self.file}: {where} names no marker.", "Give marker, or a table that has one.")
            columns = take_mapping(table.get("columns"))
            named = [columns[word] for word in PROVENANCE if isinstance(columns.get(word), str)]
            provenance = tuple(map(str, make_list(part.get("provenance")) or named))
            objects.append(GateObject(str(name), marker, provenance, tuple(map(str, make_list(part.get("may_edit"))))))
        return objects

    def read_reasons(self, entries: Any, where: str, *, with_rule: bool) -> Iterator[GateReason]:
        if entries is not None and not isinstance(entries, list):
            raise SynthError(f"{self.file}: {where} is not a list.", "Each entry begins with a dash.")
        keys = (*(("rule",) if with_rule else ()), "path", "reason", "approved_by", "until")
        for number, entry in enumerate(entries or [], 1):
            part = self.take_section(entry, keys, f"{where}[{number}]")
            missing = [key for key in keys if not str(part.get(key) or "").strip()]
            if missing:
                raise SynthError(
                    f"{self.file}: {where}[{number}] lacks {', '.join(missing)}.", "A waiver has a reason and an end."
                )
            yield GateReason(
                check_glob(part["path"], f"{self.file}: {where}[{number}].path"),
                str(part["reason"]),
                str(part["approved_by"]),
                self._read_day(part["until"], f"{where}[{number}].until"),
                self._read_rule(part["rule"], f"{where}[{number}].rule") if with_rule else None,
            )

    def read_globs(self, value: Any, where: str) -> tuple[str, ...]:
        """Return globs, of which there may be one alone."""
        return tuple(check_glob(text, f"{self.file}: {where}") for text in make_list(value))

    def _read_rule(self, value: Any, where: str) -> str:
        known = _list_rules()
        rule = str(value).strip().upper()
        if rule not in known:
            raise SynthError(f"{self.file}: {where} is no rule of the gate.", f"It is one of {', '.join(known)}.")
        return rule

    def read_months(self, value: Any) -> int:
        """Return a length in months, from ISO 8601: `P25M`, `P3Y`."""
        if value is None:
            return DEFAULT_MIN_HISTORY
        match = re.fullmatch("P(?:([0-9]{1,3})Y)?(?:([0-9]{1,4})M)?", str(value))
        if match is None or not any(match.groups()):
            raise SynthError(f"{self.file}: gate.min_history is not a length in months.", "Write it as P25M.")
        return 12 * int(match[1] or 0) + int(match[2] or 0)

    def _read_day(self, value: Any, where: str) -> date:
        text = str(value).strip()
        if _DAY.fullmatch(text):
            with suppress(ValueError):  # a day that no month has
                return date.fromisoformat(text[:10])
        raise SynthError(f"{self.file}: {where} is not a day.", "Write it as 2027-06-30.")


def _list_rules() -> list[str]:
    """Return the ids of the rules, by the names of their modules, which need not be loaded."""
    modules = pkgutil.iter_modules([str(Path(__file__).with_name("rules"))])
    return sorted(module.name[:5].upper() for module in modules if re.match("sd[0-9]{3}_", module.name))


def _default_marker(data: Mapping[str, Any]) -> str | None:
    return find_marker_column(take_mapping(data.get("defaults")).get("marker"))
