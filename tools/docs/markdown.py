"""Markdown that reads alike on a site and in a repository."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from synth_expectations.expectations.base import SyntheticDataExpectation

GENERATED = "<!-- Made by `make docs` from the code. Edit the code, not this page. -->"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Return a table line by line."""
    lines = [head, ["---"] * len(head), *rows]
    return [f"| {' | '.join(_cell(cell) for cell in line)} |" for line in lines]


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def code(text: str) -> str:
    """Return inline code; placeholders in angle brackets stay visible."""
    return f"`{text}`" if text else ""


def block(text: str, language: str = "") -> list[str]:
    """Return a code block line by line."""
    return [f"```{language}", *text.rstrip("\n").split("\n"), "```"]


def plain(text: str) -> str:
    """Return text in which nothing is markup."""
    return text.replace("<", "&lt;").replace("*", "\\*")


def linked(kind: type[SyntheticDataExpectation], folder: str = "expectations/") -> str:
    """Return an expectation's sentence as a link to its page."""
    return f"[{plain(kind.summary())}]({folder}{kind.type_name()}.md)"


def page(lines: Iterable[str]) -> str:
    """Return a whole page: single empty lines, and one newline at the end."""
    kept: list[str] = []
    for line in [GENERATED, "", *lines]:
        if line or (kept and kept[-1]):
            kept.append(line.rstrip())
    return "\n".join(kept).rstrip() + "\n"
