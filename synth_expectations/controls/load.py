"""Reads the files of controls, and refuses what does not fit the installed catalogue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from synth_expectations.controls.limits import Limit
from synth_expectations.controls.model import STRENGTHS, Mapping, Regulation, Requirement, Strength
from synth_expectations.errors import nearest, read_invalid_values
from synth_expectations.expectations.catalogue import all_expectations
from synth_expectations.policy.errors import PolicyError, together
from synth_expectations.policy.load.yaml import Address, Document, read_document

HERE = Path(__file__).parent
"""Where the files lie."""


class ControlsError(PolicyError):
    """Files of controls that cannot be used: everything that is wrong with them, each with its line."""


@dataclass(frozen=True)
class Control:
    """A requirement that an expectation gives evidence for."""

    regulation: str
    requirement: str
    title: str
    strength: Strength


def load(directory: Path = HERE, known: Collection[str] | None = None) -> tuple[Regulation, ...]:
    """Read every file of controls, by name.

    Args:
        directory: where they lie.
        known: the types of expectation that may be named; those of the installed catalogue if None.

    Raises:
        ControlsError: everything that is wrong with them, each with its line.
    """
    found: list[tuple[Document, Regulation]] = []
    errors: list[PolicyError] = []
    for path in sorted(directory.glob("*.yml")):
        try:
            found.append(_read(path))
        except PolicyError as error:
            errors += error.errors
    known = all_expectations() if known is None else known
    for document, regulation in found:
        errors += _unfit(document, regulation, known)
    errors += _twice(found)
    if not found and not errors:
        errors.append(ControlsError("There are no files of controls.", "Install the package again.", str(directory)))
    _raise(errors)
    return tuple(regulation for _, regulation in found)


@cache
def _installed() -> tuple[Regulation, ...]:
    return load()


def regulation(name: str, regulations: Iterable[Regulation] | None = None) -> Regulation:
    """A regulation by its id.

    Args:
        name: the id.
        regulations: among which ones; all installed ones if None.

    Raises:
        ControlsError: there is none, or the files cannot be used.
    """
    every = {each.id: each for each in (_installed() if regulations is None else regulations)}
    if name not in every:
        guess = nearest(name, list(every))
        raise ControlsError(
            f"There is no regulation {name}.", f"Did you mean {guess}?" if guess else f"There are {', '.join(every)}."
        )
    return every[name]


def controls_of(expectation: str, regulations: Iterable[Regulation] | None = None) -> tuple[Control, ...]:
    """The requirements that an expectation gives evidence for, in the order of the files.

    Args:
        expectation: its snake-case type.
        regulations: of which ones; all installed ones if None.
    """
    return tuple(
        Control(each.id, requirement.id, requirement.title, mapping.strength)
        for each in (_installed() if regulations is None else regulations)
        for requirement in each.requirements
        for mapping in requirement.mappings or ()
        if mapping.expectation == expectation
    )


def _read(path: Path) -> tuple[Document, Regulation]:
    document = read_document(path)
    try:
        found = Regulation.model_validate(document.data)
    except ValidationError as error:
        _raise(_said(error, document))
        raise
    if found.id != path.stem:
        _raise(
            [_wrong(document, ("id",), f"The id is {found.id}, the file is called {path.stem}.", "Name both alike.")]
        )
    return document, found


def _unfit(document: Document, regulation: Regulation, known: Collection[str]) -> Iterator[PolicyError]:
    """Expectations that are unknown or named twice, and parameters that they do not have."""
    for number, requirement in enumerate(regulation.requirements):
        named: set[str] = set()
        for index, mapping in enumerate(requirement.mappings or ()):
            at: Address = ("requirements", number, "mappings", index)
            name = mapping.expectation
            if name not in known:
                guess = nearest(name, sorted(known))
                said = f"{requirement.id}: there is no expectation {name}."
                yield _wrong(document, (*at, "expectation"), said, f"Did you mean {guess}?" if guess else "")
            elif name in named:
                said = f"{requirement.id}: {name} is mapped twice."
                yield _wrong(document, (*at, "expectation"), said, "Keep one of them.")
            named.add(name)
            yield from _unknown_parameters(document, regulation, requirement, mapping, at)


def _unknown_parameters(
    document: Document, regulation: Regulation, requirement: Requirement, mapping: Mapping, at: Address
) -> Iterator[PolicyError]:
    expectation = all_expectations().get(mapping.expectation)
    if expectation is None:
        return
    for name in regulation.requires_of(mapping):
        if name not in expectation.model_fields:
            guess = nearest(name, list(expectation.model_fields))
            where = (*at, "requires", name) if name in mapping.requires else ("requires", name)
            said = f"{requirement.id}: {mapping.expectation} has no parameter {name}."
            yield _wrong(document, where, said, f"Did you mean {guess}?" if guess else "")


def _twice(found: Iterable[tuple[Document, Regulation]]) -> Iterator[PolicyError]:
    for document, regulation in found:
        counted = Counter(each.id for each in regulation.requirements)
        for number, requirement in enumerate(regulation.requirements):
            if counted[requirement.id] > 1:
                said = f"{requirement.id} is there {counted[requirement.id]} times."
                yield _wrong(document, ("requirements", number, "id"), said, "Give each its own id.")


def _said(error: ValidationError, document: Document) -> Iterator[PolicyError]:
    """What pydantic found, as sentences that name the requirement and the expectation."""
    for invalid in read_invalid_values(error):
        address = tuple(part for part in invalid.address if part != "[key]")
        place = _place(address, document.data)
        name = str(address[-1]) if address else ""
        hint = ""
        match invalid.kind:
            case "missing" if name == "does_not_show":
                said, hint = f"{place}does_not_show is missing.", "Say what stays open when it passes."
            case "missing" if name == "expectation":
                said, hint = f"{place}a mapping without an expectation.", "Name the expectation that gives evidence."
            case "missing":
                said = f"{place}{name} is missing."
            case "literal_error" if name == "strength":
                said, hint = f"{place}there is no strength {invalid.value}.", f"There are {', '.join(STRENGTHS)}."
            case "extra_forbidden" if name == "mappings" and len(address) == 1:
                said, hint = "A mapping outside of any requirement.", "Put it under the one that it gives evidence for."
            case "extra_forbidden" if "requires" in address:
                said, hint = f"{place}there is no operator {name}.", f"There are {', '.join(Limit.model_fields)}."
            case _ if "eq" in address:
                said = f"{place}eq takes one value."
            case "model_type" if "requires" in address:
                said, hint = f"{place}{name} has no operator.", f"There are {', '.join(Limit.model_fields)}."
            case "extra_forbidden":
                said = f"{place}there is no such key as {name}."
            case _:
                field = f"{name}: " if isinstance(address[-1:] and address[-1], str) else ""
                said = f"{place}{field}{invalid.message}."
        yield _wrong(document, address, said, hint)


def _place(address: tuple[Any, ...], data: Any) -> str:
    """Which requirement and which mapping an address lies in, for the start of a sentence."""
    said = []
    for part in address:
        known = part in data if isinstance(data, dict) else isinstance(data, list) and isinstance(part, int)
        data = data[part] if known else None
        if isinstance(data, dict):
            said += [str(data[name]) for name in ("id", "expectation") if isinstance(data.get(name), str)]
    return f"{', '.join(said)}: " if said else ""


def _wrong(document: Document, address: Address, message: str, hint: str = "") -> PolicyError:
    mark = document.mark(address)
    return PolicyError(message, hint, mark.file, mark.line)


def _raise(errors: Iterable[PolicyError]) -> None:
    found = together(errors)
    if found:
        raise ControlsError(found.message, found.hint, found.file, found.line, found.errors[1:])
