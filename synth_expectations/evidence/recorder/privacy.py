"""Take the directories and hosts of a machine out of sentences: a record is read far from the machine of its run."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from synth_expectations.redaction import escape_invisible, replace_control_characters


@dataclass(frozen=True)
class PrivateNames:
    """What no record repeats.

    Attributes:
        pattern: matches any of it.
    """

    pattern: re.Pattern[str]

    @classmethod
    def of(cls, root: Path, names: Iterable[str]) -> PrivateNames:
        """Return the private names of a project.

        Args:
            root: the directory of great_expectations.yml.
            names: directories and hosts of its data sources.
        """
        directories = {str(root), str(root.resolve()), str(root.resolve().parent), os.getcwd(), str(Path.home())}
        directories |= {os.path.realpath(name) for name in names if os.path.isabs(name)}
        private = {name.rstrip("/") for name in {*directories, *names}} - {"", "."}
        spelled = {spelling for name in private for spelling in _list_spellings(name)}
        longest_first = sorted(spelled - {""}, key=lambda name: (-len(name), name))
        known = "|".join(re.escape(name) for name in longest_first)
        # what is left: a path of two or more parts that begins where a word does
        return cls(re.compile(rf"(?:{known})/?|(?<![\w./:*…-])/(?:[\w.@+%=~-]+/)+"))

    def mask(self, text: str) -> str:
        """Return a sentence without them."""
        return self.pattern.sub("…/", text)


def _list_spellings(name: str) -> tuple[str, ...]:
    """Return a name as sentences write it: as it is, with escapes, or without what does not print."""
    printable = " ".join(replace_control_characters(name).split())
    return name, escape_invisible(name), printable, ascii(name)[1:-1]
