"""Fixtures of Django: what `loaddata` loads, in scripts and in migrations."""

from __future__ import annotations

import re
from collections.abc import Iterator

from synth_expectations.gate.decoding import decode
from synth_expectations.gate.deployments.scripts import list_commands, read_scripts
from synth_expectations.gate.exclusions import find_likely_test
from synth_expectations.gate.model import GateNote, UnreadFileError
from synth_expectations.gate.packing import strip_packing
from synth_expectations.gate.production import Bound, ProductionScope
from synth_expectations.gate.repository import FileTree

_WORDS = re.compile(r"\bloaddata\b")
_COMMAND = re.compile(r"\bloaddata\b[\"']?(?P<arguments>[^\n|;&#]*)")
_CALL = re.compile(r"call_command\(\s*[\"']loaddata[\"']\s*,(?P<arguments>[^)]*)")
_SETTINGS = re.compile(r"(?:^|/)settings(?:/|_)(?:prod|production|live)\.py$")
_ENDINGS = re.compile(r"\.(json|jsonl|xml|ya?ml)$", re.IGNORECASE)
_MAX_BYTES = 1_000_000


def bind_fixtures(tree: FileTree, scope: ProductionScope) -> None:
    """Take the fixtures of Django that are loaded into production, or may be."""
    roots = [path.removesuffix("manage.py") for path, file in tree.files.items() if file.name == "manage.py"]
    if not roots:
        return
    fixtures = [path for path in tree.files if "/fixtures/" in f"/{path}" and _ENDINGS.search(strip_packing(path))]
    for command in list_commands(read_scripts(tree, _WORDS), _COMMAND):
        bound = Bound(f"{command.path} runs loaddata with it{command.doubt}", bool(command.is_for_production))
        for name in _list_names(command.match["arguments"]):
            paths = list(_find(tree, fixtures, name))
            for path in paths:
                scope.add_file(path, bound)
            if not paths and command.is_for_production:
                what = "names its fixtures by a variable" if "$" in name else f"names {name}, which is not there"
                text = f"Its loaddata {what}: name the files with --production or in the policy."
                scope.notes.append(GateNote(command.path, text))
    for path, name in _list_of_migrations(tree):
        for fixture in _find(tree, fixtures, name):
            scope.add_file(fixture, Bound(f"the migration {path} loads it"))
    for root in roots:
        shown = next((path for path in sorted(tree.files) if path.startswith(root) and _SETTINGS.search(path)), "")
        for path in fixtures if shown else ():
            if path.startswith(root) and not find_likely_test(path):
                reason = f"{shown} shows a project in production, and nothing tells whether loaddata loads it there"
                scope.add_file(path, Bound(reason, is_certain=False))


def _list_names(arguments: str) -> Iterator[str]:
    """Yield the fixtures that a command names, without its options."""
    is_value = False
    for word in re.split(r"[\s\"',\]\[()]+", arguments):
        if word.startswith("-"):
            is_value = "=" not in word and word not in {"--ignorenonexistent", "-i", "--no-color", "--traceback"}
        elif word and not is_value and not word.startswith((">", "<")):
            yield word
        else:
            is_value = is_value and not word


def _find(tree: FileTree, fixtures: list[str], name: str) -> Iterator[str]:
    """Yield the files that a name means: a path, or a label in a folder `fixtures`."""
    plain = name.removeprefix("./").strip("/")
    yield from tree.find_ending(plain)
    for path in fixtures:
        if f"/{_ENDINGS.sub('', strip_packing(path))}".endswith(f"/fixtures/{plain}"):
            yield path


def _list_of_migrations(tree: FileTree) -> Iterator[tuple[str, str]]:
    """Yield the migrations that load fixtures, with the names of these."""
    for path, file in tree.files.items():
        if "/migrations/" not in path or not path.endswith(".py") or file.size > _MAX_BYTES:
            continue
        try:
            text = decode(file.read_bytes(_MAX_BYTES))
        except UnreadFileError:
            continue  # code gets a note at most
        for call in _CALL.finditer(text):
            yield from ((path, name) for name in re.findall(r"[\"']([^\"'\n]+)[\"']", call["arguments"]))
