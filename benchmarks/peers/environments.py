"""A virtual environment for each contender, created on first use and again when its pins change."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from benchmarks.peers.contenders import THIS_PACKAGE, Contender

_ROOT = Path(__file__).parents[2]
_PINS = Path(__file__).parent / "requirements"


def python_of(contender: Contender, directory: Path) -> str:
    """Return the interpreter that runs a contender.

    Args:
        contender: the contender.
        directory: the directory of the environments.
    """
    if contender.requirements is None:
        return sys.executable
    pins, install = _installed(contender.requirements)
    environment = directory / contender.requirements
    python, made = environment / "bin" / "python", environment / "pins.txt"
    if not made.is_file() or made.read_text(encoding="utf-8") != pins:
        print(f"installing {contender.requirements}", flush=True)
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(environment)], check=True)
        pip = [str(python), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
        subprocess.run([*pip, *install], check=True)
        made.write_text(pins, encoding="utf-8")
    return str(python)


def _installed(requirements: str) -> tuple[str, list[str]]:
    """Return the pins of an environment and the arguments for pip. Users of this package get the same versions."""
    if requirements == THIS_PACKAGE:
        constraints = _ROOT / "constraints.txt"
        named = [(_ROOT / "pyproject.toml"), constraints]
        pins = "".join(file.read_text(encoding="utf-8") for file in named)
        return pins, ["--constraint", str(constraints), "--editable", f"{_ROOT}[postgres]"]
    pins_file = _PINS / f"{requirements}.txt"
    return pins_file.read_text(encoding="utf-8"), ["-r", str(pins_file)]


def variables(**more: str) -> dict[str, str]:
    """Return the environment variables of a measured process, which uses the cache of compiled modules."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | more
