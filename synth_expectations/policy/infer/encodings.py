"""The encoding of a text file, guessed from what it says: a wrong one would misread every name without an error."""

from __future__ import annotations

import io
import re

from synth_expectations.engine.extracts.text_stream import ExtractFile, guess_mark, open_binary
from synth_expectations.policy.infer.model import ProposalError

_LOOKED_AT = 1 << 20
_JAPANESE = ("cp932", "euc_jp")
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa]{2}")
"""Two full-width kana side by side: Japanese text has some soon, and western text read as Japanese has none."""
_WORD = re.compile(r"[^\W\d_]{2,}")
_OF_POLISH = re.compile("[A-Za-z][\u00b9\u00b3\u00bf][a-z]")
"""Signs that cp1252 shows where cp1250 has a letter of Polish, between two letters."""
_FEWEST = 3


def guess_encoding(file: ExtractFile) -> str:
    """Return the encoding of a file; text without other letters is `ascii`, and fits most encodings.

    Raises:
        ProposalError: its bytes are no UTF-8, and no other encoding makes words of them.
    """
    with open_binary(file) as binary:
        if mark := guess_mark(binary.peek(4)[:4]):
            return mark
    for encoding in ("ascii", "utf-8"):
        if _reads(file, encoding):
            return encoding
    for encoding in _JAPANESE:
        if _reads(file, encoding) and _KANA.search(_read_start(file, encoding)):
            return encoding
    western = "cp1252" if _reads(file, "cp1252") else "latin-1"
    start = _read_start(file, western)
    if _OF_POLISH.search(start) and _reads(file, "cp1250"):
        return "cp1250"
    if not _has_words(start):
        raise ProposalError(
            f"The encoding of {file.path} is not known: it is not UTF-8, and its letters make no words in {western}.",
            "Save it as UTF-8, or write the policy by hand, with encoding: under format:.",
        )
    return western


def _has_words(text: str) -> bool:
    """Return whether letters beyond ASCII stand among those of ASCII, as they do in a language of western Europe."""
    words = {word for word in _WORD.findall(text) if not word.isascii()}
    alone = [word for word in words if not any(map(str.isascii, word))]
    return len(words) < _FEWEST or 2 * len(alone) <= len(words)


def _read_start(file: ExtractFile, encoding: str) -> str:
    with open_binary(file) as binary, io.TextIOWrapper(binary, encoding=encoding) as text:
        return text.read(_LOOKED_AT)


def _reads(file: ExtractFile, encoding: str) -> bool:
    try:
        with open_binary(file) as binary, io.TextIOWrapper(binary, encoding=encoding) as text:
            while text.read(_LOOKED_AT):
                pass
    except UnicodeDecodeError:
        return False
    return True
