"""The spelling of documents: that of RFC 8785, whichever encoder writes it."""

from __future__ import annotations

from typing import Any

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from synth_expectations.errors import SynthError
from synth_expectations.evidence.canonical import encode_document

TEXTS = st.text(
    st.sampled_from('aé\0\b\t\n\f\r\x1f"\\/\x7f\u2028\ud7ff\ud800\ue000\uffff\U00010000\U0010ffff'), max_size=4
)
DOCUMENTS = st.dictionaries(
    TEXTS,
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
        lambda values: st.lists(values) | st.lists(values).map(tuple) | st.dictionaries(TEXTS, values),
        max_leaves=8,
    ),
)


def spell(encode: Any, document: Any) -> bytes | None:
    """Return what an encoder makes of a document; None if it refuses."""
    try:
        return bytes(encode(document))
    except (SynthError, ValueError):  # the library's own errors, and that of a character that no encoding has
        return None


@settings(max_examples=60)
@given(DOCUMENTS)
def test_every_document_is_spelled_as_the_standard_has_it(document: dict[str, Any]) -> None:
    assert spell(encode_document, document) == spell(rfc8785.dumps, document)


@pytest.mark.parametrize(
    "document",
    [
        {"\U00010000": 1, "\uffff": 2},
        {"b": {"\ue000": [], "\U0001f600": {}}, "a": ()},
        {"large": 2**53},
        {"large": 2**53 - 1, "small": 1 - 2**53},
        {"lone": "\ud800"},
        {"\ud800": 1},
        {1: "a number as a key"},
        {"fraction": 1.0},
        {"nan": float("nan")},
    ],
)
def test_what_the_encoders_could_spell_otherwise(document: dict[Any, Any]) -> None:
    assert spell(encode_document, document) == spell(rfc8785.dumps, document)
