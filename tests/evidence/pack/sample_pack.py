"""A ledger with record keys and hostile names beside the sample's runs, and packs of it in directories."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from synth_expectations.controls.statuses import EvidenceStatus
from synth_expectations.evidence.canonical import compute_digest
from synth_expectations.evidence.ledger.entry import EntryKind
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.pack.builder import EvidencePack, build_pack, write_pack
from synth_expectations.evidence.pack.period import parse_period
from synth_expectations.evidence.pack.pseudonyms import PseudonymKey
from synth_expectations.evidence.records.inputs import InputRecord
from synth_expectations.evidence.records.policy import PolicyRecord
from synth_expectations.evidence.records.results import EvidenceRecord, ResultRecord, RuleRecord, TableRecord
from synth_expectations.evidence.records.run import ActorRecord, PlannedCheck, RunRecord, SoftwareRecord
from synth_expectations.rules.verdict import Verdict
from tests.evidence.sample_ledger import write_sample_ledger

RECORD_KEYS = ("C-48213", "C-48214", 77001234)
HOSTILE_TABLE = '=HYPERLINK("http://evil.example")'
HOSTILE_OWNER = "<script>alert(1)</script>\n\u202e@moc"
EXPECTATION = "expect_synthetic_records_to_have_provenance"
EXPECTATION_ID = "00000000-0000-5000-8000-000000000001"
LATER = datetime(2026, 12, 5, 4, 30, tzinfo=UTC)
KEY = "0f" * 32


def make_ledger(directory: Path) -> EvidenceLedger:
    """Return the sample's ledger with a run more: on a table of a hostile name, with record keys in its result."""
    ledger = write_sample_ledger(directory)
    append_run(ledger, LATER)
    return ledger


def append_run(ledger: EvidenceLedger, started: datetime, finished: datetime | None = None) -> RunRecord:
    """Append a run that found two records on the hostile table; its entries are dated when it starts and ends."""
    record = _make_record(ledger, started, finished or started + timedelta(seconds=3))
    start = {"phase": "started", "finished_at": None, "verdict": None, "exit_code": None}
    empty = dict.fromkeys(("results", "tables", "inputs"), ())
    set_clock(ledger, started)
    ledger.append(EntryKind.RUN_STARTED, record.model_copy(update={**start, **empty}))
    set_clock(ledger, record.finished_at or started)
    ledger.append(EntryKind.RUN_FINISHED, record)
    return record


def set_clock(ledger: EvidenceLedger, time: datetime) -> None:
    """Let the ledger date its next entries to a time."""
    ledger.__dict__["now" if "now" in ledger.__dict__ else "_now"] = lambda: time


def make_pack(ledger: EvidenceLedger, period: str = "2026Q4", **options: object) -> EvidencePack:
    """Return a pack with the fixed key of pseudonyms."""
    directory = Path(ledger.store.path).parent  # type: ignore[attr-defined]
    key = directory / "pseudonym.key"
    if not key.exists():
        key.write_text(KEY, encoding="ascii")
        key.chmod(0o600)
    return build_pack(ledger, parse_period(period), PseudonymKey(key), **options)  # type: ignore[arg-type]


def unpack(ledger: EvidenceLedger, pack: EvidencePack, directory: Path) -> Path:
    """Write a pack, unzip it into a directory, and return that."""
    archive = directory.parent / f"{directory.name}.zip"
    write_pack(ledger, pack, archive)
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(directory)
    return directory


def verify_with_python(directory: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run verify.py of a pack, without any installed package and without our code."""
    return _run([sys.executable, "-I", "-S", "verify.py", *options], directory)


def verify_with_bash(directory: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run verify.sh of a pack where there is no Python, and none of the tools that it does not name.

    Raises:
        AssertionError: a tool that it names is not on this machine.
    """
    tools = directory.parent / "tools"
    if not tools.exists():
        tools.mkdir()
        for tool in ("bash", "jq", "openssl", "find", "sha256sum", "cat", "wc", "mktemp", "rm"):
            path = shutil.which(tool)
            assert path, (
                f"{tool} is missing: verify.sh cannot be tested. Install it, such as by apt-get install {tool}."
            )
            (tools / tool).symlink_to(path)
    return _run(
        [str(tools / "bash"), "verify.sh", *options], directory, {"PATH": str(tools), "TMPDIR": str(tools.parent)}
    )


def _run(
    command: list[str], directory: Path, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    path = {"PATH": os.environ["PATH"]}
    return subprocess.run(
        command, cwd=directory, env=environment or path, capture_output=True, text=True, check=False, timeout=60
    )


def make_result(broken: int) -> bytes:
    """Return a result as Great Expectations stores ours, with record keys in each place that has them."""
    first, second, third = RECORD_KEYS
    return json.dumps(
        {
            "success": False,
            "expectation_config": {"type": EXPECTATION, "id": EXPECTATION_ID, "kwargs": {"record_key": "Id"}},
            "result": {
                "element_count": 40,
                "unexpected_count": broken,
                "partial_unexpected_index_list": [{"Id": first}, {"Id": None}],
                "unexpected_index_list": [{"Id": first}, {"Id": third}],
                "details": {
                    "verdict": "failed",
                    "parameters": {"mostly": 1},
                    "rules": [{"name": "dataset_id is missing", "count": broken, "judged": True}],
                    "sample": {
                        "key": "Id",
                        "values": [first, second],
                        "more": 0,
                        "by_rule": {"dataset_id is missing": [first, second]},
                    },
                },
            },
        }
    ).encode()


def _make_record(ledger: EvidenceLedger, started: datetime, finished: datetime) -> RunRecord:
    first = next(ledger.read_entries(since=2))
    project = json.loads(ledger.read_object(first.header.body_sha256))["project_uuid"]
    planned = PlannedCheck(
        table=HOSTILE_TABLE, suite="hostile", scope="table", expectation_id=EXPECTATION_ID, type=EXPECTATION
    )
    return RunRecord(
        project_uuid=project,
        run_id=f"{started:%Y%m%dT%H%M%SZ}-zzzz",
        phase="finished",
        checkpoint="crm_nightly",
        plan=(planned,),
        as_of=started,
        as_of_from="start of the run",
        started_at=started,
        finished_at=finished,
        fail_on="warning",
        actor=ActorRecord(kind="person", claimed="ann"),
        software=SoftwareRecord(package="0.1.0", python="3.11.7"),
        policy=PolicyRecord(sha256=ledger.put_object(b"tables: {}\n"), state="approved", approved_by="dpo@shop.example"),
        inputs=(
            InputRecord(
                table=HOSTILE_TABLE, role="judged", rows=40, read=True, source_rows=41, reconciled="no", difference=-1
            ),
        ),
        tables=(TableRecord(table=HOSTILE_TABLE, scope="table", owner=HOSTILE_OWNER, verdict=Verdict.FAILED, rows=40),),
        results=(
            ResultRecord(
                table=HOSTILE_TABLE,
                scope="table",
                expectation_id=EXPECTATION_ID,
                type=EXPECTATION,
                sentence="Synthetic records say where they come from.",
                severity="critical",
                verdict=Verdict.FAILED,
                population=40,
                broken=2,
                rules=(RuleRecord(name="dataset_id is missing", count=2),),
                evidence=(
                    EvidenceRecord(
                        regulation="gdpr", requirement="Article 5(1)(d)", strength="partial", status=EvidenceStatus.CONTRARY
                    ),
                ),
                result_sha256=ledger.put_object(make_result(2)),
                params_sha256=compute_digest(b'{"mostly": 1}'),
            ),
        ),
        verdict=Verdict.FAILED,
        exit_code=1,
    )  # fmt: skip
