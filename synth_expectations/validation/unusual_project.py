"""The reason why Great Expectations itself must do something: this package does not read what it does not know."""

from __future__ import annotations


class UnusualProjectError(Exception):
    """A part of a project is not as compile writes it, or is of a kind that only Great Expectations reads.

    It is caught inside of this package: what it is about goes through Great Expectations. Its message is the reason, to
    be read after "because".
    """
