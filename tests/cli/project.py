"""A small project on disk, and the command line in this process: Great Expectations is imported once."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from synth_expectations.cli import main
from synth_expectations.cli.startup import quiet_libraries
from synth_expectations.evidence.recorder import publication

PUBLISH_RUN = publication.publish_run
"""What writes the pages after a run; `calling` switches it off."""

POLICY = """\
version: 1
owner: crm-data@retailer.example
runbook: https://wiki.retailer.example/synthetic
data_sources:
  lake: {type: parquet, path: ../lake}
allowed: {methods: [ctgan], purposes: [testing]}
retention: {classes: {testing: {max: P90D}}}
tables:
  contact:
    role: mixed
    parquet: lake/contact/*.parquet
    marker: {column: IsSynthetic}
    columns:
      key: Id
      source: Source
      generated_at: GeneratedAt
      method: Method
      algorithm_version: Version
      purpose: Purpose
      dataset_id: Dataset
    identifiers: {email: Email}
    references:
      real: {table: customer}
  customer:
    role: production
    parquet: lake/customer/*.parquet
    marker: none
    all: real
    columns: {key: CustomerId}
    identifiers: {email: Email}
  send:
    role: production
    parquet: lake/send/*.parquet
    marker: {column: IsSynthetic}
    columns: {key: SendId}
"""
GOOD: dict[str, Any] = {
    "Id": "s1",
    "IsSynthetic": "true",
    "Source": "generator",
    "GeneratedAt": "2026-10-01T00:00:00Z",
    "Method": "ctgan",
    "Version": "1.0.0",
    "Purpose": "testing",
    "Dataset": "ds-1",
    "Email": "made.up@firm.example",
}
REAL = {**dict.fromkeys(GOOD), "Id": "r1", "IsSynthetic": "false", "Email": "zebedee.quillon@firm.example"}
AS_OF = "2026-11-01"


_COMPILED: dict[Path, bytes] = {}
"""The files that `compile` writes for `POLICY`: they name no directory, so they are the same in each."""


@dataclass
class Said:
    """What a command said, and its exit code."""

    code: int
    out: str
    err: str

    def json(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.out)
        return found

    @property
    def flat(self) -> str:
        """All of it in one line: a terminal's width does not matter."""
        return " ".join((self.out + self.err).split())


@dataclass
class Project:
    """A directory with a policy and Parquet files."""

    root: Path
    cli: Callable[..., Said]

    @property
    def policy(self) -> Path:
        return self.root / "great_expectations" / "policy.yml"

    def table(self, name: str, rows: list[dict[str, Any]], **types: pa.DataType) -> None:
        """Write a table anew."""
        columns = {column: [row.get(column) for row in rows] for column in rows[0]} if rows else {}
        self.arrow(name, pa.table({c: pa.array(v, types.get(c, pa.string())) for c, v in columns.items()}))

    def arrow(self, name: str, table: pa.Table) -> None:
        folder = self.root / "lake" / name
        folder.mkdir(parents=True, exist_ok=True)
        pq.write_table(table, folder / "part-0.parquet")

    def edit(self, old: str, new: str) -> None:
        """Change the policy."""
        text = self.policy.read_text()
        assert old in text, old
        self.policy.write_text(text.replace(old, new))

    def reconcile(self) -> None:
        """Let a manifest tell how many rows each table has."""
        rows = {"contact": 3, "customer": 1, "send": 1}
        lines = (f"{name},{count}" for name, count in rows.items())
        (self.root / "lake" / "manifest.csv").write_text("\n".join(["table,rows", *lines]))
        for name in rows:
            files = f"    parquet: lake/{name}/*.parquet\n"
            self.edit(files, f"{files}    complete: {{rows_from: {{manifest: lake/manifest.csv}}}}\n")

    def compile(self) -> None:
        said = self.cli("compile")
        assert said.code == 0, said

    def compile_as_made(self) -> None:
        """Compile the policy that `small_project` writes: once a process, and what that wrote serves other projects."""
        assert self.policy.read_text() == POLICY
        if not _COMPILED:
            before = set(self.root.rglob("*"))
            self.compile()
            written = (file for file in self.root.rglob("*") if file.is_file() and file not in before)
            _COMPILED.update({file.relative_to(self.root): file.read_bytes() for file in written})
            return
        for name, content in _COMPILED.items():
            (self.root / name).parent.mkdir(exist_ok=True)
            (self.root / name).write_bytes(content)

    def run(self, *options: str) -> Said:
        return self.cli("run", "nightly", "--as-of", AS_OF, *options)


def small_project(root: Path, cli: Callable[..., Said]) -> Project:
    project = Project(root, cli)
    project.policy.parent.mkdir(parents=True)
    project.policy.write_text(POLICY)
    project.table("contact", [GOOD, {**GOOD, "Id": "s2", "Email": "other@firm.example"}, REAL])
    project.table("customer", [{"CustomerId": "c1", "Email": "someone@firm.example"}])
    project.table("send", [{"SendId": "m1", "IsSynthetic": "false"}])
    return project


def calling(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Said]:
    """The command line, run in the working directory."""
    monkeypatch.delenv("COLUMNS", raising=False)  # of the terminal that the tests are started in
    # the pages take as long as the run of so small a project, and have tests of their own
    monkeypatch.setattr(publication, "publish_run", lambda report: report)

    def call(*arguments: str) -> Said:
        capfd.readouterr()
        monkeypatch.setattr(sys, "argv", ["synth-expectations", *arguments])
        quiet_libraries()
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capfd.readouterr()
        return Said(int(ended.value.code or 0), out, err)

    return call


def starting(*arguments: str, **options: Any) -> subprocess.Popen[str]:
    """The command line in a process of its own, which takes Ctrl-C also where whoever started the tests ignores it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return subprocess.Popen(
            [sys.executable, "-m", "synth_expectations", *arguments],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options,
        )  # fmt: skip
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def within(directory: Path) -> Iterator[None]:
    """Work in a directory."""
    before = Path.cwd()
    os.chdir(directory)
    try:
        yield
    finally:
        os.chdir(before)
