"""`make dist` tries the wheel on each Python that starts, and fails where the installed package does not work."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tools import distribution

INTERPRETER = """\
#!/bin/sh
case "$2" in
  venv) mkdir -p "$3/bin"; cp "$0" "$3/bin/python"; printf '%s' '{command}' > "$3/bin/synth-expectations"
    chmod +x "$3/bin/synth-expectations" ;;
  pip) echo "no wheel for this Python"; exit {pip} ;;
esac
"""
AGREES = '#!/bin/sh\n[ "$1" = --version ] || echo "AGREED   Every planted record was found"\n'
DIFFERS = "#!/bin/sh\necho 0.1.0\n"
CRASHES = "#!/bin/sh\necho No module named made_up\nexit 1\n"


@pytest.fixture
def interpreter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Return what puts an interpreter of a version on the path; the rest of the path has none."""
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")

    def write(version: str, text: str = "", *, command: str = AGREES, pip: int = 0) -> Path:
        path = tmp_path / f"python{version}"
        path.write_text(text or INTERPRETER.format(command=command, pip=pip))
        path.chmod(0o755)
        return path

    return write


def test_a_python_that_does_not_start_is_not_at_hand(interpreter: Callable[..., Path]) -> None:
    works = interpreter("3.12")
    interpreter("3.13", "#!/bin/sh\necho 'no such version'\nexit 127\n")
    found = dict(distribution.find_pythons())
    assert list(found) == list(distribution.PYTHONS)
    assert (found["3.12"], found["3.13"]) == (str(works), "")


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({}, ""),
        ({"pip": 1}, "no wheel for this Python"),
        ({"command": CRASHES}, "No module named made_up"),
        ({"command": DIFFERS}, "the demo did not find what it planted"),
    ],
)
def test_a_wheel_is_tried(interpreter: Callable[..., Path], options: dict[str, object], reason: str) -> None:
    python = interpreter("3.12", **options)
    said = distribution.try_wheel(Path("made_up-1.0-py3-none-any.whl"), str(python))
    assert reason in said
    assert bool(said) == bool(reason)


GATES = '#!/bin/sh\n[ "$1" = --version ] || { echo "Contact.csv: SD001 2 of 2 records"; exit 1; }\n'


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"command": GATES}, ""),
        ({"command": GATES, "pip": 1}, "no wheel for this Python"),
        ({"command": CRASHES}, "No module named made_up"),
        ({"command": DIFFERS}, "the gate did not find the untagged load"),
    ],
)
def test_the_wheel_of_the_gate_is_tried(
    interpreter: Callable[..., Path], options: dict[str, object], reason: str
) -> None:
    python = interpreter(
        "3.12", INTERPRETER.replace("synth-expectations", "synth-gate").format(**{"pip": 0, **options})
    )
    said = distribution.try_gate(Path("made_up-1.0-py3-none-any.whl"), str(python))
    assert reason in said
    assert bool(said) == bool(reason)


def test_a_release_that_was_tried_on_nothing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(distribution, "DIST", tmp_path)
    monkeypatch.setattr(distribution, "build", lambda: (tmp_path / "made_up.whl", tmp_path / "gate.whl"))
    monkeypatch.setattr(distribution, "run", lambda *command: None)
    monkeypatch.setattr(distribution, "find_pythons", lambda: iter([("3.11", "")]))
    assert distribution.main() == 1
    said = capsys.readouterr()
    assert "Python 3.11: not at hand" in said.out
    assert "was not tried" in said.err
