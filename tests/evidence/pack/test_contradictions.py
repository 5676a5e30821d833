"""Tables, results, approvals and copies that contradict the records of a pack are named, though all sums fit."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from synth_expectations.evidence.ledger.entry import EntryKind
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from tests.evidence.pack.resealing import reseal
from tests.evidence.pack.sample_pack import (
    KEY,
    LATER,
    RECORD_KEYS,
    append_run,
    make_pack,
    make_result,
    set_clock,
    unpack,
    verify_with_python,
)


@pytest.mark.parametrize(
    ("table", "before", "after", "named"),
    [
        ("runs", '"failed","1"', '"passed","0"', "verdict is 'passed'"),
        ("findings", '"17","17","0"', '"17","16","0"', "count_max is '16'"),
        ("coverage", '"6","5","1"', '"6","6","0"', "passed is '6'"),
        ("controls", "", "", "it counts supports 1"),
    ],
)
def test_a_table_that_contradicts_the_records_is_named(
    directory: Path, table: str, before: str, after: str, named: str
) -> None:
    """All sums fit: the counts are computed anew."""
    path = directory / "tables" / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    if table == "controls":
        rows = text.splitlines()
        columns = rows[0].split(",")
        number = next(index for index, row in enumerate(rows) if '"contrary"' in row and index)
        cells = rows[number].split('","')
        cells[columns.index('"contrary"')], cells[columns.index('"supports"')] = "0", "1"
        rows[number] = '","'.join(cells)
        changed = "\n".join(rows) + "\n"
    else:
        assert before in text, text
        changed = text.replace(before, after, 1)
    path.write_text(changed, encoding="utf-8")
    reseal(directory)
    result = verify_with_python(directory)
    assert result.returncode == 1
    assert named in result.stdout, result.stdout


def test_a_line_that_is_left_out_of_a_table_is_named(directory: Path) -> None:
    for name in ("runs", "findings", "coverage", "controls"):
        path = directory / "tables" / f"{name}.csv"
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        number = next(index for index, line in enumerate(lines) if index and ("contrary" in line or name != "controls"))
        path.write_text("".join([*lines[:number], *lines[number + 1 :]]), encoding="utf-8")
    reseal(directory)
    stdout = verify_with_python(directory).stdout
    assert all(f"tables/{name}.csv lacks" in stdout for name in ("runs", "findings", "coverage", "controls")), stdout


def test_a_record_key_in_the_place_of_a_pseudonym_is_named(directory: Path) -> None:
    path = next(directory.glob("pseudonymised/*"))
    document = json.loads(path.read_bytes())
    document["result"]["result"]["details"]["sample"]["values"][0] = RECORD_KEYS[0]
    path.write_text(json.dumps(document), encoding="utf-8")
    reseal(directory)
    assert "holds a record key that is not a pseudonym" in verify_with_python(directory).stdout


def test_a_result_that_contradicts_its_record_is_named(directory: Path) -> None:
    path = next(directory.glob("pseudonymised/*"))
    path.write_bytes(path.read_bytes().replace(b'"unexpected_count": 2', b'"unexpected_count": 1'))
    reseal(directory)
    assert "the record says broken 2, but its result says 1" in verify_with_python(directory).stdout
    path.write_bytes(path.read_bytes().replace(b'"mostly": 1', b'"mostly": 0'))
    reseal(directory)
    assert "params_sha256 of the record is not that of the parameters" in verify_with_python(directory).stdout


def test_an_original_is_held_against_its_copy(shared_directory: Path, tmp_path: Path) -> None:
    """The controller shows a result and the key: both must fit."""
    original, key, other = (tmp_path / name for name in ("original.json", "key", "other"))
    original.write_bytes(make_result(2))
    key.write_text(KEY, encoding="ascii")
    other.write_text("00" * 32, encoding="ascii")
    good = verify_with_python(shared_directory, "--original", str(original), "--pseudonym-key", str(key))
    assert "same digest, and its keys become the same pseudonyms" in good.stdout
    bad = verify_with_python(shared_directory, "--original", str(original), "--pseudonym-key", str(other))
    assert bad.returncode == 1 and "other pseudonyms" in bad.stdout
    original.write_bytes(make_result(1))
    unknown = verify_with_python(shared_directory, "--original", str(original), "--pseudonym-key", str(key))
    assert unknown.returncode == 1 and "the pack has no such result" in unknown.stdout


def test_an_approval_that_is_none_is_named(ledger: EvidenceLedger, tmp_path: Path) -> None:
    """A record may name any entry: it must approve this policy, before the run."""
    record = append_run(ledger, LATER + timedelta(days=2))
    assert record.policy
    set_clock(ledger, LATER + timedelta(days=3))
    right, wrong = (
        ledger.append(EntryKind.POLICY_APPROVED, {"policy_sha256": digest, "by": "dpo"}).header.seq
        for digest in (record.policy.sha256, "0" * 64)
    )
    for number, entry in enumerate((right, wrong, 2, 999)):
        policy = record.policy.model_copy(update={"approval_entry": entry})
        changed = record.model_copy(update={"policy": policy, "run_id": f"20261208T04300{number}Z-zzzz"})
        ledger.append(EntryKind.RUN_STARTED, changed.model_copy(update={"phase": "started"}))
        ledger.append(EntryKind.RUN_FINISHED, changed)
    pack = make_pack(ledger)
    stdout = verify_with_python(unpack(ledger, pack, tmp_path / "pack"), "--manifest", pack.manifest_sha256).stdout
    assert "20261208T043000Z-zzzz" not in stdout
    assert f"Run 20261208T043001Z-zzzz: entry {wrong} approves another policy than {record.policy.sha256}." in stdout
    for number, entry in ((2, 2), (3, 999)):
        assert f"Run 20261208T04300{number}Z-zzzz: entry {entry} is not an approval from before its start." in stdout
