"""The order of sets in a time stamp: DER sorts them, and not every authority does.

`openssl ts` with `certs =`, and authorities made with it, send their certificates as they lie in the file. No signature is
over these sets, so that sorting them changes nothing that is signed; `rfc3161-client` reads sorted ones alone.
"""

from __future__ import annotations

from typing import NamedTuple

_SEQUENCE, _SET = 0x30, 0x31
_FIELDS = {0xA0, 0xA1, _SET}
"""Of a SignedData: certificates, revocation lists, and the sets of digest algorithms and signers (RFC 5652, 5.1)."""


class _Element(NamedTuple):
    """An element of a DER message.

    Attributes:
        tag: its first byte.
        begin: where it begins; `start` where its content does.
        end: behind its last byte.
    """

    tag: int
    begin: int
    start: int
    end: int


def sort_sets(reply: bytes) -> bytes:
    """Return a reply of an authority with the sets of its signed data in the order of DER.

    One that is built otherwise is returned as it is: whoever reads it says what is wrong.
    """
    try:
        [response] = _list_elements(reply, 0, len(reply))
        _, token = _list_elements(reply, response.start, response.end)
        _, explicit = _list_elements(reply, token.start, token.end)
        [signed] = _list_elements(reply, explicit.start, explicit.end)
        fields = _list_elements(reply, signed.start, signed.end)
        if signed.tag != _SEQUENCE:
            return reply
        for field in fields:
            if field.tag in _FIELDS:
                elements = _list_elements(reply, field.start, field.end)
                ordered = b"".join(sorted(reply[element.begin : element.end] for element in elements))
                reply = reply[: field.start] + ordered + reply[field.end :]
    except ValueError:
        return reply
    return reply


def _list_elements(content: bytes, start: int, end: int) -> list[_Element]:
    """Return the elements between two places.

    Raises:
        ValueError: they are none of DER with short tags, or do not end where they should.
    """
    elements = []
    while start < end:
        element = _read_element(content, start)
        if element.end > end:
            raise ValueError("an element is longer than what it is in")
        elements.append(element)
        start = element.end
    return elements


def _read_element(content: bytes, begin: int) -> _Element:
    if begin + 2 > len(content) or content[begin] & 0x1F == 0x1F:
        raise ValueError("no element, or one with a long tag")
    length, start = content[begin + 1], begin + 2
    if length & 0x80:
        size = length & 0x7F
        if not 1 <= size <= 4 or start + size > len(content):
            raise ValueError("a length that DER does not have")
        length, start = int.from_bytes(content[start : start + size]), start + size
    return _Element(content[begin], begin, start, start + length)
