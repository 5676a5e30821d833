"""Sidecars: a small YAML file beside a load, which tags all of its records and may say who approved it.

`Contact.csv` has `Contact.csv.synthetic.yml`. Tools that read a load strictly leave no place for a tag in it.
"""

from __future__ import annotations

from dataclasses import dataclass

from synth_expectations.gate.foreign import require_own_contents
from synth_expectations.gate.formats.yaml_document import read_yaml_file
from synth_expectations.gate.marker import REAL_WORDS, SYNTHETIC_WORDS, MarkerWords
from synth_expectations.gate.model import UnreadFileError
from synth_expectations.gate.repository import FileTree

SUFFIXES = (".synthetic.yml", ".synthetic.yaml")


@dataclass(frozen=True)
class Sidecar:
    """What a sidecar says.

    Attributes:
        path: of it.
        is_synthetic: whether its `marker` is a word for synthetic records.
        approved_by: who approved that the load goes to production; empty if nobody did.
    """

    path: str
    is_synthetic: bool
    approved_by: str


def find_sidecar(tree: FileTree, path: str, words: MarkerWords) -> Sidecar | None:
    """Return the sidecar of a load, or None.

    Raises:
        UnreadFileError: it is not YAML, or has no `marker`.
    """
    files = [file for suffix in SUFFIXES if (file := tree.files.get(f"{path}{suffix}")) is not None]
    if len(files) > 1:
        raise UnreadFileError(f"it has two sidecars, {files[0].name} and {files[1].name}, of which one must go")
    for file in files:
        try:
            require_own_contents(file)
            data = read_yaml_file(file)
        except UnreadFileError as error:
            raise UnreadFileError(f"its sidecar {file.name} cannot be read: {error}") from None
        marker = data.get("marker") if isinstance(data, dict) else None
        word = str(marker or "").strip().casefold()
        if not word:
            raise UnreadFileError(f"its sidecar {file.name} has no marker")
        known = word in (words.synthetic or SYNTHETIC_WORDS)
        if not known and word not in words.real | REAL_WORDS:
            raise UnreadFileError(f"its sidecar {file.name} has a marker that is not a known word")
        return Sidecar(file.path, known, str(data.get("approved_by") or ""))
    return None
