"""Whatever is changed in a ledger afterwards is found and named."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from synth_expectations.evidence.canonical import compute_digest, encode_document
from synth_expectations.evidence.ledger.entry import EntryKind
from synth_expectations.evidence.ledger.entry_files import name_entry
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.ledger.store import DirectoryStore
from synth_expectations.evidence.records.run import RunRecord
from synth_expectations.evidence.verification.ledger_verifier import verify_ledger
from synth_expectations.evidence.verification.report import VerificationReport, Weight
from tests.evidence.ledger_rewriting import rewrite, rewrite_ledger
from tests.evidence.sample_ledger import write_sample_ledger
from tests.evidence.sample_runs import FIRST_RUN


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("original")
    write_sample_ledger(directory)
    return directory


@pytest.fixture
def directory(original: Path, tmp_path: Path) -> Path:
    """A copy of a sound ledger."""
    return Path(shutil.copytree(original, tmp_path / "evidence"))


def verify(directory: Path, expected_head: str | None = None) -> VerificationReport:
    return verify_ledger(DirectoryStore(directory), expected_head)


def list_altered(report: VerificationReport) -> list[str]:
    return [
        f"{finding.file}:{finding.field}: {finding.message}"
        for finding in report.findings
        if finding.weight is Weight.ALTERED
    ]


def flip_digit(content: bytes, pattern: bytes) -> bytes:
    """Return content with the last digit of the first match changed to the next one."""
    match = re.search(pattern, content)
    assert match, f"nothing matches {pattern!r}"
    digit = content[match.end() - 1 : match.end()]
    other = b"%d" % ((int(digit) + 1) % 10) if digit.isdigit() else (b"a" if digit != b"a" else b"b")
    return content[: match.end() - 1] + other + content[match.end() :]


def test_a_sound_ledger_is_verified(directory: Path) -> None:
    """A run that was aborted is a note; a ledger without a key rests on its owner."""
    report = verify(directory)
    assert (report.exit_code, list_altered(report)) == (0, [])
    assert (report.runs, report.aborted, report.signed) == (12, 1, 0)
    assert "as far as its owner is trusted" in report.conclusion
    notes = [finding.message for finding in report.findings]
    assert "Run 20260923T043000Z-gbbb started, and never ended: it was aborted, or is still going on." in notes
    assert sum("was approved, and no entry of the ledger approves it" in note for note in notes) == len(notes) - 1


@pytest.mark.parametrize("seq", [1, 2, 7, 23])
@pytest.mark.parametrize("field", ["seq", "prev", "kind", "at", "body_sha256"])
def test_a_changed_header_is_named(directory: Path, seq: int, field: str) -> None:
    file = directory / name_entry(seq)
    if field == "kind":
        content = file.read_bytes()
        kind = json.loads(content)["kind"]
        rewrite(file, content.replace(kind.encode(), b"run_started" if kind != "run_started" else b"run_finished"))
    else:
        rewrite(file, flip_digit(file.read_bytes(), rb'"%s":"?[-0-9a-fT:.]*[0-9a-f]' % field.encode()))
    report = verify(directory)
    assert report.exit_code == 1
    named = {finding.entry for finding in report.findings if finding.weight is Weight.ALTERED}
    assert seq in named or seq + 1 in named
    assert any(f"{seq:08d}" in line or f"entry {seq}:" in line for line in list_altered(report))


def test_the_time_of_the_last_entry_is_held_by_its_head_alone(directory: Path) -> None:
    """Nothing follows it: whoever wants to hold it notes the head."""
    head = verify(directory).head
    file = directory / name_entry(head.seq)
    rewrite(file, flip_digit(file.read_bytes(), rb'"at":"[^"]*[0-9]'))
    assert verify(directory, head.digest).exit_code == 1


def find_objects(directory: Path) -> dict[str, str]:
    """Return an object of each kind."""
    ledger = EvidenceLedger(DirectoryStore(directory))
    finished = next(entry for entry in ledger.read_entries() if entry.header.kind is EntryKind.RUN_FINISHED)
    record = RunRecord.model_validate_json(ledger.read_object(finished.header.body_sha256))
    result = record.results[0]
    assert record.policy
    assert result.result_sha256
    assert result.sql_sha256
    return {
        "record": finished.header.body_sha256,
        "policy": record.policy.sha256,
        "result": result.result_sha256,
        "sql": result.sql_sha256,
    }


@pytest.mark.parametrize("kind", ["record", "policy", "result", "sql"])
@pytest.mark.parametrize("change", ["flipped", "emptied", "missing", "a link", "a directory"])
def test_a_changed_object_is_named(directory: Path, kind: str, change: str) -> None:
    digest = find_objects(directory)[kind]
    file = directory / "objects" / digest
    content = file.read_bytes()
    file.unlink()
    if change == "flipped":
        file.write_bytes(content[:-2] + bytes([content[-2] ^ 1]) + content[-1:])
    elif change == "emptied":
        file.write_bytes(b"")
    elif change == "a link":
        (directory.parent / "copy").write_bytes(content)
        file.symlink_to(directory.parent / "copy")
    elif change == "a directory":
        file.mkdir()
    report = verify(directory)
    assert report.exit_code == 1
    assert any(digest in line for line in list_altered(report))


def test_a_missing_entry_is_named(directory: Path) -> None:
    (directory / name_entry(7)).unlink()
    assert "ledger/00000007.json:: Entry 7 is missing." in list_altered(verify(directory))


def test_swapped_entries_are_named(directory: Path) -> None:
    six, seven = (directory / name_entry(seq) for seq in (6, 7))
    contents = six.read_bytes(), seven.read_bytes()
    rewrite(six, contents[1])
    rewrite(seven, contents[0])
    altered = "\n".join(list_altered(verify(directory)))
    assert "ledger/00000006.json:seq: It says that it is entry 7" in altered
    assert "ledger/00000007.json:seq: It says that it is entry 6" in altered


def test_a_doubled_entry_is_named(directory: Path) -> None:
    seq = verify(directory).head.seq + 1
    (directory / name_entry(seq)).write_bytes((directory / name_entry(7)).read_bytes())
    (directory / "ledger" / "00000007 copy.json").write_bytes((directory / name_entry(7)).read_bytes())
    altered = "\n".join(list_altered(verify(directory)))
    assert f"ledger/{seq:08d}.json:seq: It says that it is entry 7" in altered
    assert "ledger/00000007 copy.json:: It is not an entry" in altered


def test_a_cut_off_tail_is_found_by_the_head_that_was_noted(directory: Path) -> None:
    """Without it, the bodies that are left behind tell: no process writes the end of a run before its start."""
    head = verify(directory).head
    for seq in (head.seq, head.seq - 1):
        (directory / name_entry(seq)).unlink()
    report = verify(directory)
    assert report.exit_code == 1
    [altered] = list_altered(report)
    assert "and no entry its start: entries were removed." in altered
    for path in (directory / "objects").iterdir():
        if path.name in altered:
            path.unlink()
    report = verify(directory)
    assert report.exit_code == 0
    [orphan] = [finding.message for finding in report.findings if "no entry names it" in finding.message]
    assert orphan.startswith("It records the start of run 20261")
    report = verify(directory, head.digest)
    assert report.exit_code == 1
    assert "entries were cut off, or the ledger was rewritten" in list_altered(report)[0]


def test_a_head_of_before_still_holds(directory: Path) -> None:
    digest = compute_digest((directory / name_entry(20)).read_bytes())
    report = verify(directory, digest.upper())
    assert report.exit_code == 0
    assert any(
        "The head that was noted is entry 20; 4 entries since." in finding.message for finding in report.findings
    )


def test_a_ledger_that_was_written_anew_is_found_by_the_head_alone(directory: Path) -> None:
    head = verify(directory).head
    rewrite_ledger(
        directory, lambda body: body.replace(b'"broken":17', b'"broken":16').replace(b'"count":17', b'"count":16')
    )
    report = verify(directory)
    assert (report.exit_code, list_altered(report)) == (0, [])
    assert verify(directory, head.digest).exit_code == 1


def _edit_record(change: Callable[[dict[str, object]], None]) -> Callable[[bytes], bytes]:
    """Return what edits the record of the first finished run."""

    def edit(body: bytes) -> bytes:
        document = json.loads(body)
        if document.get("phase") != "finished" or document["run_id"] != "20260901T043000Z-bbbb":
            return body
        change(document)
        return encode_document(document)

    return edit


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda record: record["results"].pop(0), "was planned but has no result, and the run did not error."),
        (lambda record: record["plan"].pop(0), "plan is not that of the start of the run, entry 2."),
        (lambda record: record["plan"].pop(0), "has a result, but was not planned."),
        (lambda record: record.update(verdict="passed"), "The run says passed, and "),
        (lambda record: record.update(exit_code=0), "Exit code 0 is not that of failed."),
        (lambda record: record.update(verdict=None), "The run ended without a verdict or an exit code."),
        (lambda record: record.update(run_id="another"), "Run another ended, but no entry says that it started."),
        (lambda record: record.update(project_uuid="another"), "The record is of another project, another."),
        (lambda record: record.update(phase="started"), "The entry says run_finished, but its record says started."),
        (lambda record: record["policy"].update(sha256="0" * 64), "The object that policy.sha256 names is missing."),
        (lambda record: record.pop("plan"), "It is not a record of a run."),
        (lambda record: record["results"][3].update(verdict="passed"), "passed, and no record was there to check."),
    ],
)
def test_a_record_that_contradicts_the_rest_is_named(
    directory: Path, change: Callable[[dict[str, object]], None], sentence: str
) -> None:
    """The owner wrote the chain anew, so that only what the entries say of each other is left."""
    rewrite_ledger(directory, _edit_record(change))
    report = verify(directory)
    assert report.exit_code == 1
    assert any(sentence in line for line in list_altered(report)), list_altered(report)


def test_a_start_that_was_left_out_is_named(directory: Path) -> None:
    ledger = EvidenceLedger(DirectoryStore(directory))
    record = ledger.read_object(find_objects(directory)["record"])
    ledger.append(EntryKind.RUN_FINISHED, encode_document({**json.loads(record), "run_id": "20261201T043000Z-zzzz"}))
    ledger.append(EntryKind.RUN_FINISHED, record)
    altered = "\n".join(list_altered(verify(directory)))
    assert "Run 20261201T043000Z-zzzz ended, but no entry says that it started." in altered
    assert "Run 20260901T043000Z-bbbb finished already with entry 3." in altered


def test_a_clock_that_was_set_back_is_a_note(directory: Path) -> None:
    ledger = EvidenceLedger(DirectoryStore(directory), now=lambda: FIRST_RUN)
    seq = ledger.append(EntryKind.MANUAL_DONE, {"by": "dpo@shop.example"}).header.seq
    report = verify(directory)
    assert report.exit_code == 0
    assert any(finding.entry == seq and "a clock was set back" in finding.message for finding in report.findings)


def test_what_a_newer_version_wrote_cannot_be_judged(directory: Path) -> None:
    seq = verify(directory).head.seq + 1
    (directory / name_entry(seq)).write_text('{"schema":"ledger/2","seq":%s}' % seq)  # noqa: UP031
    report = verify(directory)
    assert report.exit_code == 2
    assert report.findings[-1].weight is Weight.UNJUDGED


@pytest.mark.parametrize("content", [b"", b"null", b"[" * 100_000, b"\xff\xfe", b'{"schema":"ledger/1"}'])
def test_an_entry_that_is_none_is_named(directory: Path, content: bytes) -> None:
    rewrite(directory / name_entry(7), content)
    report = verify(directory)
    assert report.exit_code == 1
    assert any(line.startswith("ledger/00000007.json") for line in list_altered(report))


def test_a_number_far_away_does_not_make_it_count_for_ever(directory: Path) -> None:
    (directory / "ledger" / "999999999999.json").write_bytes((directory / name_entry(7)).read_bytes())
    assert verify(directory).exit_code == 1
