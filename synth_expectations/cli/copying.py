"""The fields of Great Expectations' models, copied in less time.

Its classes are models of `pydantic.v1`, and each has copies of the fields of those it builds on: nine thousand calls of
`copy.deepcopy` on fields and what is said of them take a fifth of the time of `import great_expectations`.
"""

from __future__ import annotations

import copy
from types import FunctionType, ModuleType, NoneType
from typing import Any

import wrapt

_NEVER_CHANGE = frozenset({NoneType, bool, int, float, str, type, FunctionType})
_TYPES = frozenset({"type_", "outer_type_", "annotation"})
"""What `typing` makes of an annotation: it never changes either, whatever its class."""


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
