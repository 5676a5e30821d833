"""The command `python -m tools.distribution`: build the wheel and the sdist, check them, and try the wheel. `make dist`.

A wheel that works in the checkout may still lack a file, or a dependency that only the tests install. So it is
installed into an empty environment for each Python that this package supports and that is at hand, and the demo is run
from it in an empty directory.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
DIST = ROOT / "dist"
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
"""The versions that are looked for, as `python3.11` and so on."""

_AGREED = "AGREED"
"""What the demo prints when it found each planted record, and no other."""


def main() -> int:
    """Build, check and try the distribution; return 1 if anything is wrong with it."""
    wheel = build()
    run(sys.executable, "-m", "twine", "check", "--strict", *map(str, sorted(DIST.iterdir())))
    tried = []
    for version, python in find_pythons():
        if not python:
            print(f"Python {version}: not at hand, so the wheel was not tried on it.")
        elif reason := try_wheel(wheel, python):
            print(f"Python {version}: {reason}", file=sys.stderr)
            return 1
        else:
            print(f"Python {version}: the wheel installs, and the demo finds what it planted.")
            tried.append(version)
    if not tried:
        print(f"No Python was found of {', '.join(PYTHONS)}: the wheel was not tried.", file=sys.stderr)
    return 0 if tried else 1


def build() -> Path:
    """Build an sdist, and from it the wheel; return the wheel."""
    shutil.rmtree(DIST, ignore_errors=True)
    run(sys.executable, "-m", "build", "--outdir", str(DIST), str(ROOT))
    (wheel,) = DIST.glob("*.whl")
    return wheel


def find_pythons() -> Iterator[tuple[str, str]]:
    """Yield each version and its interpreter; an empty text if there is none that starts."""
    for version in PYTHONS:
        python = shutil.which(f"python{version}")
        yield version, python if python and _starts(python) else ""


def _starts(python: str) -> bool:
    """Return whether an interpreter starts: what pyenv puts on the path for a version that is not chosen does not."""
    return subprocess.run([python, "--version"], capture_output=True, check=False).returncode == 0  # noqa: S603


def try_wheel(wheel: Path, python: str) -> str:
    """Install a wheel into an empty environment, and run the demo from it outside the checkout.

    Args:
        wheel: its path.
        python: the interpreter of the environment.

    Returns:
        What went wrong, with the last lines that were printed; empty if nothing did.
    """
    with tempfile.TemporaryDirectory(prefix="synth_expectations_") as directory:
        environment, empty = Path(directory) / "environment", Path(directory) / "empty"
        empty.mkdir()
        steps: Sequence[tuple[str, ...]] = (
            (python, "-m", "venv", str(environment)),
            (str(environment / "bin" / "python"), "-m", "pip", "install", "--quiet", str(wheel)),
            (str(environment / "bin" / "synth-expectations"), "--version"),
            (str(environment / "bin" / "synth-expectations"), "demo", "--contacts", "1000"),
        )
        variables = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        for step in steps:
            done = subprocess.run(step, cwd=empty, env=variables, capture_output=True, text=True, check=False)  # noqa: S603
            if done.returncode:
                last = "\n".join((done.stdout + done.stderr).splitlines()[-15:])
                return f"{' '.join(step)} exited with {done.returncode}:\n{last}"
        return "" if _AGREED in done.stdout else "the demo did not find what it planted."


def run(*command: str) -> None:
    """Run a command; one that fails ends this one with its exit code."""
    done = subprocess.run(command, check=False)  # noqa: S603
    if done.returncode:
        raise SystemExit(done.returncode)


if __name__ == "__main__":
    sys.exit(main())
