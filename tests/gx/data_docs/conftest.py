from __future__ import annotations

from tests.cli.conftest import cli, compiled, project

__all__ = ["cli", "compiled", "project"]
