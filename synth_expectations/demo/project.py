"""The demo's project: the policy of the package, adjusted to where the data lie."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from synth_expectations.errors import SynthError

_IN_THE_REPOSITORY = Path(__file__).parents[2] / "great_expectations" / "policy.yml"
PATH_IN_THE_REPOSITORY = "${SYNTH_EXTRACTS:-../build/demo/extracts}"
"""Where the policy of the repository looks for the data, as it is written there."""


def read_policy_text() -> str:
    """Return the demo's policy: from the wheel, or from the repository in a checkout."""
    packed = resources.files("synth_expectations.demo").joinpath("policy.yml")
    source = packed if packed.is_file() else _IN_THE_REPOSITORY
    return source.read_text(encoding="utf-8")


def write_project(directory: Path) -> Path:
    """Return the demo's Great Expectations project: the one here if it is the demo's, else one below `directory`.

    Raises:
        SynthError: a policy is there that is not the demo's.
    """
    local = Path.cwd() / "great_expectations"
    if (local / "policy.yml").is_file() and (local / "policy.yml").read_text(encoding="utf-8") == read_policy_text():
        return local
    project = directory / "great_expectations"
    text = read_policy_text().replace(PATH_IN_THE_REPOSITORY, "../extracts")
    file = project / "policy.yml"
    if file.is_file() and file.read_text(encoding="utf-8") != text:
        raise SynthError(f"{file} is not the demo's own policy.", "Name another directory: --directory")
    project.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")
    return project
