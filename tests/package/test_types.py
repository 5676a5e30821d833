"""The stub: type checkers and editors know every expectation and its arguments, and nothing else."""

from __future__ import annotations

import ast
import inspect
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import synth_expectations as se
from synth_expectations.errors import SynthError
from synth_expectations.expectations.catalogue import all_expectations
from synth_expectations.testing import expectation_of, find_cases
from tests.package.language_server import LanguageServer
from tests.paths import CASES, ROOT
from tools.stubs import __main__ as stubs

pytestmark = pytest.mark.xdist_group("types")  # one run of each type checker for all of them

USES = Path(__file__).parent / "uses"
Errors = dict[str, dict[int, set[str]]]
"""The codes of the errors in each file, by line."""

SKIPPED = (
    *(
        "altair",
        "cryptography",
        "duckdb",
        "jinja2",
        "marshmallow",
        "narwhals",
        "numpy",
        "pandas",
        "pyarrow",
        "pyparsing",
    ),
    *("pydantic._internal", "pyspark", "requests", "rich", "ruamel", "scipy", "sqlalchemy", "sqlglot"),
)
"""Packages whose types no public name has: mypy would spend most of a minute on them."""

MYPY = f"""\
[mypy]
strict = true
follow_imports = silent
[mypy-{",".join(f"{package}.*" for package in SKIPPED)}]
follow_imports = skip
"""


@pytest.fixture(scope="module")
def uses(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with right and wrong uses, and with the arguments of every case that an expectation accepts."""
    folder = tmp_path_factory.mktemp("uses")
    for path in USES.glob("*.py"):
        (folder / path.name).write_text(path.read_text())
    (folder / "cases.py").write_text("\n".join(["import synth_expectations as se", *calls_of_cases()]))
    (folder / "mypy.ini").write_text(MYPY)
    settings = {"typeCheckingMode": "strict", "extraPaths": [str(ROOT)]}
    (folder / "pyrightconfig.json").write_text(json.dumps(settings))
    return folder


def calls_of_cases() -> Iterator[str]:
    calls: dict[str, None] = {}
    for case in find_cases(CASES):
        try:
            expectation = expectation_of(case)
        except SynthError:
            continue
        arguments = ", ".join(f"{name}={value!r}" for name, value in case.arguments.items())
        calls[f"se.{type(expectation).__name__}({arguments})"] = None
    return iter(calls)


@pytest.fixture(scope="module")
def mypy_errors(uses: Path, pytestconfig: pytest.Config) -> Errors:
    provider = getattr(pytestconfig, "cache", None)  # `-p no:cacheprovider` leaves it out
    cache = provider.mkdir("mypy") if provider else uses / ".mypy_cache"
    files = [*uses.glob("*.py"), stubs.STUB]
    mypy = [sys.executable, "-m", "mypy", "--config-file", uses / "mypy.ini", "--cache-dir", cache, "-O", "json"]
    environment = os.environ | {"MYPYPATH": str(ROOT)}
    done = subprocess.run([*mypy, *files], cwd=uses, env=environment, capture_output=True, text=True, check=False)
    assert not done.stderr, done.stderr
    errors: Errors = {}
    for message in map(json.loads, done.stdout.splitlines()):
        if message["severity"] == "error":
            lines = errors.setdefault(Path(message["file"]).name, {})
            lines.setdefault(message["line"], set()).add(message["code"])
    return errors


@pytest.fixture(scope="module")
def pyright_errors(uses: Path) -> Errors:
    command = [sys.executable, "-m", "basedpyright", "--project", uses, "--pythonpath", sys.executable, "--outputjson"]
    done = subprocess.run(command, cwd=uses, capture_output=True, text=True, check=False)
    report = json.loads(done.stdout)
    assert report["summary"]["filesAnalyzed"] == len(list(uses.glob("*.py")))
    errors: Errors = {}
    for message in report["generalDiagnostics"]:
        if message["severity"] in {"error", "warning"}:
            lines = errors.setdefault(Path(message["file"]).name, {})
            lines.setdefault(message["range"]["start"]["line"] + 1, set()).add(message["rule"])
    return errors


@pytest.fixture(params=["mypy", pytest.param("pyright", marks=pytest.mark.full)])
def errors(request: pytest.FixtureRequest) -> tuple[str, Errors]:
    found: Errors = request.getfixturevalue(f"{request.param}_errors")
    return request.param, found


def test_right_uses_are_accepted(errors: tuple[str, Errors]) -> None:
    assert "right.py" not in errors[1]


@pytest.mark.full
def test_the_arguments_of_every_case_are_accepted(errors: tuple[str, Errors], uses: Path) -> None:
    called = set(re.findall(r"^se\.(\w+)", (uses / "cases.py").read_text(), re.MULTILINE))
    assert called == {expectation.__name__ for expectation in all_expectations().values()}
    assert "cases.py" not in errors[1]


def test_wrong_uses_are_errors_at_their_lines(errors: tuple[str, Errors]) -> None:
    checker, found = errors
    marked = {
        number: comment[1].split(", ")[checker == "pyright"]
        for number, line in enumerate((USES / "wrong.py").read_text().splitlines(), 1)
        if (comment := re.search(r"  # (.*)", line))
    }
    assert len(marked) > 20
    assert marked.keys() == found["wrong.py"].keys()
    assert {number: code for number, code in marked.items() if code not in found["wrong.py"][number]} == {}


def test_the_stub_itself_has_no_errors(mypy_errors: Errors) -> None:
    assert stubs.STUB.name not in mypy_errors


@pytest.mark.full
def test_an_editor_shows_an_expectation_and_completes_its_arguments(uses: Path) -> None:
    code = "import synth_expectations as se\nse.ExpectLegalHoldsToBeHonored("
    with LanguageServer(uses) as server:
        signature = server.read_signature(code)
        names = server.read_completions(f"{code}he")
        assert "ExpectRecordsToBeTagged" in server.read_completions("import synth_expectations as se\nse.ExpectRec")
    labels = [parameter["label"] for parameter in signature["parameters"]]
    assert {"held: str | SuiteParameter", "mostly: float | SuiteParameter = 1", "catch_exceptions: bool = False"} <= {
        *labels
    }
    assert "Expect legal holds to be honored." in signature["documentation"]["value"]
    assert "\n    held_key: In the held table: the key that a hold refers to.\n" in signature["documentation"]["value"]
    assert {"held=", "held_key=", "held_deleted="} <= {*names}


def read_stub() -> ast.Module:
    return ast.parse(stubs.STUB.read_text())


def test_the_stub_has_the_arguments_that_the_classes_take() -> None:
    classes = {node.name: node for node in read_stub().body if isinstance(node, ast.ClassDef)}
    for expectation in all_expectations().values():
        (constructor,) = [
            node
            for node in classes[expectation.__name__].body
            if isinstance(node, ast.FunctionDef) and node.name == "__init__"
        ]
        defaults = dict(zip(constructor.args.kwonlyargs, constructor.args.kw_defaults, strict=True))
        taken = {name for name in inspect.signature(getattr(se, expectation.__name__)).parameters if name != "self"}
        assert {argument.arg for argument in defaults} == taken
        required = {argument.arg for argument, default in defaults.items() if default is None}
        assert required == {name for name, field in expectation.model_fields.items() if field.is_required()}


def test_the_stub_offers_what_the_package_offers() -> None:
    offered = set()
    for node in read_stub().body:
        if isinstance(node, ast.ImportFrom):
            offered |= {alias.name for alias in node.names if alias.asname == alias.name}
        elif isinstance(node, ast.ClassDef):
            offered.add(node.name)
        elif isinstance(node, ast.Assign):
            offered |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    assert {name for name in offered if not name.startswith("_")} == {
        name for name in dir(se) if not name.startswith("_")
    }
    assert all(getattr(se, name) for name in dir(se))


def test_a_stale_stub_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = stubs.STUB.read_text()
    monkeypatch.setattr(sys, "argv", ["tools.stubs", "--check"])
    assert stubs.main() == 0
    copy = tmp_path / "__init__.pyi"
    copy.write_text(text.replace("mostly: float", "mostly: str", 1))
    monkeypatch.setattr(stubs, "STUB", copy)
    assert stubs.main() == 1
    assert capsys.readouterr().out == "synth_expectations/__init__.pyi is stale: python -m tools.stubs\n"
    monkeypatch.setattr(sys, "argv", ["tools.stubs"])
    assert stubs.main() == 0
    assert copy.read_text() == text


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("ExpectRecordToBeTagged", "ExpectRecordsToBeTagged"),
        ("expect_records_to_be_tagged", "ExpectRecordsToBeTagged"),
        ("GuardActoin", "GuardAction"),
    ],
)
def test_an_unknown_name_names_the_nearest(name: str, nearest: str) -> None:
    with pytest.raises(AttributeError) as error:
        getattr(se, name)
    assert str(error.value) == f"There is no {name} in synth_expectations. Did you mean {nearest}?"


def test_a_name_that_is_near_nothing_says_where_to_look() -> None:
    with pytest.raises(
        AttributeError, match=r"^There is no zzz in synth_expectations\. See: synth-expectations list\.$"
    ):
        _ = se.zzz
    assert not hasattr(se, "a.b")
    assert not hasattr(se, "__wrapped__")


def test_listing_names_or_missing_one_does_not_import_great_expectations() -> None:
    code = (
        "import sys, synth_expectations as se\n"
        "assert {'ExpectRecordsToBeTagged', 'references', '__version__'} <= {*dir(se)}\n"
        "assert not hasattr(se, 'ExpectNothing')\n"
        "try: se.runner\n"
        "except AttributeError as error: print(error)\n"
        "assert 'great_expectations' not in sys.modules\n"
        "from synth_expectations import redaction\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert (
        done.stdout
        == "synth_expectations.runner is a module that was not imported yet: import synth_expectations.runner\n"
    )
