"""The loader of control files, which rejects what the installed catalogue does not have."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from synth_expectations import __version__
from synth_expectations.controls.limits import Limit
from synth_expectations.controls.model import STRENGTHS, Mapping, Regulation, Requirement, Strength
from synth_expectations.engine.derived_files import DerivedFile
from synth_expectations.errors import nearest, read_invalid_values
from synth_expectations.expectations.catalogue import all_expectations
from synth_expectations.policy.errors import PolicyError, combine_errors
from synth_expectations.policy.load.plain_yaml import Address
from synth_expectations.policy.load.yaml import Document, read_document

HERE = Path(__file__).parent
"""Where the files lie."""


class ControlsError(PolicyError):
    """Control files with errors, each with its line."""


@dataclass(frozen=True)
class Control:
    """A requirement that an expectation gives evidence for."""

    regulation: str
    requirement: str
    title: str
    strength: Strength


def load_regulations(directory: Path = HERE, known: Collection[str] | None = None) -> tuple[Regulation, ...]:
    """Read every control file, in the order of their names.

    Args:
        directory: where they lie.
        known: the types of expectation that may be named; those of the installed catalogue if None.

    Raises:
        ControlsError: everything that is wrong with them, each with its line.
    """
    parsed: list[tuple[Document, Regulation]] = []
    errors: list[PolicyError] = []
    for path in sorted(directory.glob("*.yml")):
        try:
            parsed.append(_read(path))
        except PolicyError as error:
            errors += error.errors
    known = all_expectations() if known is None else known
    for document, regulation in parsed:
        errors += _find_unknown(document, regulation, known)
    errors += _find_duplicates(parsed)
    if not parsed and not errors:
        errors.append(ControlsError("There are no files of controls.", "Install the package again.", str(directory)))
    _raise(errors)
    return tuple(regulation for _, regulation in parsed)


@cache
def load_installed() -> tuple[Regulation, ...]:
    """Return the regulations of the package, once a process: a run has no time to find the line of each part.

    They are kept as JSON, which is read in a tenth of the time of YAML, for as long as the files stay the same.

    Raises:
        ControlsError: somebody changed them, and they cannot be used; everything that is wrong, each with its line.
    """
    try:
        texts = [path.read_bytes() for path in sorted(HERE.glob("*.yml"))]
        digests = [hashlib.sha256(text).hexdigest() for text in texts]
        kept = DerivedFile(HERE / "regulations", " ".join([__version__, *digests]))
        model = TypeAdapter(tuple[Regulation, ...])
        if content := kept.read():
            with suppress(ValidationError):  # a model of another state of this checkout wrote it
                return model.validate_json(content)
        regulations = tuple(Regulation.model_validate(YAML(typ="safe").load(text)) for text in texts)
    except (YAMLError, ValidationError, OSError, UnicodeDecodeError):
        return load_regulations()
    kept.write(model.dump_json(regulations, exclude_unset=True, by_alias=True))
    return regulations


def find_regulation(name: str, regulations: Iterable[Regulation] | None = None) -> Regulation:
    """Return the regulation with an id.

    Args:
        name: the id.
        regulations: among which ones; all installed ones if None.

    Raises:
        ControlsError: there is none, or the files cannot be used.
    """
    by_id = {candidate.id: candidate for candidate in (load_installed() if regulations is None else regulations)}
    if name not in by_id:
        guess = nearest(name, list(by_id))
        raise ControlsError(
            f"There is no regulation {name}.", f"Did you mean {guess}?" if guess else f"There are {', '.join(by_id)}."
        )
    return by_id[name]


def find_controls(expectation: str, regulations: Iterable[Regulation] | None = None) -> tuple[Control, ...]:
    """Return the requirements that an expectation gives evidence for, in the order of the files.

    Args:
        expectation: its snake-case type.
        regulations: of which ones; all installed ones if None.
    """
    return tuple(
        Control(candidate.id, requirement.id, requirement.title, mapping.strength)
        for candidate in (load_installed() if regulations is None else regulations)
        for requirement in candidate.requirements
        for mapping in requirement.mappings or ()
        if mapping.expectation == expectation
    )


def _read(path: Path) -> tuple[Document, Regulation]:
    document = read_document(path)
    try:
        parsed = Regulation.model_validate(document.data)
    except ValidationError as error:
        _raise(_to_sentences(error, document))
        raise
    if parsed.id != path.stem:
        _raise(
            [
                _locate_error(
                    document,
                    ("id",),
                    f"The id is {parsed.id}, the file is called {path.stem}.",
                    "Give both the same name.",
                )
            ]
        )
    return document, parsed


def _find_unknown(document: Document, regulation: Regulation, known: Collection[str]) -> Iterator[PolicyError]:
    """Yield an error for each expectation that is unknown or mapped twice, and each unknown parameter."""
    for number, requirement in enumerate(regulation.requirements):
        named: set[str] = set()
        for index, mapping in enumerate(requirement.mappings or ()):
            at: Address = ("requirements", number, "mappings", index)
            name = mapping.expectation
            if name not in known:
                guess = nearest(name, sorted(known))
                message = f"{requirement.id}: there is no expectation {name}."
                yield _locate_error(document, (*at, "expectation"), message, f"Did you mean {guess}?" if guess else "")
            elif name in named:
                message = f"{requirement.id}: {name} is mapped twice."
                yield _locate_error(document, (*at, "expectation"), message, "Keep one of them.")
            named.add(name)
            yield from _find_unknown_parameters(document, regulation, requirement, mapping, at)


def _find_unknown_parameters(
    document: Document, regulation: Regulation, requirement: Requirement, mapping: Mapping, at: Address
) -> Iterator[PolicyError]:
    expectation = all_expectations().get(mapping.expectation)
    if expectation is None:
        return
    for name in regulation.find_limits(mapping):
        if name not in expectation.model_fields:
            guess = nearest(name, list(expectation.model_fields))
            where = (*at, "requires", name) if name in mapping.requires else ("requires", name)
            message = f"{requirement.id}: {mapping.expectation} has no parameter {name}."
            yield _locate_error(document, where, message, f"Did you mean {guess}?" if guess else "")


def _find_duplicates(parsed: Iterable[tuple[Document, Regulation]]) -> Iterator[PolicyError]:
    for document, regulation in parsed:
        counted = Counter(requirement.id for requirement in regulation.requirements)
        for number, requirement in enumerate(regulation.requirements):
            if counted[requirement.id] > 1:
                message = f"{requirement.id} appears {counted[requirement.id]} times."
                yield _locate_error(document, ("requirements", number, "id"), message, "Give each its own id.")


def _to_sentences(error: ValidationError, document: Document) -> Iterator[PolicyError]:
    """Turn pydantic's errors into sentences that name the requirement and the expectation."""
    for invalid in read_invalid_values(error):
        address = tuple(part for part in invalid.address if part != "[key]")
        place = _format_place(address, document.data)
        name = str(address[-1]) if address else ""
        hint = ""
        match invalid.kind:
            case "missing" if name == "does_not_show":
                message, hint = f"{place}does_not_show is missing.", "Say what stays open when it passes."
            case "missing" if name == "expectation":
                message, hint = f"{place}a mapping without an expectation.", "Name the expectation that gives evidence."
            case "missing":
                message = f"{place}{name} is missing."
            case "literal_error" if name == "strength":
                message, hint = f"{place}there is no strength {invalid.value}.", f"There are {', '.join(STRENGTHS)}."
            case "extra_forbidden" if name == "mappings" and len(address) == 1:
                message, hint = (
                    "A mapping outside of any requirement.",
                    "Put it under the one that it gives evidence for.",
                )
            case "extra_forbidden" if "requires" in address:
                message, hint = f"{place}there is no operator {name}.", f"There are {', '.join(Limit.model_fields)}."
            case _ if "eq" in address:
                message = f"{place}eq takes one value."
            case "model_type" if "requires" in address:
                message, hint = f"{place}{name} has no operator.", f"There are {', '.join(Limit.model_fields)}."
            case "extra_forbidden":
                message = f"{place}there is no key {name}."
            case _:
                field = f"{name}: " if isinstance(address[-1:] and address[-1], str) else ""
                message = f"{place}{field}{invalid.message}."
        yield _locate_error(document, address, message, hint)


def _format_place(address: tuple[Any, ...], data: Any) -> str:
    """Return the requirement and the mapping of an address, as the start of a sentence."""
    names = []
    for part in address:
        known = part in data if isinstance(data, dict) else isinstance(data, list) and isinstance(part, int)
        data = data[part] if known else None
        if isinstance(data, dict):
            names += [str(data[name]) for name in ("id", "expectation") if isinstance(data.get(name), str)]
    return f"{', '.join(names)}: " if names else ""


def _locate_error(document: Document, address: Address, message: str, hint: str = "") -> PolicyError:
    mark = document.find_mark(address)
    return PolicyError(message, hint, mark.file, mark.line)


def _raise(errors: Iterable[PolicyError]) -> None:
    combined = combine_errors(errors)
    if combined:
        raise ControlsError(combined.message, combined.hint, combined.file, combined.line, combined.errors[1:])
