"""Measure the signatures, and write docs/signatures.md again: `python -m tests.expectations.signatures.measure`."""

from __future__ import annotations

from tests.expectations.signatures.measurements import measured, measured_held_back
from tests.expectations.signatures.page import PAGE, page

if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(measured(), measured_held_back()), encoding="utf-8")
