"""Which engines rules can be run on: one for each file in this package, and those of installed plug-ins.

A plug-in names its `Dialect` in the entry-point group `synth_expectations.dialects`, by SQLAlchemy's name of the engine.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from importlib.metadata import EntryPoint, entry_points

from synth_expectations.engine import dialects
from synth_expectations.engine.dialects.base import ANY_SQL, Dialect, Status
from synth_expectations.engine.dialects.unsupported import UNSUPPORTED
from synth_expectations.errors import ConditionError, SynthError

ENTRY_POINT_GROUP = "synth_expectations.dialects"
"""Where other packages name their dialects."""


def by_name(name: str) -> Dialect:
    """Return the dialect of an engine by SQLAlchemy's name. Only its own file is imported.

    Raises:
        ConditionError: no rules can be run on it.
        SynthError: a plug-in's dialect cannot be imported.
    """
    dialect = find_dialect(name)
    if dialect is None:
        raise ConditionError(f"No rules can be run on {UNSUPPORTED.get(name, repr(name))}.", suggest_engines())
    return dialect


def find_dialect(name: str) -> Dialect | None:
    """Return the dialect of an engine; None if no rules can be run on it."""
    return _import_dialect(name) or plugin_dialects().get(name)


def refuse_unsupported(name: str) -> None:
    """Refuse an engine of which it is known that no rules can be run on it, unless a plug-in supports it.

    Raises:
        ConditionError: it is one; says why.
    """
    if name in UNSUPPORTED:
        by_name(name)


@cache
def built_in_dialects() -> dict[str, Dialect]:
    """Return the dialects of this package by name: proven ones first, then by name."""
    found = filter(None, map(_import_dialect, _module_names()))
    ordered = sorted(found, key=lambda dialect: (dialect.status is not Status.PROVEN, dialect.name))
    return {dialect.name: dialect for dialect in ordered}


@cache
def plugin_dialects() -> dict[str, Dialect]:
    """Return the dialects of installed plug-ins by name.

    Raises:
        SynthError: a plug-in names no dialect, another one, or one that there is already.
    """
    loaded: dict[str, Dialect] = {}
    for plugin in entry_points(group=ENTRY_POINT_GROUP):
        if plugin.name in _module_names() or plugin.name in loaded:
            raise SynthError(f"Two dialects are called {plugin.name}.", f"Remove the plug-in {plugin.value}.")
        loaded[plugin.name] = _load_plugin(plugin)
    return loaded


def all_dialects() -> dict[str, Dialect]:
    """Return every dialect by name, plug-ins' last."""
    return built_in_dialects() | plugin_dialects()


def data_source_types() -> tuple[str, ...]:
    """Return Great Expectations' types of data sources that hold tables, sorted; the same whatever plug-ins there are."""
    supported = (dialect.data_source_type for dialect in built_in_dialects().values())
    return tuple(sorted({ANY_SQL, *supported, *(engine.data_source_type for engine in UNSUPPORTED.values())}))


def find_data_source_type(name: str) -> str:
    """Return the type of data source of an engine by SQLAlchemy's name; `sql`, which takes any address, if unknown."""
    engine = find_dialect(name) or UNSUPPORTED.get(name)
    return engine.data_source_type if engine else ANY_SQL


def find_engine_of_type(data_source_type: str) -> str:
    """Return SQLAlchemy's name of the engine of a type of data source other than `sql`; the type itself if unknown."""
    for name, engine in (built_in_dialects() | UNSUPPORTED).items():
        if engine.data_source_type == data_source_type != ANY_SQL:
            return name
    return data_source_type


def suggest_engines() -> str:
    """Return the sentence that says what to do where no rules can be run."""
    return f"Supported are {', '.join(sorted(all_dialects()))}; or write the tables to Parquet, and check these."


@cache
def _module_names() -> frozenset[str]:
    return frozenset(module.name for module in pkgutil.iter_modules(dialects.__path__))


def _import_dialect(name: str) -> Dialect | None:
    """Return the dialect of this package's file of that name; None if there is none, or it holds no dialect."""
    if name not in _module_names():
        return None
    dialect = getattr(importlib.import_module(f"{dialects.__name__}.{name}"), "DIALECT", None)
    return dialect and _check_name(dialect, name, f"{name}.py")


def _load_plugin(plugin: EntryPoint) -> Dialect:
    where = f"The plug-in {plugin.name} ({plugin.value})"
    try:
        dialect = plugin.load()
    except (ImportError, AttributeError) as error:
        raise SynthError(f"{where} cannot be imported: {error}.", "Install it again, or remove it.") from error
    if not isinstance(dialect, Dialect):
        raise SynthError(f"{where} is {type(dialect).__name__}, where a Dialect is needed.", "Correct its entry point.")
    return _check_name(dialect, plugin.name, where)


def _check_name(dialect: Dialect, name: str, where: str) -> Dialect:
    if dialect.name != name:
        raise SynthError(f"{where} holds the dialect {dialect.name!r}, where {name!r} is needed.", "Use one name.")
    return dialect
