"""Take results of before the ledger in, as what they are: files that nothing proves."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from pydantic import Field

from synth_expectations.errors import SynthError
from synth_expectations.evidence.ledger.entry import Entry, EntryKind
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.records.fields import Sha256
from synth_expectations.policy.types import ClosedModel


class AdoptedResult(ClosedModel):
    """A result that Great Expectations stored before there was a ledger.

    Attributes:
        path: below the directory that was adopted.
        sha256: of the file, an object of the ledger.
        run_time: as the file says it; nothing proves it.
    """

    path: str
    sha256: Sha256
    bytes: int
    run_time: str = ""


class AdoptionBody(ClosedModel):
    """Results that were taken in: nothing shows when they were made, and by what."""

    body_schema: Literal["adoption/1"] = Field("adoption/1", alias="schema")
    results: tuple[AdoptedResult, ...]
    by: str = ""


def adopt_results(ledger: EvidenceLedger, directory: Path, by: str = "") -> tuple[Entry, AdoptionBody]:
    """Keep the results below a directory as objects, and append one entry that names them.

    Args:
        ledger: of the project.
        directory: of Great Expectations' validation results.
        by: who adopts them, as they say.

    Raises:
        SynthError: there are none, or a file is not a result.
    """
    adopted = tuple(_adopt(ledger, directory, path) for path in _list_results(directory))
    if not adopted:
        raise SynthError(
            f"There are no results in {directory}.", "Name the directory of Great Expectations' validation results."
        )
    body = AdoptionBody(results=adopted, by=by)
    return ledger.append(EntryKind.RESULT_ADOPTED, body), body


def _list_results(directory: Path) -> Iterator[Path]:
    for path in sorted(directory.rglob("*.json")):
        if path.is_file() and not path.is_symlink() and not path.name.startswith("."):
            yield path


def _adopt(ledger: EvidenceLedger, directory: Path, path: Path) -> AdoptedResult:
    content = path.read_bytes()
    try:
        document = json.loads(content)
        run_id = document["meta"]["run_id"]
        is_result = isinstance(document["results"], list)
    except (ValueError, KeyError, TypeError, RecursionError):
        is_result, run_id = False, {}
    if not is_result:
        raise SynthError(
            f"{path} is not a result that Great Expectations stored.",
            "Name the directory of its validation results alone.",
        )
    run_time = run_id.get("run_time") if isinstance(run_id, dict) else ""
    return AdoptedResult(
        path=path.relative_to(directory).as_posix(),
        sha256=ledger.put_object(content),
        bytes=len(content),
        run_time=str(run_time or ""),
    )
