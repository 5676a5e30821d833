"""The one door to Great Expectations: everything else in this room works on plain records.

Great Expectations takes seconds to import, so `synth_expectations.gx.project` is imported when something is called.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from synth_expectations.errors import SynthError

if TYPE_CHECKING:
    from synth_expectations.gx.project import Project


def open_project(root: Path, variables: Mapping[str, Any] | None = None) -> Project:
    """Open the Great Expectations project in a directory.

    Args:
        root: the directory of great_expectations.yml.
        variables: values of `${VARIABLE}`s beside those of the environment and of config_variables.yml.

    Raises:
        SynthError: there is no project, or it cannot be opened.
    """
    if not (root / "great_expectations.yml").is_file():
        raise SynthError(
            f"There is no Great Expectations project in {root}.",
            "Start one with: synth-expectations init, then compile. Or name it: --project DIRECTORY",
        )
    from synth_expectations.gx import project

    return project.open_project(root, variables or {})


@contextmanager
def keep_current_project() -> Iterator[None]:
    """Let Great Expectations go on with the project that the host had open, whatever is opened meanwhile."""
    from synth_expectations.gx import project

    with project.keep_current_project():
        yield


def locate_files(path: str, root: Path) -> str:
    """Return the absolute path of files, or their address, with variables substituted.

    Args:
        path: as a policy has it.
        root: relative paths start there.

    Raises:
        SynthError: a variable is not set.
    """
    from synth_expectations.gx import project

    return project.locate(path, root)


def load_great_expectations() -> None:
    """Import Great Expectations now, where it can be waited for."""
    from synth_expectations.gx import project  # noqa: F401


def find_running_queries() -> list[Any]:
    """Return the objects whose `cancel` ends the queries of Spark sessions that this package started."""
    from synth_expectations.gx import project

    return project.find_running_queries()


def find_unwritable(root: Path, configuration: Mapping[str, Any]) -> Iterator[str]:
    """Yield why results or Data Docs cannot be written, a sentence a directory: before the work, not after it.

    Args:
        root: the directory of great_expectations.yml.
        configuration: its content, with variables substituted.
    """
    stores = configuration.get("stores") or {}
    backends = [(stores.get(str(configuration.get("validation_results_store_name"))) or {}).get("store_backend")]
    backends += [site.get("store_backend") for site in (configuration.get("data_docs_sites") or {}).values()]
    for backend in backends:
        base = (backend or {}).get("base_directory")
        if base is None:
            continue  # not a directory: an object store answers for itself
        directory = Path(root, str(base))
        if reason := check_writable(directory):
            yield f"Results cannot be written to {directory}: {reason}"


def check_writable(directory: Path) -> str:
    """Return why nothing can be written to a directory, or to where it would be made; empty if it can."""
    existing = next(path for path in (directory, *directory.parents) if path.exists())
    try:
        if not existing.is_dir():
            return f"{existing} is a file."
        with tempfile.TemporaryFile(dir=existing):
            return ""
    except OSError as error:
        return f"{error.strerror}."
