"""Takes passwords out of what drivers say: they put the whole URL into their messages."""

from __future__ import annotations

import re

_IN_URL = re.compile(r"(?<=://)([^\s:/@]*):[^\s@]*@")
_AS_WORD = re.compile(r"\b(password|passwd|pwd|token|secret)(\s*[=:]\s*)('[^']*'|\"[^\"]*\"|[^\s,;&]+)", re.IGNORECASE)


def without_secrets(text: str) -> str:
    """The text with passwords masked."""
    return _AS_WORD.sub(r"\1\2***", _IN_URL.sub(r"\1:***@", text))
