"""The text of compiled files: what the standard library writes, so that formatters and older releases agree."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from synth_expectations.policy.compile.gx_files import as_text

_VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner)
        | st.lists(inner).map(tuple)
        | st.dictionaries(st.text(), inner)
        | st.dictionaries(st.integers(), inner)
    ),
)


@given(st.dictionaries(st.text(), _VALUES))
def test_documents_are_written_as_the_standard_library_does(document: dict[str, Any]) -> None:
    assert as_text(document) == json.dumps(document, indent=2, sort_keys=True) + "\n"
