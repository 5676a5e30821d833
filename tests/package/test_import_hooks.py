"""Functions that wait for a module are called once it was imported, and change nothing else of its import."""

from __future__ import annotations

import importlib
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from synth_expectations import import_hooks
from synth_expectations.import_hooks import call_when_imported

NAME = "module_with_hooks"


@pytest.fixture
def directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.syspath_prepend(tmp_path)
    yield tmp_path
    import_hooks._hooks.pop(NAME, None)
    for name in (NAME, f"{NAME}.inner"):
        sys.modules.pop(name, None)


def _write(directory: Path, content: str) -> None:
    (directory / f"{NAME}.py").write_text(content)
    importlib.invalidate_caches()


def test_hooks_see_the_whole_module_once(directory: Path) -> None:
    _write(directory, "first = 1\nlast = 2\n")
    called: list[tuple[str, ModuleType]] = []
    call_when_imported(NAME, lambda module: called.append(("one", module)))
    call_when_imported(NAME, lambda module: called.append(("two", module)))
    assert not called
    module = importlib.import_module(NAME)
    assert called == [("one", module), ("two", module)]
    assert module.last == 2
    importlib.reload(module)
    del sys.modules[NAME]
    importlib.import_module(NAME)
    assert len(called) == 2


def test_an_imported_module_is_passed_at_once(directory: Path) -> None:
    _write(directory, "")
    module = importlib.import_module(NAME)
    called: list[ModuleType] = []
    call_when_imported(NAME, called.append)
    assert called == [module]


def test_the_spec_and_the_loader_stay_those_of_the_module(directory: Path) -> None:
    _write(directory, "")
    plain = importlib.import_module(NAME)
    del sys.modules[NAME]
    call_when_imported(NAME, lambda _: None)
    hooked = importlib.import_module(NAME)
    assert hooked.__spec__ is not None
    assert plain.__spec__ is not None
    assert hooked.__spec__ == plain.__spec__
    assert type(hooked.__loader__) is type(plain.__loader__)
    assert "exec_module" not in vars(hooked.__loader__)


def test_a_module_that_fails_keeps_its_hooks(directory: Path) -> None:
    _write(directory, "1 / 0\n")
    called: list[ModuleType] = []
    call_when_imported(NAME, called.append)
    with pytest.raises(ZeroDivisionError):
        importlib.import_module(NAME)
    assert not called
    _write(directory, "repaired = True\n")
    assert importlib.import_module(NAME).repaired
    assert len(called) == 1


def test_what_a_hook_raises_ends_the_import(directory: Path) -> None:
    _write(directory, "")

    def refuse(_: ModuleType) -> None:
        raise LookupError("refused")

    call_when_imported(NAME, refuse)
    with pytest.raises(LookupError, match="refused"):
        importlib.import_module(NAME)
    assert NAME not in sys.modules


def test_a_module_that_does_not_exist_is_not_found(directory: Path) -> None:
    call_when_imported(NAME, lambda _: None)
    with pytest.raises(ModuleNotFoundError, match=NAME):
        importlib.import_module(NAME)
    assert importlib.util.find_spec(NAME) is None


def test_modules_of_packages_and_archives_have_hooks_too(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = directory / "modules.zip"
    with zipfile.ZipFile(archive, "w") as written:
        written.writestr(f"{NAME}/__init__.py", "from . import other, inner\n")
        written.writestr(f"{NAME}/inner.py", "value = 3\n")
        written.writestr(f"{NAME}/other.py", "")
    monkeypatch.syspath_prepend(archive)
    called: list[str] = []
    call_when_imported(NAME, lambda module: called.append(module.__name__))
    call_when_imported(f"{NAME}.inner", lambda module: called.append(module.__name__))
    importlib.import_module(NAME)
    assert called == [f"{NAME}.inner", NAME]


def test_two_finders_that_ask_all_others_do_not_ask_each_other_for_ever(
    directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(directory, "")
    called: list[ModuleType] = []
    call_when_imported(NAME, called.append)
    second = import_hooks._HookedFinder()
    monkeypatch.setattr(sys, "meta_path", [second, *sys.meta_path])
    importlib.import_module(NAME)
    assert len(called) == 1
