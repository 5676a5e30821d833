"""The words that a policy may use of columns, references and expectations: all that the installed ones take."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from synth_expectations.expectations.base import Kind, SyntheticDataExpectation
from synth_expectations.expectations.catalogue import all_expectations
from synth_expectations.policy.roles import COLUMN_WORDS, OF_REFERENCE, POINTERS, REFERENCE, ROLES


@cache
def column_words() -> frozenset[str]:
    """The words that `columns` may have."""
    arguments = {word for kind in all_expectations().values() for word in _words_of(kind)}
    of_roles = {word for role in ROLES.values() for word in role.columns}
    not_words = {each for each in arguments if each.endswith(("_key", "_column"))} | {"anchor", "key"}
    return frozenset((arguments - not_words) | of_roles | set(COLUMN_WORDS))


def _words_of(kind: type[SyntheticDataExpectation]) -> Iterator[str]:
    """The arguments that are columns; those of a reference as that table calls them."""
    references = kind.arguments_of_kind(Kind.REFERENCE)
    for name in kind.arguments_of_kind(Kind.COLUMN):
        of = next((each for each in references if name.startswith(f"{each}_")), None)
        yield name.removeprefix(f"{of}_") if of else name


@cache
def reference_words() -> frozenset[str]:
    """The words that `references` may have."""
    kinds = all_expectations().values()
    arguments = {each for kind in kinds for each in kind.arguments_of_kind(Kind.REFERENCE)} - {"reference"}
    of_roles = {each for role in ROLES.values() for each in role.picks.values() if each and each != POINTERS}
    return frozenset(arguments | of_roles | set(REFERENCE.values()) | set(OF_REFERENCE))


_ABSTRACT = frozenset({"expect_multicolumn_values_to_be_unique"})
"""Exported by Great Expectations, but not registered: a suite that names it loses it without a word."""

_EXPORTED = re.compile(r"^from [\w.]*\.((?:expect|unexpected)_\w+) import", re.MULTILINE)


@cache
def of_great_expectations() -> frozenset[str]:
    """The types of Great Expectations' own expectations, as its source exports them: importing it takes seconds."""
    spec = importlib.util.find_spec("great_expectations")
    roots = spec.submodule_search_locations if spec else None
    exports = [Path(root, "expectations", "core", "__init__.py") for root in roots or ()]
    named = (name for file in exports for name in _EXPORTED.findall(file.read_text(encoding="utf-8")))
    return frozenset(named) - _ABSTRACT
