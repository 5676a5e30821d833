"""What a class of expectations says of itself: its name, its family, and its docstring."""

from __future__ import annotations

import inspect
import re
from functools import cache


class Described:
    """A class with a name and a docstring from which suites, Data Docs and the catalogue are written."""

    @classmethod
    def type_name(cls) -> str:
        """Return the snake-case name: `expect_records_to_be_tagged`."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    @classmethod
    def family(cls) -> str:
        """Return the family of the catalogue, which is the folder of the module."""
        return cls.__module__.split(".")[-2]

    @classmethod
    def summary(cls) -> str:
        """Return the first sentence of the docstring, without the full stop."""
        return cls.paragraphs()[0].rstrip(".")

    @classmethod
    def does_not_show(cls) -> str:
        """Return what passing does not prove, for the auditor."""
        mark = "Does not show:"
        return next((text.removeprefix(mark).strip() for text in cls.paragraphs() if text.startswith(mark)), "")

    @classmethod
    @cache  # asked for several times for each result
    def paragraphs(cls) -> tuple[str, ...]:
        """Return the docstring in paragraphs, with "Does not show:" in a paragraph of its own."""
        text = inspect.cleandoc(cls.__doc__ or cls.__name__).replace("\nDoes not show:", "\n\nDoes not show:")
        return tuple(" ".join(part.split()) for part in text.split("\n\n"))
