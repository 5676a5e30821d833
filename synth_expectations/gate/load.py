"""A load: the records of one object in one file, read once, and summed up for the rules."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from synth_expectations.gate import made_up
from synth_expectations.gate.addresses import strip_address
from synth_expectations.gate.fields import MAX_NAME, FieldKind, classify, fold
from synth_expectations.gate.marker import MarkerWords, Tag
from synth_expectations.gate.model import RecordPlace, RecordSet
from synth_expectations.gate.objects import FieldPlan, is_of_role, plan_fields

_REAL_ID = re.compile("(001|003|00Q|005|0PK)[A-Za-z0-9]{12}(?:[A-Z0-5]{3})?")
"""Ids of Account, Contact, Lead, User and Individual, by their prefix."""
_PUBLIC_MAIL = re.compile(r"[^@\s]+@[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,24}")


_MANY_FIELDS = 300
_BETWEEN = re.compile(r"[\s@.]+")
"""What stands between the words of a name or an address."""


@dataclass
class Load:
    """The records of one object in one file.

    Attributes:
        path: of the file.
        object: the sObject, or what the file is named after.
        total: how many records there are.
        people: how many of them are people.
        tag: where a tag of the whole load comes from, in words; empty if nothing tags it.
        approval: who approved the load, by its sidecar; empty if nobody did.
        by_signature: untagged people by the signatures that they carry, as bits.
        tagged: people whose marker says synthetic.
        unknown_words: people whose marker has a word that the policy does not know.
        mailboxes: people with an address that mail can be delivered to, and no generator's mark.
        real_ids: records with an id of an org.
        masked: fields whose values are replaced when they are loaded.
    """

    path: str
    object: str
    words: MarkerWords
    total: int = 0
    people: int = 0
    tag: str = ""
    approval: str = ""
    by_signature: dict[int, RecordSet] = field(default_factory=dict)
    tagged: RecordSet = field(default_factory=RecordSet)
    unknown_words: RecordSet = field(default_factory=RecordSet)
    mailboxes: RecordSet = field(default_factory=RecordSet)
    real_ids: RecordSet = field(default_factory=RecordSet)
    masked: frozenset[str] = frozenset()
    _possible: Counter[int] = field(default_factory=Counter)
    _real_by_signature: dict[int, RecordSet] = field(default_factory=dict)

    def add(self, record: Mapping[str, Any], line: int | None, reference: str = "") -> None:
        """Take a record.

        Args:
            record: values by field.
            line: in the file.
            reference: what names it in the file; if empty, its key or its number.
        """
        self.total += 1
        plan = _plan(self.object, _choose_names(record, self.words), self.words)
        if not plan.is_about_people or not _is_person(plan, record):
            return
        self.people += 1
        place = RecordPlace(self.object, self._name(plan, record, reference), line)
        tag = self._read_tag(plan, record)
        for name in plan.of(FieldKind.ID):
            if (key := record.get(name)) and _REAL_ID.fullmatch(str(key)):
                self.real_ids.add(place)
        carried, possible = made_up.match_record(plan, record)
        if tag is Tag.SYNTHETIC:
            self.tagged.add(place)
            return
        for bit in made_up.split_bits(possible):
            self._possible[bit] += 1
        if tag is Tag.REAL:
            self._real_by_signature.setdefault(carried, RecordSet()).add(place)
        else:
            if tag is Tag.UNKNOWN:
                self.unknown_words.add(place)
            self.by_signature.setdefault(carried, RecordSet()).add(place)
        if not carried and self._has_mailbox(plan, record):
            self.mailboxes.add(place)

    def untagged_made_up(self) -> tuple[RecordSet, int]:
        """Return the records without a tag, or with one that says real, that look made up, and what shows it."""
        telling = self._find_telling()
        records, shown = RecordSet(), 0
        for group in (self.by_signature, self._real_by_signature):
            for carried, records_of in group.items():
                if carried & telling or made_up.is_sure_alone(carried):
                    records.merge(records_of)
                    shown |= carried & telling or carried
        return records, shown

    def untagged_unclear(self) -> RecordSet:
        """Return the records without a tag of which nothing tells whether they exist."""
        telling, records = self._find_telling(), RecordSet()
        for carried, records_of in self.by_signature.items():
            if not carried & telling and not made_up.is_sure_alone(carried):
                records.merge(records_of)
        return records

    def _find_telling(self) -> int:
        counted: Counter[int] = Counter()
        for group in (self.by_signature, self._real_by_signature):
            for carried, records_of in group.items():
                for bit in made_up.split_bits(carried):
                    counted[bit] += records_of.count
        return made_up.find_telling(counted, self._possible)

    def _read_tag(self, plan: FieldPlan, record: Mapping[str, Any]) -> Tag:
        tags = [self.words.read(name, record.get(name)) for name in plan.markers]
        for tag in (Tag.SYNTHETIC, Tag.UNKNOWN, Tag.REAL, Tag.EMPTY):
            if tag in tags:
                return Tag.UNKNOWN if tag is Tag.SYNTHETIC and self._is_contradicted(plan, tags) else tag
        return Tag.ABSENT

    @staticmethod
    def _is_contradicted(plan: FieldPlan, tags: list[Tag]) -> bool:
        """Return whether a marker that says synthetic stands beside itself in another case, and says something else."""
        if len(tags) < 2:
            return False
        said: dict[str, set[Tag]] = {}
        for name, tag in zip(plan.markers, tags, strict=True):
            said.setdefault(fold(name), set()).add(tag)
        return any(Tag.SYNTHETIC in tags_of and len(tags_of) > 1 for tags_of in said.values())

    def _name(self, plan: FieldPlan, record: Mapping[str, Any], reference: str) -> str:
        """Return what names a record; its number where a key or reference would repeat a value of the person."""
        keys = [reference, *(str(record.get(name) or "").strip() for name in plan.keys)]
        candidates = [
            key for key in keys if 0 < len(key) <= 80 and "@" not in key and " " not in key and key.isprintable()
        ]
        if not candidates:
            return f"record {self.total}"
        values = [str(record[name]).strip().casefold() for name in plan.personal if record.get(name)]
        parts = [part for value in values for part in (value, *_BETWEEN.split(value)) if len(part) > 2]
        for key in candidates:
            folded = key.casefold()
            if not any(part in folded for part in parts):
                return key
        return f"record {self.total}"

    def _has_mailbox(self, plan: FieldPlan, record: Mapping[str, Any]) -> bool:
        return any(
            _PUBLIC_MAIL.fullmatch(strip_address(str(record.get(name) or "").strip().lower())) is not None
            for name in (*plan.of(FieldKind.EMAIL), *plan.of(FieldKind.ROLE_EMAIL))
            if name.casefold() not in self.masked
        )


def _is_person(plan: FieldPlan, record: Mapping[str, Any]) -> bool:
    """Return whether a record has a value of a person at all: an e-mail with `@`, a phone, a name.

    The mailbox of a role, such as support@, is none by itself, unless the object is named after people.
    """
    emails = plan.of(FieldKind.EMAIL)
    for name in plan.personal:
        value = record.get(name)
        if value and not isinstance(value, dict | list | bool):
            text = str(value)
            if name in emails:
                if "@" in text and (plan.is_named_after_people or not is_of_role(strip_address(text))):
                    return True
            elif not text.isspace():
                return True
    return False


def _choose_names(record: Mapping[str, Any], words: MarkerWords) -> tuple[str, ...]:
    """Return the fields of a record; of one with very many, those that tell something, so that few plans are kept."""
    if len(record) <= _MANY_FIELDS:
        return tuple(record)
    return tuple(name for name in record if len(name) <= MAX_NAME and _is_telling(name, words))


@lru_cache(maxsize=100_000)
def _is_telling(name: str, words: MarkerWords) -> bool:
    return classify(name) is not None or words.is_marker(name) or name.casefold().endswith(("__pc", "ispersonaccount"))


@lru_cache(maxsize=4096)
def _plan(object_name: str, names: tuple[str, ...], words: MarkerWords) -> FieldPlan:
    return plan_fields(object_name, names, tuple(name for name in names if words.is_marker(name)))
