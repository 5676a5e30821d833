"""The command `python -m tools.distribution`: build the wheel and the sdist, check them, and try the wheel. `make dist`.

A wheel that works in the checkout may still lack a file, or a dependency that only the tests install. So it is
installed into an empty environment for each Python that this package supports and that is at hand, and the demo is run
from it in an empty directory. The wheel of the gate alone is tried in the same way, on a small tree.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
GATE = ROOT / "packaging" / "gate"
DIST = ROOT / "dist"
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
"""The versions that are looked for, as `python3.11` and so on."""

_TREE = {
    "export.json": '{"runnableInProduction": true, "objects": [{"query": "SELECT Email FROM Contact", "operation": "Upsert"}]}',
    "Contact.csv": "LastName,Email\nMoor,a.moor@example.com\nLund,b.lund@example.com\n",
}
"""A load with two untagged people that is bound for production."""
_FOUND = "Contact.csv: SD001 2 of 2 records"

_AGREED = "AGREED"
"""What the demo prints when it found each planted record, and no other."""


def main() -> int:
    """Build, check and try the distribution; return 1 if anything is wrong with it."""
    wheel, gate = build()
    run(sys.executable, "-m", "twine", "check", "--strict", *map(str, sorted(DIST.iterdir())))
    tried = []
    for version, python in find_pythons():
        if not python:
            print(f"Python {version}: not at hand, so the wheel was not tried on it.")
        elif reason := try_wheel(wheel, python) or try_gate(gate, python):
            print(f"Python {version}: {reason}", file=sys.stderr)
            return 1
        else:
            print(
                f"Python {version}: the wheels install, the demo finds what it planted, and the gate an untagged load."
            )
            tried.append(version)
    if not tried:
        print(f"No Python was found of {', '.join(PYTHONS)}: the wheel was not tried.", file=sys.stderr)
    return 0 if tried else 1


def build() -> tuple[Path, Path]:
    """Build an sdist, and from it the wheel, and the wheel of the gate; return the wheels.

    The gate has no sdist: its sources lie outside of its directory, in the sdist of the whole.
    """
    shutil.rmtree(DIST, ignore_errors=True)
    run(sys.executable, "-m", "build", "--outdir", str(DIST), str(ROOT))
    run(sys.executable, "-m", "build", "--wheel", "--outdir", str(DIST), str(GATE))
    (wheel,), (gate,) = DIST.glob("synth_expectations-*.whl"), DIST.glob("synth_gate-*.whl")
    return wheel, gate


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
        steps = (("synth-expectations", "--version"), ("synth-expectations", "demo", "--contacts", "1000"))
        code, printed = _try_steps(wheel, python, Path(directory), {}, steps)
        if code:
            return printed
        return "" if _AGREED in printed else "the demo did not find what it planted."


def try_gate(wheel: Path, python: str) -> str:
    """Install the wheel of the gate into an empty environment, and run it over a small tree.

    Args:
        wheel: its path.
        python: the interpreter of the environment.

    Returns:
        What went wrong, with the last lines that were printed; empty if nothing did.
    """
    with tempfile.TemporaryDirectory(prefix="synth_gate_") as directory:
        steps = (("synth-gate", "--version"), ("synth-gate",))
        code, printed = _try_steps(wheel, python, Path(directory), _TREE, steps)
        if code != 1 or _FOUND not in printed:
            return f"the gate did not find the untagged load:\n{printed}"
        return ""


def _try_steps(
    wheel: Path, python: str, directory: Path, files: Mapping[str, str], commands: Sequence[tuple[str, ...]]
) -> tuple[int, str]:
    """Install a wheel and run commands of it in a directory with some files.

    Returns:
        The exit code of the last command, and what it printed; of a step before it that failed, with its name.
    """
    environment, work = directory / "environment", directory / "work"
    work.mkdir()
    for name, text in files.items():
        (work / name).write_text(text, encoding="utf-8")
    steps: Sequence[tuple[str, ...]] = (
        (python, "-m", "venv", str(environment)),
        (str(environment / "bin" / "python"), "-m", "pip", "install", "--quiet", str(wheel)),
        *((str(environment / "bin" / command), *arguments) for command, *arguments in commands),
    )
    variables = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    for step in steps:
        done = subprocess.run(step, cwd=work, env=variables, capture_output=True, text=True, check=False)  # noqa: S603
        last = "\n".join((done.stdout + done.stderr).splitlines()[-15:])
        if done.returncode and step is not steps[-1]:
            return 2, f"{' '.join(step)} exited with {done.returncode}:\n{last}"
    return done.returncode, last


def run(*command: str) -> None:
    """Run a command; one that fails ends this one with its exit code."""
    done = subprocess.run(command, check=False)  # noqa: S603
    if done.returncode:
        raise SystemExit(done.returncode)


if __name__ == "__main__":
    sys.exit(main())
