"""The demo: it agrees wherever it is run, leaves a checkout as it was, and says where it disagrees."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from synth_expectations import demo
from synth_expectations.demo import Manifest, generate
from synth_expectations.evidence.recorder import publication
from tests.cli.project import PUBLISH_RUN, Said, within
from tests.cli.test_output import ROOT, process, too_long

COMPILED = ("great_expectations", "suites", "checkpoints")
SMALL = ("demo", "--contacts", "1000")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SYNTH_EXTRACTS", "")  # the demo sets it: as it was after the test
    with within(tmp_path):
        yield tmp_path


def files(root: Path) -> dict[str, bytes]:
    kept = (file for name in COMPILED for file in (root / name).rglob("*") if "uncommitted" not in file.parts)
    return {str(file.relative_to(root)): file.read_bytes() for file in kept if file.is_file()}


def extract(here: Path, table: str) -> Path:
    (found,) = (here / "build" / "demo" / "extracts" / table).glob("*.parquet")
    return found


@pytest.mark.full
def test_it_agrees_in_an_empty_directory_again_and_again(tmp_path: Path) -> None:
    first = process(tmp_path, *SMALL)
    assert (first.code, first.err) == (0, "")
    lines = first.out.splitlines()
    assert lines[0] == "Demo: a retail CRM, 1,000 contacts, seed 7, as of 2026-11-01T00:00:00Z"
    assert "AGREED   Every planted record was found, by its key, and no other record was." in lines
    assert lines[-1] == "Yours    synth-expectations init --parquet 'PATH/*.parquet'"
    assert too_long(first.out) == []
    planted = [line.split()[-2:] for line in lines[lines.index("") + 2 :] if line and line[-1].isdigit()]
    assert len(planted) > 50
    assert all(found in {planted, "0"} for planted, found in planted)
    made = files(tmp_path / "build" / "demo")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["build"]
    second = process(tmp_path, *SMALL)
    assert (second.code, second.err) == (0, "")
    assert "unchanged" in second.out
    assert files(tmp_path / "build" / "demo") == made


@pytest.mark.full
def test_it_agrees_in_a_checkout_and_leaves_it_as_it_was(here: Path, cli: Callable[..., Said]) -> None:
    for name in COMPILED:
        shutil.copytree(ROOT / name, here / name, ignore=shutil.ignore_patterns("uncommitted"))
    assert cli("compile").code == 0
    before = files(here)
    said = cli(*SMALL, "--directory", "elsewhere")
    assert said.code == 0, said.out + said.err
    assert "AGREED" in said.out
    assert files(here) == before
    assert sorted(each.name for each in (here / "elsewhere").iterdir()) == ["extracts", "repository"]
    real = cli("run", "nightly", "--as-of", "2026-11-01", "--table", "contact")
    assert real.code == 1, "the same data under run fails"


@pytest.mark.full
def test_the_readme_shows_what_its_commands_print(
    here: Path, cli: Callable[..., Said], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publication, "publish_run", PUBLISH_RUN)
    for name in COMPILED:
        shutil.copytree(ROOT / name, here / name, ignore=shutil.ignore_patterns("uncommitted"))
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"^```\n(nightly .*?)^```$", readme, re.DOTALL | re.MULTILINE)
    (arguments,) = re.findall(r"^    [.]venv/bin/synth-expectations (.+)$", readme, re.MULTILINE)
    assert cli("demo").code == 0
    said = cli(*arguments.split())
    assert said.code == 1
    varying = re.compile(r"as of \S+  run \S+|file://\S+/(great_expectations|evidence)/|[0-9.]+ s; exit")
    assert varying.sub("", said.out).rstrip() == varying.sub("", shown).rstrip()


def test_beside_a_project_of_ones_own(here: Path, cli: Callable[..., Said]) -> None:
    own = here / "great_expectations" / "policy.yml"
    own.parent.mkdir()
    own.write_text("version: 1\n")
    assert cli(*SMALL).code == 0
    assert [each.name for each in own.parent.iterdir()] == ["policy.yml"]
    assert own.read_text() == "version: 1\n"


def test_a_record_too_many_is_a_disagreement(here: Path, cli: Callable[..., Said]) -> None:
    generate(here / "build" / "demo" / "extracts", 1000)
    sends = pq.read_table(extract(here, "marketing_send"))
    synthetic = sends.filter(pa.compute.equal(sends["record_origin"], "synthetic")).slice(0, 1)
    stray = synthetic.set_column(0, "send_id", pa.array(["stray"]))
    pq.write_table(stray, extract(here, "marketing_send").with_name("stray.parquet"))
    said = cli(*SMALL)
    assert (said.code, said.err) == (1, "")
    disagreed = [line for line in said.out.splitlines() if line.startswith("DISAGREED")]
    assert len(disagreed) == 2
    assert "0 planted not found, 1 found not planted." in disagreed[0]
    assert "expect_table_to_contain_no_synthetic_records counted 21 records, not 20." in disagreed[1]
    assert "AGREED " not in said.out.replace("DISAGREED", "")


@pytest.mark.full
def test_a_record_too_few_is_a_disagreement(
    here: Path, cli: Callable[..., Said], monkeypatch: pytest.MonkeyPatch
) -> None:
    def tampered(directory: Path, contacts: int, seed: int) -> Manifest:
        manifest = generate(directory, contacts, seed)
        file = extract(here, "marketing_send")
        sends = pq.read_table(file)
        real = pa.array(["real"] * len(sends))
        pq.write_table(sends.set_column(sends.schema.get_field_index("record_origin"), "record_origin", real), file)
        return manifest

    monkeypatch.setattr(demo, "generate", tampered)
    said = cli(*SMALL)
    assert said.code == 1
    assert "message to a synthetic record" in said.out
    row = next(line for line in said.out.splitlines() if line.startswith("  message to a synthetic record"))
    assert row.split()[-2:] == ["15", "0"]
    assert "15 planted not found, 0 found not planted." in said.out


def test_a_table_that_cannot_be_read_is_a_disagreement(
    here: Path, cli: Callable[..., Said], monkeypatch: pytest.MonkeyPatch
) -> None:
    def tampered(directory: Path, contacts: int, seed: int) -> Manifest:
        manifest = generate(directory, contacts, seed)
        extract(here, "marketing_send").write_bytes(b"PAR1 no more")
        return manifest

    monkeypatch.setattr(demo, "generate", tampered)
    said = cli(*SMALL)
    assert said.code == 1
    assert "DISAGREED  marketing_send: expect_table_to_contain_no_synthetic_records was not evaluated." in said.out


@pytest.mark.parametrize(
    ("made", "options", "sentence"),
    [
        ("build/demo/extracts/mine.txt", (), "build/demo/extracts holds files that the demo did not write."),
        ("build/demo/great_expectations/policy.yml", (), "policy.yml is not the demo's own policy."),
        ("other.txt", ("--contacts", "5"), "The demo has 1,000 to 1,000,000 contacts, not 5."),
    ],
)
def test_what_it_refuses(
    here: Path, cli: Callable[..., Said], made: str, options: tuple[str, ...], sentence: str
) -> None:
    (here / made).parent.mkdir(parents=True, exist_ok=True)
    (here / made).write_text("mine")
    said = cli(*SMALL, *options)
    assert said.code == 2
    assert sentence in said.err
    assert (here / made).read_text() == "mine"


def test_the_working_directory_cannot_be_written(here: Path, cli: Callable[..., Said]) -> None:
    (here / "build").write_text("a file")
    said = cli(*SMALL)
    assert said.code == 2
    assert said.err.startswith("ERROR")
    assert os.listdir(here) == ["build"]
