"""Lists that rules are made from: data files, and one function that reads them."""

from __future__ import annotations

from functools import cache
from importlib import resources


@cache
def read_list(name: str) -> tuple[str, ...]:
    """Read the lines of `signatures/<name>.txt`, without empty ones and comments (`# `)."""
    text = resources.files(__package__).joinpath(f"{name}.txt").read_text(encoding="utf-8")
    lines = (f"{line} ".split("# ", 1)[0].strip() for line in text.splitlines())
    return tuple(line for line in lines if line)
