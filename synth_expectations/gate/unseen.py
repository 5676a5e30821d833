"""What is named or bound for production and in which the gate saw nothing: it must not go by without a word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Set

from synth_expectations.gate.exclusions import is_code, is_of_tests
from synth_expectations.gate.foreign import find_packing, find_pointer
from synth_expectations.gate.formats import metadata
from synth_expectations.gate.inspection import Inspection
from synth_expectations.gate.model import GateNote, UnreadFile
from synth_expectations.gate.objects import NOT_PEOPLE, strip_namespace
from synth_expectations.gate.packing import strip_packing
from synth_expectations.gate.repository import FileTree
from synth_expectations.gate.sidecar import SUFFIXES

_ENDINGS = 8
"""Endings of names that a note lists at most."""

_PACKED = re.compile(
    r"\.(zip|gz|tgz|bz2|xz|zst|7z|rar|tar|xlsx?|xlsm|xlsb|ods|numbers|avro|orc|feather|arrow|db|sqlite3?|dump|bak|bson|mdb|accdb"
    r"|sav|dta|sas7bdat|rds|rdata|pkl|pickle|h5|vcf|ldif|dbf|gpg|pgp|asc|age|enc)$",
    re.IGNORECASE,
)
"""Endings of files that hold records more often than not, packed or in a format of their own."""

_NO_PERSON = "No person was seen in it: none of its fields is called like an e-mail, a phone or a name."
_EMPTY = "It is empty."
_NO_RECORDS = "No record was seen in it: no row, and no list of objects."


def note_unseen(inspection: Inspection, context: Set[str]) -> None:
    """Say of which files that are named or bound for production nothing was seen.

    Code and tests that a glob such as `**` reaches are counted; any other file is named.

    Args:
        inspection: what was read; its notes and unread files are added to.
        context: files that tell of loads, and were read as such.
    """
    tree, scope = inspection.tree, inspection.scope
    known = {file.path for file in (*tree.unread, *inspection.unread)} | context | set(inspection.recipes)
    known |= {
        load.path
        for load in inspection.loads
        if load.people or strip_namespace(load.object) in {"account", *NOT_PEOPLE}
    }
    loaded = {load.path for load in inspection.loads}
    code: Counter[str] = Counter()
    tests = 0
    for path in sorted(tree.files.keys() - known):
        if not tree.is_wanted(path) or metadata.is_metadata(path):
            continue
        if path.endswith(SUFFIXES):
            inspection.notes += _note_sidecar(tree, path)
            continue
        is_meant = tree.is_named(path) or scope.is_named(path)
        if not is_meant and scope.find(path) is None:
            continue
        if not is_meant and is_of_tests(path):
            tests += 1
        elif tree.files[path].size == 0:
            inspection.notes.append(GateNote(path, _EMPTY))
        elif path in inspection.tools:
            if is_meant or scope.find_named(path):
                text = (
                    f"It is a document of {inspection.tools[path]}: people in it are examples or settings, and no load."
                )
                inspection.notes.append(GateNote(path, text))
            else:
                code[path.rpartition("/")[2].rpartition(".")[2]] += 1
        elif not is_meant and (is_code(strip_packing(path)) or (path.endswith(".sql") and path not in inspection.read)):
            code[path.rpartition("/")[2].rpartition(".")[2]] += 1
        elif path in inspection.read:
            inspection.notes.append(GateNote(path, _NO_PERSON if path in loaded else _NO_RECORDS))
        else:
            file = tree.files[path]
            kind = find_packing(file)
            pointer = find_pointer(file)
            is_telling = _PACKED.search(path) or kind or pointer
            bound = scope.find_named(path) if is_telling else scope.files.get(path.casefold())
            reason = bound.reason if bound and bound.is_certain else ""
            is_unnamed = kind and not _PACKED.search(path)
            why = pointer or f"the gate does not read its format{f': it is {kind}' if is_unnamed else ''}"
            inspection.unread.append(UnreadFile(path, why, reason))
    inspection.notes += _count_left_out(code, tests)


def _note_sidecar(tree: FileTree, path: str) -> list[GateNote]:
    """Say of a sidecar whose file is gone or was renamed that it tags nothing."""
    tagged = next(path.removesuffix(suffix) for suffix in SUFFIXES if path.endswith(suffix))
    if tagged in tree.files:
        return []
    return [GateNote(path, f"It tags nothing: {tagged.rpartition('/')[2]} is not there.")]


def _count_left_out(code: Counter[str], tests: int) -> list[GateNote]:
    notes = []
    if total := code.total():
        listed = ", ".join(f"{count:,} {ending}" for ending, count in code.most_common(_ENDINGS))
        more = f" and {len(code) - _ENDINGS} other endings" if len(code) > _ENDINGS else ""
        noun = "file of code is" if total == 1 else "files of code are"
        notes.append(GateNote(".", f"{total:,} {noun} bound for production and no load: {listed}{more}."))
    if tests:
        noun = "file lies" if tests == 1 else "files lie"
        text = f"{tests:,} {noun} in folders of tests or of static resources, and were not taken for loads."
        notes.append(GateNote(".", text.replace("were", "was") if tests == 1 else text))
    return notes
