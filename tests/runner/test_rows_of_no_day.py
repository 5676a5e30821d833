"""Rows that no run by day would evaluate: counted, and errored unless the policy allows them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import great_expectations as gx
import pyarrow as pa
import pytest

import synth_expectations as se
from tests.cli.project import Said, calling, within
from tests.gx.datasources.duckdb.reading import write

Cli = Callable[..., Said]
POLICY = """\
version: 1
owner: crm-data@retailer.example
data_sources:
  lake: {{type: parquet, path: ../lake}}
tables:
  send:
    role: production
    parquet: lake/send/*.parquet
    batch: {{by: day, column: SentAt{allowed}}}
    marker: {{column: IsSynthetic}}
    columns: {{key: Id}}
"""
ALLOWED = ', no_day: {{allowed: {{reason: Sent before 2020., approved_by: dpo@retailer.example, until: "{until}"}}}}'
DAY = date(2026, 11, 1)
RUN = ("run", "nightly", "--as-of", "2026-11-02", "--batch", "2026-11-01")


@pytest.fixture
def cli(tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    (tmp_path / "great_expectations").mkdir()
    with within(tmp_path):
        yield calling(capfd, monkeypatch)


def make(sent_at: Any, allowed: str = "") -> None:
    Path("great_expectations/policy.yml").write_text(POLICY.format(allowed=allowed))
    write(Path("lake/send/a.parquet"), Id=["a", "b", "c"], IsSynthetic=["false"] * 3, SentAt=sent_at)


@pytest.mark.parametrize(
    "sent_at",
    [
        pytest.param([DAY, DAY, None], id="date"),
        pytest.param([datetime(2026, 11, 1, tzinfo=UTC)] * 2 + [None], id="zoned"),
        pytest.param(["2026-11-01T09:00:00Z", "2026-11-01", "yesterday"], id="text"),
        pytest.param(["2026-11-01T09:00:00Z", "2026-11-01", " "], id="blank text"),
    ],
)
def test_they_are_errored_with_their_number(cli: Cli, sent_at: Any) -> None:
    make(sent_at)
    assert cli("compile").code == 0
    said = cli(*RUN)
    assert said.code == 2, said
    assert "send has 1 row of no day: SentAt is empty there" in " ".join(said.out.split())
    document = cli(*RUN, "--output", "json").json()
    assert document["tables"][0]["rows_of_no_day"] == 1
    checked = cli("check")
    assert "PROBLEM  send: send has 1 row of no day: SentAt is empty there" in checked.out
    make(sent_at, ALLOWED.format(until="2099-01-01"))
    assert cli("check").code == 0


@pytest.mark.parametrize(
    ("sent_at", "kind"),
    [
        pytest.param([["2026-11-01"]] * 3, "of another type", id="list"),
        pytest.param(pa.array([None] * 3, pa.float64()), "a floating-point number", id="numbers without values"),
        pytest.param([True] * 3, "true or false", id="boolean", marks=pytest.mark.full),
        pytest.param([{"day": DAY}] * 3, "of another type", id="struct", marks=pytest.mark.full),
        pytest.param([20261101] * 3, "a number", id="number", marks=pytest.mark.full),
    ],
)
def test_a_column_that_holds_no_day_is_errored_and_check_finds_it(cli: Cli, sent_at: Any, kind: str) -> None:
    make(sent_at)
    assert cli("compile").code == 0
    sentence = f"Column SentAt of send is {kind}, where a time is needed"
    for command in (("check",), RUN):
        said = cli(*command)
        assert said.code == 2, said
        assert sentence in " ".join(said.out.split())


@pytest.mark.parametrize("allowed", ["", ALLOWED.format(until="2099-01-01")])
@pytest.mark.parametrize(
    "sent_at", [["yesterday", "01/11/2026", ""], pa.array([None] * 3, pa.date32()), ["n/a", "-", None]]
)
def test_a_column_without_a_day_in_any_row(cli: Cli, sent_at: Any, allowed: str) -> None:
    make(sent_at, allowed)
    said = cli("check")
    assert said.code == 2, said
    sentence = "send: Column SentAt holds no day in any of 3 rows, so no run by day finds a record."
    assert sentence in " ".join(said.out.split())


@pytest.mark.parametrize(
    "files",
    [
        pytest.param([[DAY], ["2026-11-01T10:00:00Z"]], id="dates and text"),
        pytest.param(
            [[datetime(2026, 11, 1, 9, tzinfo=UTC)], [datetime(2026, 11, 1)], [DAY]],
            id="times and dates",
            marks=pytest.mark.full,
        ),
        pytest.param([[b"2026-11-01T10:00:00Z"], ["20261101T0900Z"], pa.array([0], pa.timestamp("ns"))], id="bytes"),
    ],
)
def test_days_of_several_types_are_days(cli: Cli, files: list[Any]) -> None:
    make([DAY] * 3)
    assert cli("compile").code == 0
    Path("lake/send/a.parquet").unlink()
    for number, sent_at in enumerate(files):
        write(Path(f"lake/send/{number}.parquet"), Id=[f"m{number}"], IsSynthetic=["true"], SentAt=sent_at)
    said = cli(*RUN, "--output", "json")
    assert said.code == 1, said
    of_the_day = [file for file in files if not isinstance(file, pa.Array)]  # nanoseconds are of 1970
    assert said.json()["tables"][0]["records"]["all"] == len(of_the_day)
    assert said.json()["tables"][0]["rows_of_no_day"] == 0


@pytest.mark.parametrize(("until", "code"), [("2099-01-01", 0), ("2026-11-01", 2)])
def test_the_policy_may_allow_them_until_a_day(cli: Cli, until: str, code: int) -> None:
    make([DAY, DAY, None], ALLOWED.format(until=until))
    assert cli("compile").code == 0
    said = cli(*RUN)
    assert said.code == code, said
    assert "send: 1 row of no day" in said.out
    document = cli(*RUN, "--output", "json").json()
    assert [each["type"] for each in document["excluded"]] == ["batch.no_day"]
    assert document["tables"][0]["records"].get("all") == (None if code else 2)


def test_one_query_more_and_none_where_all_rows_have_a_day(cli: Cli) -> None:
    make(pa.array([DAY] * 3))
    assert cli("compile").code == 0
    said = cli(*RUN, "--output", "json")
    assert said.code == 0, said
    assert said.json()["tables"][0]["rows_of_no_day"] == 0
    assert said.json()["tables"][0]["queries"] == 2


def test_a_row_condition_hides_none_of_them(tmp_path: Path) -> None:
    write(tmp_path / "send/a.parquet", Id=["a", "b"], IsSynthetic=["false"] * 2, SentAt=[DAY, None])
    source = gx.get_context(mode="ephemeral").data_sources.add_duckdb("lake", path=str(tmp_path))
    days = source.add_parquet_asset("send", "send/*.parquet").add_batch_definition_daily("day", "SentAt")
    tagged = se.ExpectRecordsToBeTagged(
        marker_column="IsSynthetic",
        record_key="Id",
        row_condition='col("Id") == "a"',
        condition_parser="great_expectations",
    )
    result = days.get_batch({"year": 2026, "month": 11, "day": 1}).validate(tagged)
    assert not result.success
    assert "send has 1 row of no day" in str(result.exception_info)
