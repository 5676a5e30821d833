"""The worked quarter of docs/audit-cycle.md: each of its commands, in order and on its day, then the pack without our code."""

from __future__ import annotations

import re
import shlex
import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, tzinfo
from importlib import import_module
from pathlib import Path

import pytest

from tests.cli.project import Said, within
from tests.evidence.pack.sample_pack import verify_with_bash, verify_with_python
from tests.paths import ROOT
from tests.timestamp_authority import make_authority, serving_authority

PAGE = (ROOT / "docs" / "audit-cycle.md").read_text(encoding="utf-8")
AUTHORITY = "https://tsa.example/tsr"


class PageClock:
    """A clock that goes from the time of a block of the page, a second with each look."""

    def __init__(self, start: datetime) -> None:
        self.time = start

    def __call__(self) -> datetime:
        self.time += timedelta(seconds=1)
        return self.time


@contextmanager
def dated(clock: PageClock) -> Iterator[None]:
    """Let runs and entries be of the time of a clock."""

    class PageTime(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return clock()

    with pytest.MonkeyPatch.context() as patch:
        for name in ("evidence.ledger.ledger", "runner.run", "runner.run_report"):
            patch.setattr(import_module(f"synth_expectations.{name}"), "datetime", PageTime)
        yield


def read_blocks() -> Iterator[tuple[datetime, list[tuple[list[str], int]]]]:
    """Yield the blocks of commands: their time, and the arguments and exit code of each command."""
    for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL):
        first, *lines = block.splitlines()
        time = datetime.strptime(first, "# %Y-%m-%d %H:%M UTC").replace(tzinfo=UTC)
        commands = []
        for line in lines:
            text, _, code = line.partition("   # exit ")
            program, *arguments = shlex.split(text)
            assert program == "synth-expectations"
            commands.append((arguments, int(code or 0)))
        yield time, commands


@pytest.mark.full  # each step has tests of its own: test_audit_cycle.py, and those of evidence/cycle and evidence/pack
def test_the_quarter_of_the_page_is_run_closed_signed_and_verified(
    tmp_path: Path, cli: Callable[..., Said], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SYNTH_EXTRACTS", "")  # the demo sets it: as it was after the test
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("LOGNAME", "scheduler")
    [lines] = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    said: dict[str, Said] = {}
    with within(tmp_path), serving_authority(make_authority(tmp_path / "tsa")) as authority:
        for time, commands in read_blocks():
            clock = PageClock(time)
            for arguments, code in commands:
                if arguments == ["compile"]:
                    policy = Path("great_expectations/policy.yml")
                    text = policy.read_text().partition("\ncheckpoints:")[0]
                    policy.write_text(f"{text}\n{lines.replace(AUTHORITY, authority.url)}")
                    shutil.copy(authority.root, "great_expectations/tsa-root.pem")
                    Path("dpia-crm.md").write_text("What may go wrong with synthetic customers.")
                with dated(clock):
                    answer = cli(*arguments)
                assert answer.code == code, (arguments, answer)
                said[f"{time:%m-%d %H} {' '.join(arguments[:2])}"] = answer
        _check_what_was_said(said)
        with zipfile.ZipFile("2026Q4.zip") as archive:
            archive.extractall("pack")
        pack = Path("pack").resolve()
        cover = Path("pack/cover.html").read_text(encoding="utf-8")
        assert "carla@retailer.example closed the period with this pack" in cover
        assert "is open: the policy has no review on record." in cover
        root = str(Path("great_expectations/tsa-root.pem").resolve())
        for role, key in (("compliance", "carla.key.pub"), ("dpo", "dora.key.pub")):
            options = ("--key", str(Path(key).resolve()), "--tsa-root", root)
            signed = ("--sign-off", str(Path(f"2026Q4.{role}.dsse.json").resolve()))
            for verify in (verify_with_bash, verify_with_python):
                done = verify(pack, *options, *signed)
                assert (done.returncode, done.stderr) == (0, ""), done
                assert "Anchored up to entry" in done.stdout
                assert verify(pack, *options).returncode == 1  # the manifest itself is not signed
        other = str(Path("dora.key.pub").resolve())
        done = verify_with_bash(
            pack,
            "--key",
            other,
            "--tsa-root",
            root,
            *signed[:1],
            str(Path("2026Q4.compliance.dsse.json").resolve()),
        )
        assert (done.returncode, "is not signed by the key" in done.stdout) == (1, True)
        with dated(PageClock(datetime(2027, 1, 20, tzinfo=UTC))):
            again = cli("audit", "pack", "--period", "2026-10-01..2026-12-31", "--out", "again.zip")
            assert again.code == 0, again
            assert Path("again.zip").read_bytes() == Path("2026Q4.zip").read_bytes()
            answer = cli("audit", "verify", "--trust", "carla.key.pub", "--trust", "dora.key.pub", "--tsa-root", root)
            assert answer.code == 0, answer


def _check_what_was_said(said: dict[str, Said]) -> None:
    assert "checkpoint nightly: 1 done" in said["11-01 03 audit status"].out
    assert "overdue  Tue 2026-12-01: no run started" in said["12-01 10 audit status"].out
    refused = said["01-04 09 audit close"]
    assert "gaps of the schedule that nobody explained: none" in refused.out
    assert "gdpr/Article 35(7)" not in refused.out and "requirements that a person must judge: " in refused.out
    assert "entries that are not anchored: none" in refused.out
    assert "2026Q4 is not closed" in refused.err
    signed = said["01-05 09 audit status"].out
    assert re.search(r"period 2026Q4: closed by entry \d+, signed as compliance, dpo\n", signed)
    verified = said["01-12 10 audit verify"].out
    assert "carla@retailer.example signs off 2026Q4 as compliance" in " ".join(verified.split())
