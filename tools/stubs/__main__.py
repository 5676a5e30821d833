"""`python -m tools.stubs` writes the stub; with `--check` it says whether the stub is stale, and exits 1 if it is."""

from __future__ import annotations

import sys

from tools.stubs.package_stub import ROOT, STUB_PATH, format_stub

STUB = ROOT / STUB_PATH


def main() -> int:
    """Write the stub, or check it."""
    text = format_stub()
    stale = not STUB.is_file() or STUB.read_text(encoding="utf-8") != text
    if "--check" in sys.argv[1:]:
        if stale:
            print(f"{STUB_PATH} is stale: python -m tools.stubs")
        return int(stale)
    if stale:
        STUB.write_text(text, encoding="utf-8")
    print(f"{text.count('class Expect')} expectations, {'written' if stale else 'unchanged'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
