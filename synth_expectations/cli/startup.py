"""The process of the command line: starts fast, and ends at once.

What is set here is seen by all code of the process, so only a process of our own may do it.
"""

from __future__ import annotations

import atexit
import copy
import gc
import importlib
import os
import sys
from types import FunctionType, ModuleType, NoneType
from typing import Any, NoReturn

import wrapt

from synth_expectations.cli.app import main

RARELY_USED = ("altair", "scipy.stats")
"""By `expect_column_kl_divergence_to_be_less_than` and the Kolmogorov-Smirnov tests: a second and a half of the four
that `import great_expectations` takes, and a quarter of its memory."""

_NEVER_CHANGE = frozenset({NoneType, bool, int, float, str, type, FunctionType})
_TYPES = frozenset({"type_", "outer_type_", "annotation"})
"""What `typing` makes of an annotation: it never changes either, whatever its class."""


def entry() -> NoReturn:
    """The command line, as a process of its own."""
    prepare()
    try:
        main()
    except SystemExit as ended:
        leave(int(ended.code or 0))


def prepare() -> None:
    """What makes a process start sooner in which nobody else's code runs.

    Great Expectations is a few hundred thousand objects that stay. To look through them for garbage as often as Python
    does by itself takes a tenth of a small run, and finds little: memory stays the same. (mypy does this too.)
    """
    gc.set_threshold(50_000, 20, 20)
    copy_fields_sooner()
    import_later()


def leave(code: int) -> NoReturn:
    """End the process, once all is done that is registered for its end.

    Not as Python does where Great Expectations was imported: that looks through all of its objects for garbage, for one
    and a half seconds, before the memory is given back anyway. (mypy ends in the same way.)
    """
    if "great_expectations" not in sys.modules:
        sys.exit(code)
    atexit._run_exitfuncs()  # there is no public name for it
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def copy_fields_sooner() -> None:
    """Once `pydantic.v1` is imported, its fields are copied by what they hold. For processes of our own."""

    @wrapt.when_imported("pydantic.v1.fields")
    def _(fields: ModuleType) -> None:
        for each in (fields.ModelField, fields.FieldInfo):
            each.__deepcopy__ = _copied


def _copied(field: Any, memo: dict[int, Any]) -> Any:
    """What `copy.deepcopy` makes of it, without asking how it is to be copied, nor what cannot change."""
    made = memo[id(field)] = object.__new__(type(field))
    of_subclass, own = field.__getstate__()
    for name, value in {**(of_subclass or {}), **own}.items():
        kept = name in _TYPES or value.__class__ in _NEVER_CHANGE
        setattr(made, name, value if kept else copy.deepcopy(value, memo))
    return made


class _Later(ModuleType):
    """In the place of a module until something is asked of it.

    `importlib.util.LazyLoader` would do, but for `from scipy import stats`: the statement itself looks at the module.
    """

    def __getattr__(self, name: str) -> Any:
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(importlib.import_module(self.__name__), name)


def import_later(names: tuple[str, ...] = RARELY_USED) -> None:
    """Put a stand-in where a module is not imported yet. For processes of our own: it is seen by all who import."""
    for name in names:
        sys.modules.setdefault(name, _Later(name))
