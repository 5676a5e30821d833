"""The sentences with which a check, a table or a run becomes errored, as the source of the package has them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import product

from tests.paths import ROOT

PACKAGE = ROOT / "synth_expectations"
ROOMS = ("engine", "rules", "expectations", "validation", "gx", "runner")
"""Where a run's errors are raised. Those of `policy` are of compile, but for the module below."""

NO_RUN = (
    "runner/policy_tables.py",
    "runner/sampling",
    "runner/tracing",
    "runner/lineage/",
    "runner/fingerprints/key.py",
)
"""What only commands raise that evaluate nothing: `audit sample`, `audit trace`, `lineage import`, `fingerprint`."""

WITHOUT_ERRORS = (
    "policy/compile/verification.py",
    "gx/guard.py",
    "validation/compiled_rules.py",
    "gx/compiled_suites.py",
    "runner/table_run.py",
    "runner/result_reader.py",
    "runner/run_report.py",
    "runner/guarded_run.py",
    "runner/compiled_project.py",
    "report/model.py",
)
"""Modules that make a run errored by a sentence, without an exception."""

GAP = "…"
"""What stands for a value in a sentence."""

_BUILDS_AN_ERROR = {"_error": (1, f"{GAP} cannot be read: {GAP} "), "build_damage": (2, f"{GAP}: ")}
"""Functions that take the end of a sentence: its place among their arguments, and how the sentence begins."""
_NO_ERRORS_OF_A_RUN = {
    "AttributeError",
    "ShapeError",
    "NotImplementedError",
    "RuntimeError",
    "TypeError",
    "ValueError",
    "PolicyError",
    "UnusualProjectError",
}


def find_sentences() -> Iterator[tuple[str, str]]:
    """Yield each sentence with a gap for each value, after the file and the line that has it."""
    files = [PACKAGE / "errors.py", *(file for room in ROOMS for file in sorted((PACKAGE / room).rglob("*.py")))]
    for file in files:
        if file.relative_to(PACKAGE).as_posix().startswith(NO_RUN):
            continue
        tree = ast.parse(file.read_text())
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and (message := _find_message(node)):
                start, part = message
                for sentence in format_alternatives(part):
                    yield f"{file.relative_to(PACKAGE)}:{node.lineno}", start + sentence
    for name in WITHOUT_ERRORS:
        tree = ast.parse((PACKAGE / name).read_text())
        hidden = {id(part) for node in ast.walk(tree) for part in _find_other_text(node)}
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr | ast.Constant) and id(node) not in hidden:
                for sentence in format_alternatives(node):
                    if len(sentence.split()) > 3 and sentence.endswith((".", ":", GAP)):
                        yield f"{name}:{node.lineno}", sentence


def format_alternatives(node: ast.AST) -> list[str]:
    """Return a text of the source with gaps, once for each branch of the conditions in it."""
    match node:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.JoinedStr(values=parts):
            return ["".join(texts) for texts in product(*map(format_alternatives, parts))]
        case ast.FormattedValue(value=ast.IfExp() as choice):
            return format_alternatives(choice)
        case ast.IfExp(body=body, orelse=otherwise):
            return [*format_alternatives(body), *format_alternatives(otherwise)]
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return [one + other for one, other in product(format_alternatives(left), format_alternatives(right))]
        case _:
            return [GAP]


def _find_message(call: ast.Call) -> tuple[str, ast.AST] | None:
    """Return the start of an error's message that its caller does not write, and the part that it writes."""
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    if name in _BUILDS_AN_ERROR and len(call.args) > _BUILDS_AN_ERROR[name][0]:
        place, start = _BUILDS_AN_ERROR[name]
        return start, call.args[place]
    if name.endswith("Error") and name not in _NO_ERRORS_OF_A_RUN and call.args:
        return "", call.args[0]
    return None


def _find_other_text(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the docstring of a definition, and what is part of a longer text or of an exception."""
    if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node) is not None:
        yield node.body[0].value  # type: ignore[attr-defined]
    if isinstance(node, ast.Module | ast.ClassDef):  # texts below a definition document it
        yield from (part.value for part in node.body if isinstance(part, ast.Expr))
    if isinstance(node, ast.JoinedStr):
        yield from (part for part in ast.walk(node) if part is not node)
    if isinstance(node, ast.Call) and getattr(node.func, "id", "").endswith("Error"):
        yield from (part for argument in node.args for part in ast.walk(argument))
