"""The meaning of column and table names, whatever their case and punctuation: the patterns of `names.yml`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from importlib import resources
from itertools import dropwhile
from typing import Any

from ruamel.yaml import YAML

from synth_expectations.engine.schema import TEXTS, Family
from synth_expectations.gate.fields import FieldKind, classify_word

_HOLDS = {
    "flag": {Family.BOOLEAN, Family.TEXT, Family.NUMBER, Family.FLOAT},
    "code": {*TEXTS, Family.NUMBER, Family.OTHER, Family.UUID},
    "text": {*TEXTS, Family.OTHER, Family.UUID},
    "moment": {Family.DATE, Family.NAIVE, Family.ZONED, *TEXTS},
    "any": set(Family),
}
VALUED = ("marker", "inverted_marker", "method", "purpose", "retention_class", "decision_type", "outcome", "deleted")
"""Words whose columns are read for their values."""
_TESTED = ("account", "contact", "customer", "member", "profile", "record", "user")
MARKER_VALUES = frozenset(
    {"synthetic", "synth", "syn", "synthetic data", "fully synthetic", "real", "test data"}
    | {f"{word} {thing}{plural}" for word in ("test", "synthetic") for thing in _TESTED for plural in ("", "s")}
)
"""Values of which a column must have one to be a marker by its values alone."""
IDENTIFIERS = ("email", "phone", "first_name", "last_name", "full_name", "birth_date", "postcode")
"""Words whose columns name a person; their values are never shown."""

_FIELD_KINDS = {
    FieldKind.EMAIL: "email",
    FieldKind.PHONE: "phone",
    FieldKind.FIRST_NAME: "first_name",
    FieldKind.LAST_NAME: "last_name",
    FieldKind.FULL_NAME: "full_name",
}
"""By kind of field of the gate's list of words in other languages than English, the policy's word."""

_CUSTOM = re.compile(r"^(?:[A-Za-z][A-Za-z0-9]*__)?(.+?)__(?:c|pc|e|x|mdt|s)$", re.IGNORECASE)
_PLURAL = re.compile(r"ID(?=s\b)")  # of `Associated Contact IDs`: no hump
_PUBLISHER = re.compile(r"^cr(?=[a-z]*[0-9])[0-9a-z]{2,5}_(?=.)", re.IGNORECASE)
"""What Dataverse puts before the columns of a publisher that was given no prefix: `cr1a2_issynthetic`."""
_HUMPS = re.compile(
    r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=[0-9])|(?<=[^\W\d_A-Za-z])(?=[A-Z])"
)


@dataclass(frozen=True)
class NamePattern:
    """The name patterns of one word of the policy."""

    holds: str
    names: tuple[str, ...]
    weak: tuple[str, ...] = ()


@cache
def load_data() -> dict[str, Any]:
    """Return the contents of `names.yml`."""
    text = resources.files(__package__).joinpath("names.yml").read_text(encoding="utf-8")
    return dict(YAML(typ="safe", pure=True).load(text))


@cache
def load_patterns() -> dict[str, NamePattern]:
    """Return the name patterns by the policy's word."""
    return {
        word: NamePattern(spec["holds"], tuple(spec["names"]), tuple(spec.get("weak", ())))
        for word, spec in load_data()["columns"].items()
    }


@cache
def split_words(name: str) -> tuple[str, ...]:
    """Return the words of a name without case and accents, and without Salesforce's `__c` and namespace."""
    custom = _CUSTOM.match(name)
    split = _HUMPS.sub(" ", _PLURAL.sub("Id", custom[1] if custom else name))
    plain = "".join(letter for letter in unicodedata.normalize("NFD", split) if not unicodedata.combining(letter))
    return tuple(part.casefold() for part in re.split(r"[\W_]+", plain) if part)


def is_custom_field(name: str) -> bool:
    """Return whether a name is that of a Salesforce custom field: `IsSynthetic__c`."""
    return bool(_CUSTOM.match(name))


def find_columns(
    word: str, columns: Iterable[tuple[str, Family]], *, weak: bool = False, excluded: Iterable[str] = ()
) -> list[str]:
    """Return the columns that match a word of the policy by name and type, best first."""
    named = load_patterns()[word]
    wanted = [*named.names, *(named.weak if weak else ())]
    gone = set(excluded)
    about = set(load_data()["about"]) if word in IDENTIFIERS else set()
    fitting = [
        name
        for name, family in columns
        if name not in gone and family in _HOLDS[named.holds] and not about & set(split_words(name))
    ]
    ranked = [(rank, name) for name in fitting if (rank := _rank_field(name, wanted)) is not None]
    known = {name for _, name in ranked}
    ranked += [(2 * len(wanted), name) for name in fitting if name not in known and find_word(name) == word]
    return [name for _, name in sorted(ranked, key=lambda pair: pair[0])]


def put_filled_first(columns: Iterable[str], filled: Mapping[str, int | None]) -> list[str]:
    """Return columns in their order, but those that no record fills last."""
    return sorted(columns, key=lambda name: filled.get(name) == 0)


def find_word(name: str) -> str | None:
    """Return the policy's word for a column named in another language than English; None for any other."""
    kind = classify_word(name)
    return _FIELD_KINDS.get(kind) if kind else None


def is_telling(name: str) -> bool:
    """Return whether a name can only mean a marker or provenance; `origin` alone could be a country."""
    return any(part.startswith("synth") for part in split_words(name))


def is_private(name: str) -> bool:
    """Return whether a column may name a person, so that its values must not be read.

    `customer_type` says what a customer is, and not who.
    """
    words = split_words(name)
    data = load_data()
    says_kind = bool(words) and words[-1] in data["kinds"]
    private = set(data["private"]) - set(data["entities"] if says_kind else ())
    return bool(private & set(words)) or find_word(name) is not None


def to_table_name(name: str) -> str:
    """Return the name of a table in the policy: letters of ASCII, digits, `_` and `-`, whatever the files are called."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    written = re.sub(r"[^A-Za-z0-9_-]+", "_", plain).strip("_-")
    return written if re.match("[A-Za-z]", written) else f"table_{written}".rstrip("_")


def to_singular(name: str) -> str:
    """Return a table's name as singular words: "crm contact" for `CRM_CONTACTS`."""
    parts = [part for part in split_words(name) if not part.isdigit()]
    if parts:
        last = parts[-1]
        if last.endswith("ies") and len(last) > 4:
            last = last[:-3] + "y"
        elif last.endswith("s") and not last.endswith(("ss", "us", "is")) and last != "sms":
            last = last[:-1]
        parts[-1] = last
    return " ".join(parts)


def is_of_things(table: str) -> bool:
    """Return whether the records of a table are things by its name, so that their `name` is no person's."""
    words = {part for word in split_words(table) for part in (word, to_singular(word))}
    return bool(words & set(load_data()["things"]))


def guess_role(name: str, columns: Iterable[str]) -> str | None:
    """Return the role that a table's name and columns imply, such as `registry`; None if they imply none."""
    called = to_singular(name)
    role = next(
        (role for role, names in load_data()["tables"].items() if called in {to_singular(n) for n in names}), None
    )
    ambiguous = load_data()["ambiguous_tables"].get(role, {"names": []})
    if called not in {to_singular(n) for n in ambiguous["names"]}:
        return role
    return role if any(_rank(column, ambiguous["columns"]) is not None for column in columns) else None


def find_snapshot_column(columns: Iterable[tuple[str, Family]]) -> str | None:
    """Return the column of days that tells the snapshots of a table apart; None without one."""
    days = {Family.DATE, Family.NAIVE, Family.ZONED}
    wanted = load_data()["snapshot_columns"]
    ranked = [(rank, name) for name, family in columns if family in days and (rank := _rank(name, wanted)) is not None]
    return min(ranked)[1] if ranked else None


def find_keys(table: str, columns: Iterable[tuple[str, Family]], excluded: Iterable[str] = ()) -> list[str]:
    """Return the columns that are named like the key of a table, best first."""
    called = to_singular(table)
    wanted = ["id", "record id", f"{called} id", f"{called} key", f"{called} uuid", f"{called} number"]
    wanted += [f"{part} {kind}" for part in reversed(called.split()) for kind in ("id", "key", "uuid")]
    wanted += ["uuid", "guid", "pk", "row id", "key", "* id", "* key", "* uuid"]
    wanted += ["leid", "euid", "kunnr", "lifnr", "partner", "sku", "* no"]  # of Mailchimp, SAP and shops
    wanted += load_data()["foreign_keys"]
    gone = set(excluded)
    held = {*TEXTS, Family.NUMBER, Family.OTHER, Family.UUID}
    ranked = [
        (rank, name) for name, family in columns
        if name not in gone and family in held and (rank := _rank(name, wanted)) is not None
    ]  # fmt: skip
    return [name for _, name in sorted(ranked, key=lambda pair: pair[0])]


def _rank_field(name: str, wanted: list[str]) -> int | None:
    """Return the rank of a column, or of a field of a nested one: by its path, else by its own name, after all others."""
    rank = _rank(name, wanted)
    if rank is not None:
        return rank
    for own in (name.rpartition(".")[2] if "." in name else "", _strip_containers(name)):
        rank = _rank(own, wanted) if own else None
        if rank is not None:
            return len(wanted) + rank
    return None


def _strip_containers(name: str) -> str:
    """Return a name without what an export puts before it; nothing where no more than one short word is left of a flag."""
    words = split_words(_PUBLISHER.sub("new_", name))
    containers = load_data()["containers"]
    own = tuple(dropwhile(lambda word: word in containers, words))
    return "" if own == words or own in {("test",), ("origin",)} else " ".join(own)


def _rank(name: str, wanted: Iterable[str]) -> int | None:
    spaced = " ".join(split_words(name))
    exact, wild = _index(tuple(wanted))
    ranks = [rank for rank, pattern in wild if fnmatchcase(spaced, pattern)]
    if (rank := exact.get(spaced.replace(" ", ""))) is not None:
        ranks.append(rank)
    return min(ranks, default=None)


@cache
def _index(wanted: tuple[str, ...]) -> tuple[dict[str, int], list[tuple[int, str]]]:
    """Return the ranks of names without their spaces, and those of patterns."""
    exact: dict[str, int] = {}
    for rank, pattern in enumerate(wanted):
        if "*" not in pattern:
            exact.setdefault(pattern.replace(" ", ""), rank)
    return exact, [(rank, pattern) for rank, pattern in enumerate(wanted) if "*" in pattern]
