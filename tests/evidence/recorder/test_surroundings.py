"""What a run finds around it: directories that are there, names that are not text, packages that are not installed."""

from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from synth_expectations.engine import package_versions
from synth_expectations.engine.fingerprints import Fingerprinter
from synth_expectations.errors import SynthError
from synth_expectations.evidence.canonical import encode_document
from synth_expectations.evidence.recorder import software
from synth_expectations.evidence.recorder.environment import read_actor, read_trigger
from synth_expectations.evidence.recorder.location import open_ledger
from synth_expectations.evidence.records.run import ActorRecord
from synth_expectations.policy.standing import PolicyStanding
from synth_expectations.runner.recording import Recording


def test_a_directory_that_was_there_is_ignored_by_git_but_for_the_files_of_others(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("of others")
    open_ledger(str(tmp_path))
    ignored = (tmp_path / ".gitignore").read_text().split()
    assert {"/objects/", "/site/"} <= set(ignored)
    assert not {"*", "/notes.txt"} & set(ignored)
    (tmp_path / ".gitignore").unlink()
    open_ledger(str(tmp_path))
    assert not (tmp_path / ".gitignore").exists(), "whoever removed it wants the ledger in the repository"


def test_a_directory_that_another_run_makes_at_the_same_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    directory = tmp_path / "evidence"
    open_ledger(str(directory))
    with monkeypatch.context() as patched:
        patched.setattr(Path, "exists", lambda _: False)
        open_ledger(str(directory))


def test_names_of_the_environment_that_are_no_text_are_recorded() -> None:
    actor = read_actor({"CI": "1", "GITHUB_ACTOR": "an\udce9"})
    assert actor.claimed == "an?"
    assert len(read_actor({"CI": "1", "GITHUB_ACTOR": "a" * 10_000}).claimed) == 500
    encode_document(read_trigger({"BUILD_URL": "https://ci.example/\udce9", "AIRFLOW_CTX_DAG_RUN_ID": "\udce9"}))


@pytest.mark.parametrize("value", [2**60, "\udce9", float("nan")])
def test_what_canonical_json_cannot_hold_is_a_sentence(value: object) -> None:
    with pytest.raises(SynthError, match="cannot be written as canonical JSON"):
        encode_document({"value": value})


def test_a_package_that_is_imported_and_not_installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def find_version(package: str) -> str:
        if package == "pyspark":
            raise PackageNotFoundError(package)
        return version(package)

    monkeypatch.setattr(package_versions, "version", find_version)
    package_versions.read_version.cache_clear()
    dependencies = software.read_software([tmp_path]).dependencies
    assert dependencies["duckdb"] == version("duckdb")
    assert "pyspark" not in dependencies
    package_versions.read_version.cache_clear()


@pytest.mark.parametrize(("approver", "notes"), [("Ann@shop.example", 1), ("dpo@shop.example", 0)])
def test_an_approval_by_whoever_runs_the_policy_is_named(approver: str, notes: int) -> None:
    recorder: Any = SimpleNamespace(started=SimpleNamespace(actor=ActorRecord(kind="ci", claimed="ann@shop.example")))
    standing = PolicyStanding(state="approved", approved_by=approver)
    assert len(list(Recording(recorder, "", True, Fingerprinter(reads_all=False), standing).list_notes())) == notes
