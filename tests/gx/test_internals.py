"""Private names of Great Expectations: each named once, checked on import, and with a substitute that works."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
import subprocess
import sys
import warnings
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import great_expectations as gx
import pytest

import synth_expectations.gx
from synth_expectations.errors import SynthError
from synth_expectations.gx.internals import CHANGED, PRIVATE_NAMES
from synth_expectations.gx.private_name import GreatExpectationsVersionWarning, PrivateName, Use, check_names
from tests.gx.contacts import contacts, provenance, tagged
from tests.gx.projects import PACKAGE, Project

ROOT = Path(synth_expectations.__file__).parent
REQUIRED = [name for name in PRIVATE_NAMES if name.required]
OPTIONAL = [name for name in PRIVATE_NAMES if not name.required]

_OTHERS = {
    "_exit": "of os, which has no other way to end at once",
    "_strip_protocol": "of fsspec, which documents it for those who use a file system",
    "_active_spark_context": "of pyspark, checked in spark/session.py",
}
"""Private attributes that this package reads of objects which are not its own, and not Great Expectations'."""


def label(name: PrivateName) -> str:
    return name.label


def remove(monkeypatch: pytest.MonkeyPatch, name: PrivateName) -> None:
    """Take a name away from where Great Expectations has it, also from all that it inherits it from."""
    owner = _owner(name)
    if name.on_instances:
        monkeypatch.setattr(owner, name.used_by, property(lambda batch: batch._moved))
        return
    for holder in getattr(owner, "__mro__", (owner,)):
        if name.name in vars(holder):
            monkeypatch.delattr(holder, name.name)


def _owner(name: PrivateName) -> Any:
    try:
        return importlib.import_module(name.owner)
    except ImportError:
        module, _, owner = name.owner.rpartition(".")
        return getattr(importlib.import_module(module), owner)


def test_this_version_has_them_all() -> None:
    assert not CHANGED
    assert len({(name.owner, name.name) for name in PRIVATE_NAMES}) == len(PRIVATE_NAMES)


@pytest.mark.parametrize("name", REQUIRED, ids=label)
def test_without_a_required_name_nothing_is_imported(name: PrivateName, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        remove(patch, name)
        with pytest.raises(SynthError) as raised:
            check_names(PRIVATE_NAMES, "1.99.0")
    assert str(raised.value).startswith("Great Expectations 1.99.0 ")
    assert name.label in raised.value.message
    assert f"which {name.seen_in} had. {name.without}" in raised.value.message
    assert raised.value.hint == f"Install the version that was tested: pip install 'great-expectations=={name.seen_in}'"


@pytest.mark.parametrize("name", OPTIONAL, ids=label)
def test_without_an_optional_name_there_is_one_warning(name: PrivateName, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        remove(patch, name)
        with pytest.warns(GreatExpectationsVersionWarning) as warned:
            changed = check_names(PRIVATE_NAMES, "1.99.0")
    [message] = [str(warning.message) for warning in warned]
    assert changed == {name}
    assert message == (
        f"Great Expectations 1.99.0 differs from {name.seen_in}, which was tested: it has no {name.label}. "
        f"{name.without} Verdicts stay the same."
    )


@pytest.mark.parametrize("name", [name for name in PRIVATE_NAMES if name.parameters is not None], ids=label)
def test_other_parameters_are_a_change(name: PrivateName, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_owner(name), name.name, lambda self, another: None)
    assert name.problem() in (f"gives {name.label} other parameters", f"does not use {name.label} in {name.used_by}")


def test_an_optional_parameter_more_changes_an_override_only() -> None:
    class Owner:
        def _given(self, batch: Any, more: Any = None) -> None: ...

    for use, changed in ((Use.CALLED, False), (Use.OVERRIDDEN, True)):
        name = PrivateName("no.Owner", "_given", use, "It stops.", "1.0", parameters=("batch",))
        assert name._has_parameters(Owner._given) is not changed


@pytest.mark.parametrize("name", [name for name in PRIVATE_NAMES if name.used_by], ids=label)
def test_a_name_that_is_no_longer_used_is_a_change(name: PrivateName, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_owner(name), name.used_by, lambda self: None)
    assert name.problem() == f"does not use {name.label} in {name.used_by}"


_MOVED = """
import importlib.machinery, re, sys, warnings
moved = re.compile(sys.argv[1])
read_code = importlib.machinery.SourceFileLoader.get_code
def get_code(loader, module):
    source = loader.get_source(module) if module.startswith("great_expectations") else ""
    if not moved.search(source):
        return read_code(loader, module)
    return compile(moved.sub(lambda match: match[0] + "_moved", source), loader.path, "exec")
importlib.machinery.SourceFileLoader.get_code = get_code
"""
_PROCESS = """
warnings.simplefilter("ignore")
import great_expectations as gx
with warnings.catch_warnings(record=True) as warned:
    warnings.simplefilter("always")
    import synth_expectations.gx
print(sorted(w.category.__name__ for w in warned if "VersionWarning" in w.category.__name__))
context = gx.get_context(mode="file", context_root_dir=sys.argv[2])
result = context.checkpoints.get("nightly").run()
for run in result.run_results.values():
    for found in run.results:
        details = found.result["details"]
        print(found.expectation_config.type, found.success, found.result["unexpected_count"], details["verdict"])
day = context.data_sources.get("crm").get_asset("contact").get_batch_definition("day")
print(day.get_batch({"year": 2026, "month": 10, "day": 1}).validate(gx.expectations.ExpectTableRowCountToEqual(value=3)).success)
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project.made(tmp_path)
    place = made.place(contact=contacts({}, {"source": None}, {"is_synthetic": None}, {"generated_at": "2026-10-02"}))
    nothing = tagged(row_condition='col("id") == "none"', condition_parser="great_expectations")
    made.checkpoint(place, tagged(), provenance(), nothing)
    asset = place.context.data_sources.get("crm").get_asset("contact")
    asset.add_batch_definition_daily("day", "generated_at")
    [checkpoint] = [file for file in tmp_path.rglob("nightly.json") if file.parent.name == "checkpoints"]
    checkpoint.write_text(checkpoint.read_text().replace('"update_data_docs"', '"synth_docs"'))
    return made


def run(pattern: str, project: Project) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", _MOVED + _PROCESS, pattern, str(project.root)]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=project.root, env={"PYTHONPATH": str(PACKAGE)}
    )


def pages(project: Project) -> list[tuple[str, ...]]:
    """What the page of each result says of verdicts and rules."""
    said = re.compile(r"Passed|Failed|Nothing to check|nothing to check|records? breaks? a rule|is set|2 of 4|1 of 3")
    found = [page.read_text() for page in sorted((project.docs / "validations").rglob("*.html"))]
    return [tuple(said.findall(page)) for page in found]


@pytest.mark.full
def test_where_every_optional_name_has_moved_a_run_says_the_same(project: Project) -> None:
    known = run("(?!)", project)
    before = pages(project)
    assert (known.returncode, known.stdout.splitlines()[0]) == (0, "[]"), known.stderr
    moved = run(rf"\b({'|'.join(name.name for name in OPTIONAL)})\b", project)
    assert (moved.returncode, moved.stdout.splitlines()[0]) == (0, "['GreatExpectationsVersionWarning']"), moved.stderr
    assert moved.stdout.splitlines()[1:] == known.stdout.splitlines()[1:]
    [one, other] = pages(project)
    assert [one] == before == [other]
    assert "Nothing to check" in one


def test_where_a_required_name_has_moved_the_import_fails(project: Project) -> None:
    moved = run(r"\b_build_selectable_from_batch_spec\b", project)
    assert moved.returncode != 0
    assert "SynthError: Great Expectations" in moved.stderr
    assert "has no SqlAlchemyExecutionEngine._build_selectable_from_batch_spec" in moved.stderr


# No other file names one


def modules() -> Iterator[Any]:
    for info in pkgutil.walk_packages([str(ROOT / "gx")], "synth_expectations.gx."):
        yield importlib.import_module(info.name)


def test_every_private_name_that_is_overridden_is_listed() -> None:
    listed = {name.name for name in PRIVATE_NAMES}
    found = {
        f"{kind.__name__}.{attribute}"
        for module in modules()
        for kind in vars(module).values()
        if inspect.isclass(kind) and kind.__module__ == module.__name__ and "[" not in kind.__name__
        for attribute in vars(kind)
        if attribute.startswith("_") and not attribute.endswith("__") and attribute not in {"_abc_impl", *listed}
        if any(attribute in vars(b) and b.__module__.startswith("great_expectations") for b in kind.__mro__[1:])
    }
    pydantic_makes = {"DuckDBDatasource._type_lookup"}  # a dict of each data source, which Great Expectations fills
    assert found - pydantic_makes == set()


def test_no_other_file_names_a_private_attribute_of_another_package() -> None:
    own = {name for _, tree in trees() for node in ast.walk(tree) for name in defined_by(node)}
    own -= {name.name for name in PRIVATE_NAMES}
    found = {
        f"{file.relative_to(ROOT)}: {named}"
        for file, tree in trees()
        if file.name != "internals.py"
        for named in private_names(tree)
        if named not in own and named not in _OTHERS
    }
    assert found == set()


@cache
def trees() -> tuple[tuple[Path, ast.Module], ...]:
    return tuple((file, ast.parse(file.read_text())) for file in sorted(ROOT.rglob("*.py")))


def defined_by(node: ast.AST) -> Iterator[str]:
    """The names that a statement of this package defines."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
        yield node.attr
    elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        yield node.id


def private_names(tree: ast.Module) -> Iterator[str]:
    """Private names that are imported or read, but for what an override asks of the method that it overrides."""
    inherited = {
        attribute
        for method in ast.walk(tree)
        if isinstance(method, ast.FunctionDef)
        for attribute in ast.walk(method)
        if isinstance(attribute, ast.Attribute) and is_of_super(attribute, method.name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and not (node.module or "").startswith("synth_expectations"):
            yield from (alias.name for alias in node.names if is_private(alias.name))
        if isinstance(node, ast.Attribute) and is_private(node.attr) and node not in inherited:
            yield node.attr
        if isinstance(node, ast.Constant) and node.value in {name.name for name in PRIVATE_NAMES}:
            yield str(node.value)


def is_private(name: str) -> bool:
    return (name.startswith("_") and not name.endswith("__")) or name in {"__fields__", "__private_attributes__"}


def is_of_super(node: ast.Attribute, name: str) -> bool:
    called = node.value
    return node.attr == name and isinstance(called, ast.Call) and getattr(called.func, "id", "") == "super"


def test_it_would_be_found() -> None:
    source = """
from great_expectations.x import _SQLAsset
asset._partitioner_implementation_map = model.__fields__
hasattr(data, "_selectable")
"""
    found = {"_SQLAsset", "_partitioner_implementation_map", "__fields__", "_selectable"}
    assert set(private_names(ast.parse(source))) == found
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert check_names(PRIVATE_NAMES, gx.__version__) == frozenset()
