"""Scripts that deploy or run an application, and their commands: pipelines, Procfiles, containers, shell scripts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from synth_expectations.gate.decoding import decode
from synth_expectations.gate.exclusions import is_of_tests
from synth_expectations.gate.model import UnreadFileError
from synth_expectations.gate.repository import FileTree, SourceFile

_NAMES = re.compile(
    r"procfile(\.\w+)?|app\.json|(.*[._-])?dockerfile([._-].*)?|(docker-)?compose([._-].*)?\.ya?ml|makefile|justfile|fly\.toml"
    r"|render\.ya?ml|heroku\.ya?ml|railway\.(json|toml)|nixpacks\.toml|jenkinsfile|\.gitlab-ci\.ya?ml|package\.json|.*pipelines?\.ya?ml"
    r"|cloudbuild\.ya?ml|appspec\.ya?ml|tox\.ini|.*\.(sh|bash|ps1|rake)|deploy\.rb",
    re.IGNORECASE,
)
_FOLDERS = re.compile(
    r"(?:^|/)(?:bin|script|scripts|deploy|deployment|\.ebextensions|\.platform|\.github/workflows|\.circleci|\.azure|\.gitlab|ci|dags)/",
    re.IGNORECASE,
)
_ENDINGS = re.compile(r"(?:^|/)[^./]+$|\.(?:ya?ml|config|py|rb)$", re.IGNORECASE)
_MAX_BYTES = 1_000_000
_CONTINUED = re.compile(r"\\\r?\n\s*")
_SETTING = re.compile(
    r"(?:RAILS_ENV|RACK_ENV|APP_ENV|DJANGO_ENV|DJANGO_SETTINGS_MODULE|DJANGO_CONFIGURATION|DBT_TARGET|ENVIRONMENT"
    r"|--settings|--environment|--target|(?<!\S)-[et](?=[ =])|DBT_ENV)[\"']?\s*(?:[:=,]|\s)\s*[\"']?([\w.-]+)",
    re.IGNORECASE,
)
_PRODUCTION = re.compile(r"(?:^|[^a-z])(?:prod|production|live|prd)(?:[^a-z]|$)", re.IGNORECASE)
_OTHER = re.compile(
    r"(?:^|[^a-z])(?:(?:pre|non|not|no)[^a-z]?(?:prod|production|live|prd)|dev|devel|development|tests?|testing|ci|qa|uat|stag(?:e|ing)"
    r"|preview|review|local|sandbox|demo|e2e|lint|pull|pr)(?:[^a-z]|$)",
    re.IGNORECASE,
)
_DEPLOYS = re.compile(r"(?:^|[^a-z])(?:deploy|deployment|release|cd)(?:[^a-z]|$)", re.IGNORECASE)


@dataclass(frozen=True)
class ScriptCommand:
    """A command of a script.

    Attributes:
        path: of the script.
        match: of the pattern that it was looked for by.
        is_for_production: whether it runs in production; None if that cannot be told.
    """

    path: str
    match: re.Match[str]
    is_for_production: bool | None

    @property
    def doubt(self) -> str:
        """What to add to a reason; empty if it is certain."""
        return "" if self.is_for_production else ", and nothing tells whether that is in production"


def is_for_production(text: str) -> bool | None:
    """Return whether the name of an environment, a target or a file says production; None if it says nothing."""
    if _OTHER.search(text):
        return False
    return True if _PRODUCTION.search(text) else None


def list_commands(files: Iterable[tuple[SourceFile, str]], pattern: re.Pattern[str]) -> Iterator[ScriptCommand]:
    """Yield the commands of scripts that fit a pattern, but those that run elsewhere than in production.

    Args:
        files: scripts with their text.
        pattern: of one line.
    """
    for file, text in files:
        for match in pattern.finditer(text):
            start, end = text.rfind("\n", 0, match.start()) + 1, text.find("\n", match.end())
            line = text[start : end if end >= 0 else len(text)]
            if line.lstrip().startswith(("#", "//")):
                continue
            answer = _judge(file.path, line, text)
            if answer is not False:
                yield ScriptCommand(file.path, match, answer)


def read_scripts(tree: FileTree, words: re.Pattern[str]) -> list[tuple[SourceFile, str]]:
    """Return the scripts of a tree in which a word stands, with their text."""
    found = []
    for path, file in tree.files.items():
        if file.size > _MAX_BYTES or is_of_tests(path) or not _is_script(path, file.name):
            continue
        try:
            text = _CONTINUED.sub(" ", decode(file.read_bytes(_MAX_BYTES)))
        except UnreadFileError:  # a pipeline that cannot be read is named where pipelines are read
            continue
        if words.search(text):
            found.append((file, text))
    return found


def _is_script(path: str, name: str) -> bool:
    return _NAMES.fullmatch(name) is not None or (
        _FOLDERS.search(path) is not None and _ENDINGS.search(path) is not None
    )


def _judge(path: str, line: str, text: str) -> bool | None:
    """Return whether a line of a script runs in production: by what it says itself, else the script, else its name."""
    name = path.rpartition("/")[2]
    if name.casefold().startswith("procfile") and re.match(r"\s*release\s*:", line):
        return True
    for part in (line, text):
        answers = {is_for_production(value) for value in _SETTING.findall(part)} - {None}
        if answers:
            return answers.pop() if len(answers) == 1 else None
    answer = is_for_production(path)
    if answer is None and _DEPLOYS.search(name):
        return True
    return answer
