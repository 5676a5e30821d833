"""Extracts on object stores: a server that speaks S3, and fsspec's own memory."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from synth_expectations.errors import SynthError
from synth_expectations.validation.sources.object_stores import find_filesystem
from tests.cli.conftest import cli, project  # noqa: F401 - fixtures
from tests.cli.project import GOOD, REAL, Project, Said
from tests.s3_server import SECRET, s3, s3_server  # noqa: F401 - fixtures

DAYS = ("2026-10-01", "2026-10-02", "2026-10-03")


@pytest.fixture(params=["s3", "memory"])
def store(request: pytest.FixtureRequest) -> Iterator[str]:
    if request.param == "s3":
        yield request.getfixturevalue("s3")
        return
    yield "memory://crm"
    files = fsspec.filesystem("memory")
    files.store.clear()
    files.pseudo_dirs[:] = [""]  # directories outlive their files there


def put(address: str, rows: list[dict[str, Any]]) -> None:
    with fsspec.open(address, "wb") as file:
        pq.write_table(pa.table({name: pa.array([row[name] for row in rows], pa.string()) for name in rows[0]}), file)


@pytest.fixture
def on_store(project: Project, store: str, monkeypatch: pytest.MonkeyPatch) -> Project:  # noqa: F811
    """The project with its extracts there: contacts by day, in Hive partitions."""
    monkeypatch.setenv("LAKE", f"{store}/lake")
    project.edit("path: ../lake", 'path: "${LAKE}"')
    project.edit("lake/contact/*.parquet", "lake/contact/extract_date=*/*.parquet")
    project.edit("    role: mixed\n", "    role: mixed\n    batch: {by: day, column: extract_date}\n")
    for n, day in enumerate(DAYS):
        rows = [{**GOOD, "Id": f"s{n}"}, {**REAL, "Id": f"r{n}", "IsSynthetic": None if n == 1 else "false"}]
        put(f"{store}/lake/contact/extract_date={day}/part-0.parquet", rows)
    put(f"{store}/lake/customer/part-0.parquet", [{"CustomerId": "c1", "Email": "someone@firm.example"}])
    put(f"{store}/lake/send/part-0.parquet", [{"SendId": "m1", "IsSynthetic": "false"}])
    project.compile()
    return project


def of(said: Said, suite: str) -> dict[str, Any]:
    found: dict[str, Any] = next(each for each in said.json()["tables"] if each["suite"] == suite)
    return found


def written(root: Path) -> str:
    return "\n".join(file.read_text(errors="replace") for file in root.rglob("*") if file.is_file())


def test_a_day_of_extracts(on_store: Project) -> None:
    assert on_store.cli("check").code == 0
    said = on_store.run("--batch", DAYS[1], "--output", "json")
    assert (said.code, said.err) == (1, "")
    assert of(said, "contact")["records"] == {"all": 2, "synthetic": 1, "real": 0, "untagged": 1}
    assert of(said, "contact__table")["records"]["all"] == 6
    assert of(said, "send")["verdict"] == "passed"
    assert SECRET not in written(on_store.root)


def test_only_the_files_of_the_day_are_opened(on_store: Project, store: str, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    kind = type(fsspec.filesystem(store.partition(":")[0]))  # there is one of them for each thread
    kept = kind._open

    def _open(self: Any, path: str, *given: Any, **named: Any) -> Any:
        opened.append(path)
        return kept(self, path, *given, **named)

    monkeypatch.setattr(kind, "_open", _open)
    said = on_store.run("--batch", DAYS[2], "--table", "contact", "--output", "json")
    assert of(said, "contact")["records"]["all"] == 2
    sizes = {day: sum(f"extract_date={day}" in path for path in opened) for day in DAYS}
    assert sizes[DAYS[0]] == sizes[DAYS[1]] < sizes[DAYS[2]], sizes


@pytest.mark.full
def test_several_workers(on_store: Project) -> None:
    alone, together = (
        on_store.run("--batch", DAYS[1], "--output", "json", "--workers", workers) for workers in ("1", "3")
    )
    assert [each["records"] for each in alone.json()["tables"]] == [
        each["records"] for each in together.json()["tables"]
    ]


def test_a_day_that_has_not_arrived(on_store: Project, store: str) -> None:
    said = on_store.run("--batch", "2026-10-09", "--table", "contact")
    assert said.code == 2
    assert "The batch 2026-10-09 has no records: nothing was checked." in said.flat
    put(f"{store}/lake/contact/extract_date=2026-10-09/part-0.parquet", [{**GOOD, "Id": "late"}])
    arrived = on_store.run("--batch", "2026-10-09", "--table", "contact", "--output", "json")
    assert of(arrived, "contact")["records"]["all"] == 1


def test_no_files(on_store: Project, store: str) -> None:
    fsspec.filesystem(store.partition(":")[0]).rm(f"{store}/lake/send", recursive=True)
    said = on_store.run("--table", "send")
    assert said.code == 2
    assert re.search(rf"send has no files: nothing matches {store}/lake/send/\*\.parquet\. Check the path", said.flat)


def test_a_directory_that_matches_like_a_file(on_store: Project, store: str) -> None:
    """Its files would be left out without a word."""
    put(f"{store}/lake/customer/old.parquet/part-0.parquet", [{"CustomerId": "c2", "Email": "other@firm.example"}])
    said = on_store.run("--table", "customer")
    assert said.code == 2
    assert "lake/customer/old.parquet is a directory" in said.flat


def test_a_damaged_file(on_store: Project, store: str) -> None:
    with fsspec.open(f"{store}/lake/send/part-0.parquet", "wb") as file:
        file.write(b"PAR1 and no more")
    said = on_store.run("--table", "send")
    assert said.code == 2
    assert "send cannot be read" in said.flat
    assert "part-0.parquet" in said.flat
    assert "Extract it again" in said.flat


def test_what_the_policy_does_not_name(on_store: Project, store: str) -> None:
    put(f"{store}/lake/orders/part-0.parquet", [{"OrderId": "1"}])
    assert "Not in the policy: lake/orders" in on_store.cli("check").err


@pytest.mark.parametrize("store", ["s3"], indirect=True)
def test_a_store_that_does_not_answer(on_store: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    import s3fs

    monkeypatch.setenv("LAKE", "s3://nowhere/lake")
    said = on_store.run("--table", "send")
    assert said.code == 2
    assert "nothing matches s3://nowhere/lake/send/*.parquet" in said.flat
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    s3fs.S3FileSystem.clear_instance_cache()
    monkeypatch.setattr("s3fs.core.S3FileSystem._glob", _refused)
    refused = on_store.run("--table", "send")
    assert refused.code == 2
    assert "s3://nowhere/lake/send/*.parquet cannot be read: Unable to locate credentials." in refused.flat


async def _refused(*_: Any, **__: Any) -> None:
    from botocore.exceptions import NoCredentialsError

    raise NoCredentialsError


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("gs://crm/lake", "the package for gs:// is not installed. pip install gcsfs"),
        ("az://crm/lake", "the package for az:// is not installed. pip install adlfs"),
        ("nosuch://crm/lake", "fsspec knows no nosuch://. It knows s3, gs, az, abfs, among others."),
        (f"nosuch://bob:{SECRET}@crm/lake", "nosuch://…@crm/lake/send/*.parquet cannot be read"),
    ],
)
def test_stores_that_cannot_be_read(
    project: Project,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
    address: str,
    sentence: str,
) -> None:
    monkeypatch.setenv("LAKE", address)
    project.edit("path: ../lake", 'path: "${LAKE}"')
    project.compile()
    said = project.run("--table", "send")
    assert said.code == 2
    assert sentence in said.flat
    assert SECRET not in said.out + said.err + written(project.root / "great_expectations" / "uncommitted")


def test_init_reads_files_of_this_machine(project: Project, cli: Callable[..., Said]) -> None:  # noqa: F811
    said = cli("init", "--parquet", "s3://crm/contact/*.parquet", "--project", "other")
    assert said.code == 2
    assert "Copy an extract, propose from that, then write the address as the path" in said.flat


def test_a_secret_in_the_options_of_fsspec(monkeypatch: pytest.MonkeyPatch) -> None:
    """A library may quote what it was given."""
    options = {"key": "AKIA4711", "secret": "hunter2/4711+x", "client_kwargs": {"aws_session_token": "t0ken-4711"}}
    monkeypatch.setitem(fsspec.config.conf, "memory", options)

    def refuse(protocol: str) -> None:
        raise (
            ValueError
            if protocol != "memory"
            else RuntimeError(f"refused: {fsspec.config.conf[protocol]} hunter2/4711+x")
        )

    monkeypatch.setattr(fsspec, "filesystem", refuse)
    with pytest.raises(SynthError) as raised:
        find_filesystem("memory://crm/lake")
    assert "refused" in str(raised.value)
    assert not [part for part in ("hunter2", "4711", "t0ken") if part in str(raised.value)]
