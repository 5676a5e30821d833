"""The rules for names and docstrings that a machine can check."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.paths import ROOT

PACKAGE = ROOT / "synth_expectations"

VAGUE = re.compile(
    "alike|asked|beside|broken|each|found|instead|judged|known|later|lowered|meant|one|said|several|sharing|shown"
    "|spelled|spelling|there|together|what|wrong"
)
"""Adverbs, participles and pronouns, which say nothing of what they name."""

LOOP_VARIABLES = re.compile("asked|each|found|one|said|several|there|what")

NOT_A_VERB = re.compile(
    "A|All|An|Any|As|By|Each|Every|How|If|Of|One|Only|Some|Such|That|The|What|Where|Whether|Which|Who|Why"
)
"""First words of docstrings that ruff's D401 does not find."""


@cache
def _nodes(path: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


def _name(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def _loop_variables(path: Path) -> Iterator[str]:
    for node in _nodes(path):
        if isinstance(node, ast.For | ast.comprehension):
            names = (part.id for part in ast.walk(node.target) if isinstance(part, ast.Name))
            yield from (
                f"{_name(path)}:{node.target.lineno}: {name}" for name in names if LOOP_VARIABLES.fullmatch(name)
            )


def _functions(path: Path) -> Iterator[ast.FunctionDef]:
    """Every function; properties are named and described by what they are."""
    for node in _nodes(path):
        if isinstance(node, ast.FunctionDef) and not any("property" in ast.dump(mark) for mark in node.decorator_list):
            yield node


def _functions_without_a_verb(path: Path) -> Iterator[str]:
    for function in _functions(path):
        if VAGUE.fullmatch(function.name.strip("_")):
            yield f"{_name(path)}:{function.lineno}: {function.name}"


def _docstrings_without_a_verb(path: Path) -> Iterator[str]:
    for function in _functions(path):
        first = (ast.get_docstring(function) or "-").split()[0]
        if NOT_A_VERB.fullmatch(first):
            yield f"{_name(path)}:{function.lineno}: {function.name}: {first} …"


def _problems(path: Path) -> list[str]:
    return [*_loop_variables(path), *_functions_without_a_verb(path), *_docstrings_without_a_verb(path)]


def test_a_class_name_is_used_once() -> None:
    homes = defaultdict(list)
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in _nodes(path):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                homes[node.name].append(_name(path))
    shared = {name: paths for name, paths in homes.items() if len(paths) > 1}
    assert shared == {}


def test_a_module_is_named_by_a_noun() -> None:
    vague = {_name(path) for path in PACKAGE.rglob("*.py") if any(map(VAGUE.fullmatch, path.stem.split("_")))}
    assert vague == set()


def test_the_root_stays_small() -> None:
    modules = {path.stem for path in PACKAGE.glob("*.py") if not path.stem.startswith("__")}
    assert modules == {"airflow", "airflow_provider", "errors", "process", "redaction"}
    assert len(list(PACKAGE.glob("*/__init__.py"))) <= 14


def test_names_and_docstrings() -> None:
    assert [problem for path in sorted(PACKAGE.rglob("*.py")) for problem in _problems(path)] == []
