"""A pack holds what its period needs, and the same ledger gives the same bytes everywhere."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from synth_expectations.controls.load import ControlsError
from synth_expectations.evidence.canonical import compute_digest
from synth_expectations.evidence.ledger.entry import EntryKind
from synth_expectations.evidence.ledger.ledger import EvidenceLedger, LedgerError
from synth_expectations.evidence.pack.builder import EvidencePack, PackMadeBody, write_pack
from synth_expectations.evidence.pack.period_entries import PackError
from tests.evidence.pack.sample_pack import (
    HOSTILE_TABLE,
    KEY,
    LATER,
    RECORD_KEYS,
    append_run,
    make_pack,
    make_result,
    set_clock,
    unpack,
    verify_with_bash,
    verify_with_python,
)
from tests.paths import ROOT

MAKE_PACK = """
import sys
from pathlib import Path
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.ledger.store import DirectoryStore
from synth_expectations.evidence.pack.archive import write_archive
from tests.evidence.pack.sample_pack import make_pack
pack = make_pack(EvidenceLedger(DirectoryStore(Path(sys.argv[1]))))
write_archive(Path(sys.argv[2]), pack.files, pack.entries.period.last)
"""


def _read_store(ledger: EvidenceLedger) -> Path:
    path = ledger.store.path  # type: ignore[attr-defined]
    assert isinstance(path, Path)
    return path


def test_the_bytes_are_the_same_everywhere(shared_ledger: EvidenceLedger, pack: EvidencePack, tmp_path: Path) -> None:
    """Not the time zone, the locale, the umask, the hash seed nor the directory is seen in them."""
    archives = []
    for number, (zone, language, umask) in enumerate(
        (("Pacific/Kiritimati", "C", 0o077), ("America/Lima", "tr_TR.UTF-8", 0))
    ):
        archive = tmp_path / f"{number}.zip"
        subprocess.run(
            [sys.executable, "-c", MAKE_PACK, str(_read_store(shared_ledger)), str(archive)],
            cwd=ROOT, check=True, umask=umask,
            env={**os.environ, "TZ": zone, "LC_ALL": language, "PYTHONHASHSEED": str(number), "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        archives.append(archive.read_bytes())
    assert archives[0] == archives[1]
    with zipfile.ZipFile(tmp_path / "0.zip") as packed:
        members = packed.infolist()
        assert {member.filename: packed.read(member) for member in members} == pack.files
    assert [member.filename for member in members] == sorted(pack.files)
    assert {member.date_time for member in members} == {(2026, 12, 31, 23, 59, 58)}
    assert {member.external_attr >> 16 for member in members} == {0o100644, 0o100755}


def test_nothing_of_the_machine_and_no_record_key_is_in_it(pack: EvidencePack, shared_ledger: EvidenceLedger) -> None:
    """A pack may leak; neither do runs of other periods come with it."""
    content = b"\0".join(pack.files.values())
    for secret in (*map(str, RECORD_KEYS), str(_read_store(shared_ledger)), os.uname().nodename, KEY):
        assert secret.encode() not in content, secret
    first_of_all = next(shared_ledger.read_entries(since=2))
    assert f"objects/{first_of_all.header.body_sha256}" not in pack.files
    assert pack.files["ledger/headers.jsonl"].startswith(next(shared_ledger.read_entries()).content + b"\n")


def test_a_result_keeps_its_digest_or_gets_pseudonyms(pack: EvidencePack) -> None:
    original = compute_digest(make_result(2))
    copy = json.loads(pack.files[f"pseudonymised/{original}.json"])
    assert pack.manifest.pseudonymised == {f"pseudonymised/{original}.json": original}
    assert copy["original_sha256"] == original and copy["pseudonym_key_id"] == pack.manifest.pseudonyms.key_id  # type: ignore[union-attr]
    details = copy["result"]["result"]["details"]["sample"]
    pseudonyms = details["values"]
    assert all(name.startswith("p:") and len(name) == 34 for name in pseudonyms)
    assert details["by_rule"] == {"dataset_id is missing": pseudonyms}
    lists = copy["result"]["result"]
    assert lists["partial_unexpected_index_list"] == [{"Id": pseudonyms[0]}, {"Id": None}]
    assert lists["unexpected_index_list"][1]["Id"].startswith("p:")
    assert all(
        compute_digest(content) == path[8:] for path, content in pack.files.items() if path.startswith("objects/")
    )


def test_a_closed_quarter_stays_the_same(ledger: EvidenceLedger, pack: EvidencePack, tmp_path: Path) -> None:
    """Neither a later run nor the entry of an earlier pack changes it, also if that was made within the quarter."""
    set_clock(ledger, LATER + timedelta(days=1))
    entry = write_pack(ledger, make_pack(ledger), tmp_path / "first.zip")
    append_run(ledger, datetime(2027, 1, 3, 4, 30, tzinfo=UTC))
    again = make_pack(ledger)
    assert again.files == pack.files
    write_pack(ledger, again, tmp_path / "second.zip")
    assert (tmp_path / "first.zip").read_bytes() == (tmp_path / "second.zip").read_bytes()
    body = PackMadeBody.model_validate_json(ledger.read_object(entry.header.body_sha256))
    assert entry.header.kind is EntryKind.PACK_MADE
    assert body.pack_sha256 == compute_digest((tmp_path / "first.zip").read_bytes())
    assert body.head == pack.manifest.head.seq == entry.header.seq - 1


def test_a_run_over_midnight_belongs_to_the_quarter_in_which_it_started(ledger: EvidenceLedger, tmp_path: Path) -> None:
    started = datetime(2026, 12, 31, 23, 59, 30, tzinfo=UTC)
    record = append_run(ledger, started, started + timedelta(minutes=1))
    append_run(ledger, started + timedelta(days=2))
    before = make_pack(ledger)
    assert before.manifest.runs[record.run_id].finished == before.manifest.head.seq
    after = make_pack(ledger, "2027Q1")
    assert record.run_id not in after.manifest.runs
    for number, pack in enumerate((before, after)):
        result = verify_with_python(unpack(ledger, pack, tmp_path / str(number)), "--manifest", pack.manifest_sha256)
        assert result.returncode == 0, result.stdout
    assert f"Run {record.run_id} ended in this period, and started before it" in result.stdout


def test_an_aborted_run_is_shown(ledger: EvidenceLedger) -> None:
    pack = make_pack(ledger, "2026Q3")
    aborted = [name for name, run in pack.manifest.runs.items() if run.finished is None]
    assert len(aborted) == 1
    assert f'"{aborted[0]}","crm_nightly","aborted"' in pack.files["tables/runs.csv"].decode()
    assert f"1 run started and did not end: {aborted[0]}." in pack.files["cover.html"].decode()


def test_a_scope_leaves_out_the_results_of_others(ledger: EvidenceLedger, tmp_path: Path) -> None:
    whole = make_pack(ledger)
    for number, limits in enumerate(
        ({"tables": ["customer"]}, {"regulations": ["eu_ai_act"]}, {"tables": [HOSTILE_TABLE]})
    ):
        pack = make_pack(ledger, **limits)
        assert len(pack.files) < len(whole.files)
        directory = unpack(ledger, pack, tmp_path / str(number))
        for verify in (verify_with_python, verify_with_bash):
            result = verify(directory, "--manifest", pack.manifest_sha256)
            assert result.returncode == 0, result.stdout + result.stderr
    assert {path for path in make_pack(ledger, regulations=["gdpr"]).files if path.startswith("controls/gdpr")}


def test_an_older_file_of_controls_keeps_its_reading(ledger: EvidenceLedger) -> None:
    """A pack shows the requirements as they were read when the runs were made, also after an upgrade."""
    from synth_expectations.controls.load import HERE

    former = (HERE / "gdpr.yml").read_bytes().replace(b"title: Purpose limitation", b"title: Limits of purposes")
    digest = ledger.put_object(former)
    started = datetime(2026, 12, 6, tzinfo=UTC)
    record = append_run(ledger, started)
    changed = record.model_copy(update={"controls": {"gdpr": digest}, "run_id": "20261207T000000Z-zzzz"})
    for kind, phase in ((EntryKind.RUN_STARTED, "started"), (EntryKind.RUN_FINISHED, "finished")):
        ledger.append(kind, changed.model_copy(update={"phase": phase}))
    pack = make_pack(ledger)
    assert pack.files[f"controls/gdpr-{digest[:12]}.yml"] == former
    assert b"Limits of purposes" in pack.files["tables/controls.csv"]


@pytest.mark.parametrize("period", ["2025Q1", "2031", "2026-12-06..2026-12-07"])
def test_a_period_without_a_run_is_refused(shared_ledger: EvidenceLedger, period: str) -> None:
    with pytest.raises(PackError, match=r"No run started in .* The ledger's runs are from 2026-09-01 to 2026-12-05"):
        make_pack(shared_ledger, period)


def test_an_unknown_name_is_refused_with_the_nearest(shared_ledger: EvidenceLedger) -> None:
    with pytest.raises(PackError, match=r"a table custmer\. Did you mean customer"):
        make_pack(shared_ledger, tables=["custmer"])
    with pytest.raises(ControlsError, match=r"no regulation gpdr\. Did you mean gdpr"):
        make_pack(shared_ledger, regulations=["gpdr"])


def test_an_altered_ledger_is_refused(ledger: EvidenceLedger) -> None:
    entry = _read_store(ledger) / "ledger" / "00000005.json"
    entry.write_bytes(entry.read_bytes().replace(b"T04:30:0", b"T04:30:1", 1))
    with pytest.raises(PackError, match=r"Entry 6 of the ledger does not follow entry 5.*audit verify"):
        make_pack(ledger)
    entry.unlink()
    with pytest.raises((PackError, LedgerError)):
        make_pack(ledger)


@pytest.mark.parametrize("name", ["result_sha256", "record", "policy"])
def test_a_missing_or_altered_object_is_named(ledger: EvidenceLedger, name: str) -> None:
    header = list(ledger.read_entries())[-1].header
    record = json.loads(ledger.read_object(header.body_sha256))
    digests = {"record": header.body_sha256, "policy": record["policy"]["sha256"]}
    digest = digests.get(name) or record["results"][0][name]
    path = _read_store(ledger) / "objects" / digest
    path.chmod(0o600)
    path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(LedgerError, match=f"{digest[:12]}.*altered"):
        make_pack(ledger)
    path.unlink()
    with pytest.raises(LedgerError, match=f"{digest[:12]}.*missing"):
        make_pack(ledger)


def test_a_redacted_result_is_on_record(ledger: EvidenceLedger, tmp_path: Path) -> None:
    """The entry that says why comes with the pack, also if it was written after the period."""
    digest = compute_digest(make_result(2))
    (_read_store(ledger) / "objects" / digest).unlink()
    set_clock(ledger, datetime(2027, 2, 1, tzinfo=UTC))
    entry = ledger.append(
        EntryKind.REDACTION, {"schema": "redaction/1", "sha256": digest, "reason": "erased", "by": "dpo"}
    )
    ledger.append(EntryKind.RECOVERY, {"schema": "recovery/1", "missing": []})
    pack = make_pack(ledger)
    assert pack.manifest.redacted == {digest: entry.header.seq}
    assert pack.manifest.head.seq == entry.header.seq
    directory = unpack(ledger, pack, tmp_path / "pack")
    for verify in (verify_with_python, verify_with_bash):
        result = verify(directory, "--manifest", pack.manifest_sha256)
        assert result.returncode == 0, result.stdout + result.stderr
        assert f"Redacted, on record: {digest}, by entry {entry.header.seq}." in result.stdout


def test_a_run_twice_or_a_foreign_body_is_refused(ledger: EvidenceLedger) -> None:
    set_clock(ledger, LATER + timedelta(hours=1))
    last = list(ledger.read_entries())[-1].header
    ledger.append(EntryKind.RUN_FINISHED, ledger.read_object(last.body_sha256))
    with pytest.raises(PackError, match=r"contradicts an earlier one"):
        make_pack(ledger)


def test_a_result_that_is_no_json_is_refused(ledger: EvidenceLedger) -> None:
    """Nobody could tell what in it is a record key."""
    record = append_run(ledger, LATER + timedelta(days=2))
    content = b"<html>C-48213</html>"
    result = record.results[0].model_copy(update={"result_sha256": ledger.put_object(content)})
    changed = record.model_copy(update={"run_id": "20261207T043000Z-yyyy", "results": (result,)})
    ledger.append(EntryKind.RUN_STARTED, changed.model_copy(update={"phase": "started", "results": ()}))
    ledger.append(EntryKind.RUN_FINISHED, changed)
    with pytest.raises(PackError, match=f"{compute_digest(content)} is not JSON"):
        make_pack(ledger)


def test_a_file_is_never_replaced_unasked(ledger: EvidenceLedger, tmp_path: Path) -> None:
    pack, path = make_pack(ledger), tmp_path / "pack.zip"
    path.write_bytes(b"mine")
    with pytest.raises(PackError, match=r"pack.zip exists.*--force"):
        write_pack(ledger, pack, path)
    assert path.read_bytes() == b"mine"
    write_pack(ledger, pack, path, replace=True)
    assert zipfile.is_zipfile(path)
    for wrong in (tmp_path, tmp_path / "absent" / "pack.zip", path / "pack.zip"):
        with pytest.raises(PackError, match=r"is a directory|cannot be written|exists"):
            write_pack(ledger, pack, wrong)
    assert sorted(name.name for name in tmp_path.iterdir()) == ["ledger", "pack.zip", "pseudonym.key"]
