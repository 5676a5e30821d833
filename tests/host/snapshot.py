"""What a process holds that this package may not change, as text that two processes can be compared by."""

from __future__ import annotations

import atexit
import json
import logging
import signal
import sys
import threading
import warnings
from typing import Any

LIBRARIES = frozenset(
    [
        "great_expectations",
        "sqlalchemy",
        "duckdb",
        "duckdb_engine",
        "pydantic",
        "pandas",
        "pyarrow",
        "sqlglot",
        "py4j",
        "pyspark",
    ]
)


def take() -> dict[str, Any]:
    """Return the state of the process: attributes of other libraries and their classes, warnings, logs, signals, exits."""
    return {
        "attributes": _attributes(),
        "filters": [repr(item) for item in warnings.filters],
        "showwarning": f"{warnings.showwarning.__module__}.{warnings.showwarning.__qualname__}",
        "loggers": {
            name: [logger.level, logger.disabled, logger.propagate, len(logger.handlers)]
            for name, logger in [("", logging.root), *logging.root.manager.loggerDict.items()]
            if isinstance(logger, logging.Logger)
        },
        "disabled": logging.root.manager.disable,
        "signals": {str(number): str(signal.getsignal(number)) for number in signal.valid_signals()},
        "exits": atexit._ncallbacks(),
        "hooks": [repr(sys.excepthook), repr(sys.unraisablehook), repr(threading.excepthook)],
    }


def _attributes() -> dict[str, int]:
    """Return the identity of each attribute of each module, and of each class that a module defines."""
    found = {}
    for name, module in sorted(sys.modules.items()):
        if name.partition(".")[0] in LIBRARIES and module is not None:
            for attribute, value in list(vars(module).items()):
                found[f"{name}:{attribute}"] = id(value)
                if isinstance(value, type) and value.__module__ == name:
                    found |= {f"{name}:{attribute}.{own}": id(held) for own, held in list(vars(value).items())}
    return found


def differences(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """Return what was there before and is another now, or gone."""
    changed = [
        f"{kind} {key}: {value} is now {after[kind].get(key)}"
        for kind in ("attributes", "loggers", "signals")
        for key, value in before[kind].items()
        if after[kind].get(key) != value
    ]
    plain = ("filters", "showwarning", "disabled", "exits", "hooks")
    return changed + [f"{kind}: {before[kind]} is now {after[kind]}" for kind in plain if before[kind] != after[kind]]


def report(before: dict[str, Any]) -> None:
    """Print what has changed since a snapshot, as JSON."""
    print(json.dumps(differences(before, take())))
