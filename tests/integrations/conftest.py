"""The small project of the command line's tests."""

from tests.cli.conftest import cli, compiled, project

__all__ = ["cli", "compiled", "project"]
