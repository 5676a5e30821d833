"""Wheels in environments of their own, where the checkout is not seen."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path


def build_wheel(source: Path, folder: Path) -> Path:
    """Build the wheel of a distribution, and return it."""
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=source, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    return wheel


def install_wheel(wheel: Path, folder: Path) -> Path:
    """Make an environment with a wheel and nothing else, and return its directory of packages."""
    venv.create(folder, with_pip=False)
    python = folder / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", str(python), "install"]
    subprocess.run([*pip, "--no-index", "--no-deps", str(wheel)], check=True, capture_output=True)
    (site,) = folder.glob("lib/python*/site-packages")
    return site


def run_installed(script: Path, directory: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a script of an environment in a directory, without what the variables of this process say to Python."""
    variables = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    command = [str(script), *arguments]
    return subprocess.run(command, cwd=directory, env=variables, capture_output=True, text=True, check=False)
