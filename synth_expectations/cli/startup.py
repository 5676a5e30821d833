"""Start and end the process of the command line.

What is set here is seen by all code of the process: other libraries' modules, warnings, log levels and the garbage
collector are changed. Only a process that belongs to this package may do that, so only `start` does.
"""

from __future__ import annotations

import atexit
import copy
import importlib
import logging
import os
import sys
import warnings
from types import FunctionType, ModuleType, NoneType
from typing import Any, NoReturn

import wrapt

from synth_expectations.cli.app import main
from synth_expectations.cli.interrupt import raised_interrupts
from synth_expectations.process import end_interrupted

RARELY_USED = ("altair", "scipy.stats")
"""Modules that only `expect_column_kl_divergence_to_be_less_than` and the Kolmogorov-Smirnov tests use: a second and a
half of the four that `import great_expectations` takes, and a quarter of its memory."""

_NEVER_CHANGE = frozenset({NoneType, bool, int, float, str, type, FunctionType})
_TYPES = frozenset({"type_", "outer_type_", "annotation"})
"""Attributes that hold what `typing` makes of an annotation: it never changes either, whatever its class."""
_NOISY = r"great_expectations|sqlalchemy|duckdb_engine|altair|marshmallow"
_MANY_OBJECTS = frozenset({"great_expectations", "synth_expectations.engine.plan"})
"""Modules after which a process has so many objects that it takes long to look through them."""
_CLOSED_AT_THE_END = {
    "synth_expectations.validation.sources.duckdb.teardown": "close_engines",
    "synth_expectations.gx.datasources.spark.session": "stop_started",
}
"""What closes connections, by the module that has it, if it was imported."""


def start() -> NoReturn:
    """Run the command line as a process of its own; `synth_expectations.cli.entry` has set what Ctrl-C does."""
    prepare()
    try:
        with raised_interrupts():
            main()
    except SystemExit as ended:
        leave(int(ended.code or 0))
    except KeyboardInterrupt:  # between the end of a command and here
        end_interrupted()


def prepare() -> None:
    """Make this process start sooner, and keep libraries from writing between the lines of a report."""
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")  # looking for them in all installed packages takes 10 ms
    copy_fields_sooner()
    import_later()

    @wrapt.when_imported("great_expectations")
    def _(_: ModuleType) -> None:
        quiet_libraries()


def quiet_libraries() -> None:
    """Silence the warnings and logs of libraries: what matters in them is in the report."""
    warnings.filterwarnings("ignore", module=_NOISY)
    warnings.filterwarnings("ignore", category=DeprecationWarning)
    for name in ("great_expectations", "sqlalchemy.pool"):  # the latter logs connections that an interrupt closed
        logging.getLogger(name).setLevel(logging.CRITICAL)

    @wrapt.when_imported("pyspark.logger")
    def _(module: ModuleType) -> None:  # pyspark 4 logs each error of a query with its stack
        module.PySparkLogger.getLogger("SQLQueryContextLogger").setLevel(logging.CRITICAL)


def leave(code: int) -> NoReturn:
    """End the process, after its exit handlers.

    Python itself, where Great Expectations was imported or tables were judged, looks through all objects for garbage
    before the memory is given back anyway: for up to one and a half seconds. (mypy ends in the same way.)
    """
    run_exit_handlers = getattr(atexit, "_run_exitfuncs", None)  # seen in Python 3.11 to 3.14; has no public name
    if _MANY_OBJECTS.isdisjoint(sys.modules) or run_exit_handlers is None:
        sys.exit(code)
    run_exit_handlers()
    for name, function in _CLOSED_AT_THE_END.items():
        if module := sys.modules.get(name):
            getattr(module, function)()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def copy_fields_sooner() -> None:
    """Copy the fields of `pydantic.v1` by what they hold, once it is imported."""

    @wrapt.when_imported("pydantic.v1.fields")
    def _(fields: ModuleType) -> None:
        classes = [getattr(fields, name, None) for name in ("ModelField", "FieldInfo")]
        if all(map(_has_slots_only, classes)):  # seen in pydantic 2.14; else Python copies them, in more time
            for field in classes:
                field.__deepcopy__ = _copied  # type: ignore[union-attr]


def _has_slots_only(kind: type | None) -> bool:
    """Return whether all that an object holds is in slots, so that its state is a pair."""
    return kind is not None and all("__slots__" in vars(base) for base in kind.__mro__[:-1])


def _copied(field: Any, memo: dict[int, Any]) -> Any:
    """Return what `copy.deepcopy` makes of a field, without its questions about what cannot change."""
    made = memo[id(field)] = object.__new__(type(field))
    of_subclass, own = field.__getstate__()
    for name, value in {**(of_subclass or {}), **own}.items():
        kept = name in _TYPES or value.__class__ in _NEVER_CHANGE
        setattr(made, name, value if kept else copy.deepcopy(value, memo))
    return made


class _Later(ModuleType):
    """Stands for a module until an attribute of it is read.

    `importlib.util.LazyLoader` would do, but for `from scipy import stats`: the statement itself looks at the module.
    """

    def __getattr__(self, name: str) -> Any:
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(importlib.import_module(self.__name__), name)


def import_later(names: tuple[str, ...] = RARELY_USED) -> None:
    """Put a stand-in in the place of modules that are not imported yet; everyone who imports them sees it."""
    for name in names:
        sys.modules.setdefault(name, _Later(name))
