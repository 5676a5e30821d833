"""Read the pages of a site as a test needs them: text, links and badges."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit


@dataclass
class ReadPage(HTMLParser):
    """A page, taken apart."""

    path: Path
    links: list[str] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    tags: list[str] = field(default_factory=list)
    classes: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.html = self.path.read_text(encoding="utf-8")
        self._class = ""
        self.feed(self.html)

    @property
    def text(self) -> str:
        """The page without its tags, on one line."""
        return " ".join(unescape(re.sub("<[^>]*>", " ", self.html.partition("<main")[2])).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        self.links += [given[name] for name in ("href", "src") if name in given]
        self.ids |= {given["id"]} if "id" in given else set()
        self._class = given.get("class", "")

    def handle_data(self, data: str) -> None:
        if self._class.startswith(("badge", "cell")):
            self.classes.append((self._class, data.strip()))
            self._class = ""


def read_pages(site: Path) -> dict[str, ReadPage]:
    """Return every page of a site, by its path."""
    return {path.relative_to(site).as_posix(): ReadPage(path) for path in sorted(site.rglob("*.html"))}


def find_dead_links(pages: dict[str, ReadPage]) -> Iterator[str]:
    """Yield each link that leads to no file or place; links that leave the site are the sources of legal texts."""
    by_file = {page.path.resolve(): page for page in pages.values()}
    for name, page in pages.items():
        for link in page.links:
            address = urlsplit(link)
            if address.scheme:
                if not (name.startswith("controls/") and address.scheme in {"http", "https"}):
                    yield f"{name}: {link} leaves the site"
                continue
            target = (page.path.parent / unquote(address.path)).resolve() if address.path else page.path.resolve()
            if link.startswith("/") or not target.is_file():
                yield f"{name}: {link} leads nowhere"
            elif address.fragment and address.fragment not in by_file[target].ids:
                yield f"{name}: {link} has no such place"


def read_bytes(site: Path) -> dict[str, bytes]:
    """Return every file of a site."""
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in sorted(site.rglob("*")) if path.is_file()}
