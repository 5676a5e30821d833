"""A virtual environment for each peer, made on first use, and again when its pins change."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from benchmarks.peers.contenders import Contender

_PINS = Path(__file__).parent / "requirements"


def python_of(contender: Contender, directory: Path) -> str:
    """The interpreter that runs it.

    Args:
        contender: whom.
        directory: where environments lie.
    """
    if contender.requirements is None:
        return sys.executable
    pins = _PINS / f"{contender.requirements}.txt"
    environment = directory / contender.requirements
    python, made = environment / "bin" / "python", environment / "pins.txt"
    if not made.is_file() or made.read_text(encoding="utf-8") != pins.read_text(encoding="utf-8"):
        print(f"installing {contender.requirements}", flush=True)
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(environment)], check=True)
        install = [str(python), "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "-r", str(pins)]
        subprocess.run(install, check=True)
        made.write_text(pins.read_text(encoding="utf-8"), encoding="utf-8")
    return str(python)


def variables(**more: str) -> dict[str, str]:
    """The environment variables of a measured process: with the cache of compiled modules, as everyone has it."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | more
