"""Modules that Great Expectations imports for a few expectations of its own, imported once one of them needs it."""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import Any

RARELY_USED = ("altair", "scipy.stats")
"""By `expect_column_kl_divergence_to_be_less_than` and the Kolmogorov-Smirnov tests: a second and a half of the four
that `import great_expectations` takes, and a quarter of its memory."""


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
