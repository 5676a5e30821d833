"""The generator of the pages of `docs/` that come from the code: `python -m tools.docs`."""
