"""What compile writes over, and what it leaves alone: files of others, edits by hand, and what is gone."""

from __future__ import annotations

from pathlib import Path

import pytest

from synth_expectations.policy.compile.compiler import compile_policy
from synth_expectations.policy.errors import PolicyError
from tests.policy.conftest import change


@pytest.mark.parametrize(
    "file", ["suites/contact.json", "checkpoints/nightly.json", "great_expectations/validation_definitions/send.json"]
)
def test_what_was_edited_by_hand_is_not_overwritten(policy: Path, tmp_path: Path, file: str) -> None:
    compile_policy(policy).write()
    edited = tmp_path / file
    edited.write_text(edited.read_text().replace("{", '{"mine": 1,', 1))
    before = edited.read_text()
    change(policy, "max: P90D", "max: P1Y")
    compiled = compile_policy(policy)
    assert [Path(each).name for each in compiled.edited] == [edited.name]
    with pytest.raises(PolicyError, match="Edited by hand since compiling"):
        compiled.write()
    assert edited.read_text() == before
    compiled.write(force=True)
    assert edited.read_text() != before
    assert not compile_policy(policy).stale


def test_a_file_of_someone_else_is_not_overwritten(policy: Path, tmp_path: Path) -> None:
    (tmp_path / "suites").mkdir()
    theirs = tmp_path / "suites" / "send.json"
    theirs.write_text('{"name": "send", "expectations": []}')
    with pytest.raises(PolicyError, match=r"send\.json"):
        compile_policy(policy).write()
    assert theirs.read_text() == '{"name": "send", "expectations": []}'


def test_line_ends_of_a_checkout_are_no_edit(policy: Path, tmp_path: Path) -> None:
    compile_policy(policy).write()
    for file in [*tmp_path.rglob("*.json"), *tmp_path.rglob("*.yml")]:
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    again = compile_policy(policy)
    assert (again.edited, again.stale) == ((), ())


def test_what_else_is_in_great_expectations_yml_stays(policy: Path) -> None:
    compile_policy(policy).write()
    file = policy.parent / "great_expectations.yml"
    theirs = "# ours, keep\nfluent_datasources:\n  theirs:\n    type: pandas  # keep\n"
    theirs += "    id: 0b0c58a6-7f0c-4a50-a3f5-8ea4a3d1ab01\n"
    file.write_text(file.read_text().replace("fluent_datasources:\n", theirs))
    change(policy, "path: ../lake", "path: ../sea")
    compile_policy(policy).write()
    text = file.read_text()
    assert "# ours, keep" in text
    assert "type: pandas  # keep" in text
    assert "path: ../sea" in text
    file.write_text(text.replace("path: ../sea", "path: ../swamp"))
    assert compile_policy(policy).edited == ("great_expectations.yml (data source lake)",)


def test_tables_that_are_gone_take_their_files_with_them(policy: Path, tmp_path: Path) -> None:
    compile_policy(policy).write()
    text = policy.read_text()
    policy.write_text(text[: text.index("  send:\n")])
    compile_policy(policy).write()
    assert not list(tmp_path.rglob("send.json"))


def test_a_table_that_is_gone_while_another_changes_is_no_edit_by_hand(policy: Path) -> None:
    compile_policy(policy).write()
    text = policy.read_text()
    policy.write_text(text[: text.index("  send:\n")].replace("path: ../lake", "path: ../sea"))
    compile_policy(policy).write()
    assert not compile_policy(policy).stale


def test_an_interrupted_compile_heals(policy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from synth_expectations.policy.compile import project_files as projects

    written = projects.write

    def failing(path: Path, text: str) -> None:
        if path.name == "nightly.json":
            raise KeyboardInterrupt
        written(path, text)

    monkeypatch.setattr(projects, "write", failing)
    with pytest.raises(KeyboardInterrupt):
        compile_policy(policy).write()
    monkeypatch.undo()
    assert compile_policy(policy).stale
    compile_policy(policy).write()
    assert not compile_policy(policy).stale
    assert not [file for file in tmp_path.rglob(".*") if file.name != ".gitignore"]


def test_an_expectations_store_that_drops_ours_is_refused(policy: Path) -> None:
    compile_policy(policy).write()
    file = policy.parent / "great_expectations.yml"
    file.write_text(file.read_text().replace("    module_name: synth_expectations.gx\n", "", 1))
    with pytest.raises(PolicyError, match="drops expectations that it does not know"):
        compile_policy(policy)
