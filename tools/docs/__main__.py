"""The command `python -m tools.docs`, which writes the pages; `--check` lists stale ones and exits 1."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from tools.docs import controls, engines, expectations, gate, policy, roles, stock
from tools.docs.markdown import GENERATED

DOCS = Path(__file__).parents[2] / "docs"


def main() -> int:
    """Write the pages, or check them."""
    made = dict(
        chain(
            expectations.pages(),
            controls.pages(),
            roles.pages(),
            policy.pages(),
            engines.pages(),
            stock.pages(),
            gate.pages(),
        )
    )
    stale = [path for path, text in made.items() if _read(DOCS / path) != text]
    gone = [path for path in _generated() if path not in made]
    if "--check" in sys.argv[1:]:
        for path in (*stale, *gone):
            print(f"docs/{path} is stale: make docs")
        return 1 if stale or gone else 0
    for path in stale:
        (DOCS / path).parent.mkdir(parents=True, exist_ok=True)
        (DOCS / path).write_text(made[path], encoding="utf-8")
    for path in gone:
        (DOCS / path).unlink()
    print(f"{len(made)} pages, {len(stale)} written, {len(gone)} removed")
    return 0


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


def _generated() -> Iterator[str]:
    for path in sorted(DOCS.rglob("*.md")):
        if path.read_text(encoding="utf-8").startswith(GENERATED):
            yield path.relative_to(DOCS).as_posix()


if __name__ == "__main__":
    sys.exit(main())
