"""Seeds and fixtures of Rails: what `db:seed` and its like load, which may be run in production."""

from __future__ import annotations

import re

from synth_expectations.gate.decoding import decode
from synth_expectations.gate.deployments.scripts import ScriptCommand, is_for_production, list_commands, read_scripts
from synth_expectations.gate.exclusions import is_code
from synth_expectations.gate.model import GateNote, UnreadFileError
from synth_expectations.gate.packing import strip_packing
from synth_expectations.gate.production import Bound, ProductionScope
from synth_expectations.gate.repository import FileTree, SourceFile

_PRODUCTION = "config/environments/production.rb"
_WORDS = re.compile(r"\bdb:")
_COMMAND = re.compile(r"\b(?:rails|rake)\b[^\n|;&#]*?\bdb:(?P<task>seed(?:_fu)?|setup|prepare|reset|fixtures:load)\b")
_FIXTURES_PATH = re.compile(r"FIXTURES_PATH=[\"']?([^\s\"']+)")
_DATA = re.compile(r"[\"']([^\"'\n#]{1,200}\.(?:csv|tsv|json|jsonl|ya?ml|xlsx|xml|sql)(?:\.gz)?)[\"']", re.IGNORECASE)
_FOLDERS = ("db/seeds", "db/fixtures", "db/seed", "db/data")
_MAX_BYTES = 1_000_000


def bind_rails_seeds(tree: FileTree, scope: ProductionScope) -> None:
    """Take the files that the seeds of each Rails application load into production, or may."""
    roots = [path.removesuffix(_PRODUCTION) for path in tree.files if f"/{path}".endswith(f"/{_PRODUCTION}")]
    if not roots:
        return
    commands = list(list_commands(read_scripts(tree, _WORDS), _COMMAND))
    for root in roots:
        _bind(tree, scope, root, [command for command in commands if command.path.startswith(root) or len(roots) == 1])


def _bind(tree: FileTree, scope: ProductionScope, root: str, commands: list[ScriptCommand]) -> None:
    seeding = [command for command in commands if command.match["task"] != "fixtures:load"]
    bound = _find_bound(root, seeding)
    code = [
        file
        for path, file in tree.files.items()
        if path.endswith(".rb") and path.startswith((f"{root}db/seeds", f"{root}db/fixtures/"))
    ]
    for path in _list_data(tree, root, code):
        folder = path.removeprefix(root).rpartition("/")[0]
        answer = is_for_production(folder)
        if answer is not False:
            reason = f"the folder {root}{folder} is named for production" if answer else bound.reason
            scope.add_file(path, Bound(reason, bool(answer) or bound.is_certain))
    for file in code:
        if is_for_production(file.path.removeprefix(root)) is not False:
            text = f"It creates records when it runs, which the gate does not see: {bound.reason}."
            scope.notes.append(GateNote(file.path, text))
    for command in commands:
        if command.match["task"] == "fixtures:load":
            named = _FIXTURES_PATH.search(command.match.string, *_line_of(command.match))
            folder = f"{root}{named[1].strip('/')}" if named else f"{root}test/fixtures"
            reason = f"{command.path} runs db:fixtures:load{command.doubt}"
            for path in tree.files:
                if path.startswith(f"{folder}/") and not is_code(path):
                    scope.add_file(path, Bound(reason, bool(command.is_for_production)))


def _line_of(match: re.Match[str]) -> tuple[int, int]:
    end = match.string.find("\n", match.end())
    return match.string.rfind("\n", 0, match.start()) + 1, end if end >= 0 else len(match.string)


def _find_bound(root: str, commands: list[ScriptCommand]) -> Bound:
    for command in sorted(commands, key=lambda command: not command.is_for_production):
        return Bound(f"{command.path} runs db:{command.match['task']}{command.doubt}", bool(command.is_for_production))
    reason = f"{root}{_PRODUCTION} shows an application in production, and nothing tells whether db:seed is run there"
    return Bound(reason, is_certain=False)


def _list_data(tree: FileTree, root: str, code: list[SourceFile]) -> list[str]:
    """Return the files of data that lie with the seeds, or that their code names."""
    paths = [
        path
        for path in tree.files
        if path.startswith(tuple(f"{root}{folder}/" for folder in _FOLDERS)) and not is_code(strip_packing(path))
    ]
    for file in code:
        try:
            text = decode(file.read_bytes(_MAX_BYTES))
        except UnreadFileError:
            continue  # a note says that its records are not seen
        for name in _DATA.findall(text):
            paths += [path for path in tree.find_ending(name.rpartition("}")[2]) if path.startswith(root)]
    return sorted(set(paths))
