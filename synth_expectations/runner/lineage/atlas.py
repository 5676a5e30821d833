"""Read entities of Apache Atlas, as its export and its REST interface write them: any with inputs and outputs is a process."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from synth_expectations.rules.lineage_names import canonicalize_name
from synth_expectations.runner.lineage.model import LineageEvent, RunStatus, WrittenDataset
from synth_expectations.runner.lineage.run_log import RunLog

LISTINGS = frozenset({"atlas-export-info", "atlas-export-order", "atlas-typesdef"})
"""Files of an export that hold no entity."""


_Objects = tuple[tuple[str, str], ...]
"""The guid and the unique name of each."""


def is_atlas(document: Mapping[str, Any]) -> bool:
    """Return whether a JSON object is an entity of Atlas, or holds some."""
    return bool({"entity", "entities", "referredEntities"} & document.keys()) or {"typeName", "attributes"} <= (
        document.keys()
    )


@dataclass(frozen=True)
class _Process:
    """A process of Atlas, before the names of what it reads and writes are known."""

    guid: str
    name: str
    status: str
    inputs: _Objects
    outputs: _Objects
    started_at: datetime | None
    ended_at: datetime | None


@dataclass
class AtlasEntities:
    """The entities of all files: a process names what it reads and writes by ids, which other files explain."""

    _names: dict[str, str] = field(default_factory=dict, repr=False)
    _processes: dict[str, _Process] = field(default_factory=dict, repr=False)

    def read(self, document: Mapping[str, Any], log: RunLog) -> None:
        """Take in the entities of a JSON object."""
        for entity in _list_entities(document):
            attributes = entity.get("attributes")
            attributes = attributes if isinstance(attributes, dict) else {}
            guid, name = (
                _text(entity.get("guid")),
                _text(attributes.get("qualifiedName")) or _text(attributes.get("name")),
            )
            if not guid and not name:
                log.problems.append("an entity of Atlas has neither a guid nor a qualifiedName")
                continue
            log.events += 1
            guid, name = guid or name, canonicalize_name(name or guid)
            self._names[guid] = name
            related = entity.get("relationshipAttributes")
            related = related if isinstance(related, dict) else {}
            inputs, outputs = (
                tuple(_list_objects((attributes.get(side), related.get(side)), f"{side} of {name}", log))
                for side in ("inputs", "outputs")
            )
            if inputs or outputs:
                if told := self._processes.get(guid):  # in several exports: what it read in one of them it has read
                    inputs, outputs = _join(told.inputs, inputs), _join(told.outputs, outputs)
                times = _read_time(attributes.get("startTime")), _read_time(attributes.get("endTime"))
                status = _text(entity.get("status")).upper()
                self._processes[guid] = _Process(guid, name, status, inputs, outputs, *times)

    def tell(self, log: RunLog) -> None:
        """Add the processes to a log, as runs of which nobody says how they ended."""
        for process in self._processes.values():
            if process.status == "DELETED":
                log.notes["processes were deleted in Atlas: what they wrote may still be there, so they count"] += 1
            inputs = tuple(self._resolve(place, log) for place in process.inputs)
            outputs = tuple(WrittenDataset(self._resolve(place, log)) for place in process.outputs)
            told = "atlas", process.name, process.guid
            log.add(LineageEvent(*told, starts=True, at=process.started_at, inputs=inputs, outputs=outputs))
            log.add(LineageEvent(*told, end=RunStatus.DESCRIBED, at=process.ended_at))  # Atlas says when, and not how

    def _resolve(self, place: tuple[str, str], log: RunLog) -> str:
        guid, name = place
        if guid in self._names:
            return self._names[guid]
        if name:
            return canonicalize_name(name)
        log.notes["entities that processes read or write are in no file: they are called by their guid"] += 1
        return guid


def _list_entities(document: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield the entities of a document, those that it refers to included."""
    referred = document.get("referredEntities")
    listed = document.get("entities")
    entities = [document.get("entity")]
    for entries in (listed, referred):  # a map by guid, or a list
        entities += entries.values() if isinstance(entries, dict) else entries if isinstance(entries, list) else ()
    if "typeName" in document:
        entities.append(document)
    yield from (entity for entity in entities if isinstance(entity, dict))


def _list_objects(sides: Iterable[object], what: str, log: RunLog) -> Iterator[tuple[str, str]]:
    """Yield the guid and the unique name of what a process reads or writes, once; either may be empty, not both.

    Args:
        sides: the list of its attributes, and that of its relationships, which may name more.
        what: for sentences.
        log: takes what names nothing as a problem: an edge would be missing.
    """
    known: set[str] = set()
    for objects in sides:
        if not isinstance(objects, list):
            if objects is not None:
                log.problems.append(f"the {what} are not a list")
            continue
        for place in objects:
            named = place if isinstance(place, dict) else {}
            unique = named.get("uniqueAttributes")
            name = _text(unique.get("qualifiedName")) if isinstance(unique, dict) else ""
            guid = _text(named.get("guid"))
            if not guid and not name:
                log.problems.append(f"one of the {what} has neither a guid nor a qualifiedName")
            elif (guid or name) not in known:
                known.add(guid or name)
                yield guid, name


def _join(told: _Objects, more: _Objects) -> _Objects:
    return tuple(dict.fromkeys((*told, *more)))


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _read_time(value: object) -> datetime | None:
    """Return a time of Atlas, which counts milliseconds from 1970; None for 0, which means none."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not value:
        return None
    try:
        return datetime.fromtimestamp(value / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return None
