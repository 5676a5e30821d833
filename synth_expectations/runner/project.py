"""Opens a Great Expectations project, and looks whether a run can leave its results."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import great_expectations
from great_expectations.checkpoint import Checkpoint
from great_expectations.data_context import FileDataContext
from great_expectations.data_context.types.base import ProgressBarsConfig
from great_expectations.exceptions import GreatExpectationsError

import synth_expectations.gx  # noqa: F401 - registers our classes
from synth_expectations.errors import SynthError, nearest
from synth_expectations.redaction import without_secrets


def open_project(root: Path, variables: Mapping[str, Any] | None = None) -> FileDataContext:
    """The project in a directory.

    Args:
        root: the directory of great_expectations.yml.
        variables: what `${VARIABLE}` means beside what the environment and config_variables.yml say.

    Raises:
        SynthError: there is none, or it cannot be opened.
    """
    if not (root / "great_expectations.yml").is_file():
        raise SynthError(
            f"There is no Great Expectations project in {root}.",
            "Start one with: synth-expectations init, then compile. Or name it: --project DIRECTORY",
        )
    try:
        context = great_expectations.get_context(
            mode="file", context_root_dir=root, runtime_environment=dict(variables or {})
        )
    except PermissionError as error:
        raise SynthError(f"{error.filename or root} cannot be read or written.", "Check who owns it.") from None
    except (GreatExpectationsError, ValueError, LookupError, OSError) as error:
        raise SynthError(f"The project in {root} cannot be opened: {one_line(error)}", "Compile it again.") from None
    assert isinstance(context, FileDataContext)
    context.variables.progress_bars = ProgressBarsConfig(globally=False)  # in memory: the project's own file stays
    return context


@dataclass(frozen=True)
class Opened:
    """A checkpoint, opened as far as it can be: what one table has wrong with it does not stop the others.

    Attributes:
        name: of the checkpoint.
        stored: as it lies in the store.
        definitions: the names of its validation definitions, in its order.
    """

    name: str
    stored: Mapping[str, Any]
    definitions: tuple[str, ...]

    def checkpoint(self, definitions: Collection[str]) -> Checkpoint:
        """Great Expectations' own, of some of its validation definitions.

        Raises:
            SynthError: it cannot be read.
        """
        kept = [each for each in self.stored["validation_definitions"] if each["name"] in definitions]
        try:
            return Checkpoint.parse_obj({**self.stored, "validation_definitions": kept})
        except (GreatExpectationsError, ValueError, LookupError) as error:
            raise SynthError(
                f"The checkpoint {self.name} cannot be read: {said_by(error)}",
                "Something that it needs was changed or removed: compile, then review the diff.",
            ) from None


def open_checkpoint(context: FileDataContext, name: str) -> Opened:
    """A checkpoint by its name.

    Raises:
        SynthError: there is none, or it cannot be read at all.
    """
    known = sorted(key.to_tuple()[0] for key in context.checkpoint_store.list_keys())
    if name not in known:
        guess = nearest(name, known)
        hint = f"Did you mean {guess}?" if guess else f"There are {', '.join(known)}." if known else "There is none."
        raise SynthError(f"There is no checkpoint {name}.", hint)
    try:
        stored = json.loads(context.checkpoint_store.store_backend.get((name,)))
        return Opened(name, stored, tuple(each["name"] for each in stored["validation_definitions"]))
    except (GreatExpectationsError, ValueError, LookupError, TypeError) as error:
        raise SynthError(
            f"The checkpoint {name} cannot be read: {said_by(error)}",
            "Something that it needs was changed or removed: compile, then review the diff.",
        ) from None


def stored_definition(context: FileDataContext, name: str) -> dict[str, Any] | None:
    """A validation definition as it lies in the store; None if it cannot be read."""
    try:
        stored = json.loads(context.validation_definition_store.store_backend.get((name,)))
    except (GreatExpectationsError, ValueError, LookupError, TypeError):
        return None
    return stored if isinstance(stored, dict) else None


def suite_of(definition: Mapping[str, Any] | None, name: str) -> str:
    """The name of the suite of a stored validation definition; of one that cannot be read its own."""
    try:
        return str((definition or {})["suite"]["name"])
    except (LookupError, TypeError):
        return name


def said_by(error: BaseException) -> str:
    """What is wrong, in one line: of a validation only the sentences."""
    try:
        messages = [str(each["msg"]) for each in error.errors()]  # type: ignore[attr-defined]
    except (AttributeError, TypeError, LookupError):
        return one_line(error)
    return one_line(ValueError("; ".join(dict.fromkeys(messages))))


def unwritable(root: Path, config: Mapping[str, Any]) -> Iterator[str]:
    """Why results or docs cannot be written, one sentence a directory: found before the work, not after.

    Args:
        root: the directory of great_expectations.yml.
        config: what it says, variables substituted.
    """
    stores = config.get("stores") or {}
    backends = [(stores.get(str(config.get("validation_results_store_name"))) or {}).get("store_backend")]
    backends += [site.get("store_backend") for site in (config.get("data_docs_sites") or {}).values()]
    for backend in backends:
        base = (backend or {}).get("base_directory")
        if base is None:
            continue  # not a directory: an object store answers for itself
        directory = Path(root, str(base))
        if reason := refused(directory):
            yield f"Results cannot be written to {directory}: {reason}"


def configuration(context: FileDataContext) -> Mapping[str, Any]:
    """What great_expectations.yml says, variables substituted."""
    return context.project_config_with_variables_substituted.to_dict()


def refused(directory: Path) -> str:
    """Why nothing can be written to a directory, or to where it would be made; empty if it can."""
    existing = next(each for each in (directory, *directory.parents) if each.exists())
    try:
        if not existing.is_dir():
            return f"{existing} is a file."
        with tempfile.TemporaryFile(dir=existing):
            return ""
    except OSError as error:
        return f"{error.strerror}."


def one_line(error: BaseException) -> str:
    """What a library said, in one line of a sensible length, without a secret."""
    if variable := getattr(error, "missing_config_variable", None):
        return f"The variable {variable} is not set."
    said = without_secrets(" ".join(str(error).split())) or type(error).__name__
    return said if len(said) <= 300 else f"{said[:297]}..."
