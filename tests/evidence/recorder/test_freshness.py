"""A table that nothing arrives in any more is not evidence, and one whose age nobody can tell is errored."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from tests.cli.project import Project
from tests.evidence.recorder.ledger_reading import read_records

LEDGER = Path("evidence")
FILES = "    parquet: lake/send/*.parquet\n"


def write_send(project: Project, times: Any) -> None:
    count = len(times)
    project.arrow(
        "send",
        pa.table(
            {"SendId": [f"m{i}" for i in range(count)], "IsSynthetic": pa.array(["false"] * count), "SentAt": times}
        ),
    )


def run(project: Project, fresh: str, *options: str) -> tuple[dict[str, Any], Any]:
    project.edit(FILES, f"{FILES}    fresh: {{{fresh}}}\n")
    project.compile()
    document = project.run("--output", "json", *options).json()
    [send] = [reading for reading in read_records(LEDGER)[-1].inputs if reading.table == "send"]
    return document, send


def list_statuses(table: str) -> set[str]:
    record = read_records(LEDGER)[-1]
    return {str(item.status) for result in record.results if result.table == table for item in result.evidence}


TIMES = [
    datetime(2026, 10, 30, 22, tzinfo=UTC),
    datetime(2026, 10, 2, tzinfo=UTC),
    datetime(2026, 12, 1, tzinfo=UTC),
    None,
]


def test_the_newest_row_before_as_of_counts(project: Project) -> None:
    write_send(project, pa.array(TIMES))
    document, send = run(project, "column: SentAt, within: PT26H")
    assert (send.fresh, send.watermark, send.age) == ("yes", TIMES[0], "P1DT2H")
    assert document["exit_code"] == 0
    assert not any("stale" in note for note in document["notes"])


def test_a_stale_table_is_no_support(project: Project) -> None:
    write_send(project, pa.array(TIMES))
    document, send = run(project, "column: SentAt, within: PT25H59M")
    assert (send.fresh, send.age) == ("no", "P1DT2H")
    sentence = "send is stale: the newest row is of 2026-10-30 22:00 UTC, and may be PT25H59M old."
    assert sentence in document["notes"]
    assert "supports" not in list_statuses("send")
    record = read_records(LEDGER)[-1]
    whys = [why for result in record.results if result.table == "send" for item in result.evidence for why in item.why]
    assert any(why.startswith("stale: the newest row") for why in whys)


@pytest.mark.parametrize(
    "times",
    [
        pa.array([None], pa.timestamp("us")),
        pa.array(["soon"]),
        pa.array([datetime(2026, 12, 1, tzinfo=UTC)]),
        pa.array([], pa.timestamp("us")),
    ],
    ids=["null", "no time", "of the future", "no row"],
)
def test_a_table_without_a_newest_row_is_stale(project: Project, times: Any) -> None:
    write_send(project, times)
    document, send = run(project, "column: SentAt, within: P1000Y")
    assert (send.fresh, send.watermark, send.age) == ("no", None, None)
    assert any("send is stale: no row has a time by 2026-11-01 00:00 UTC" in note for note in document["notes"])


@pytest.mark.parametrize(
    ("times", "column", "reason"),
    [
        (pa.array(TIMES), "SendAt", "SendAt"),
        (pa.array([True]), "SentAt", "SentAt"),
    ],
    ids=["no such column", "a boolean"],
)
def test_an_age_that_nobody_can_tell_errs(project: Project, times: Any, column: str, reason: str) -> None:
    write_send(project, times)
    document, send = run(project, f"column: {column}, within: P1D")
    assert document["exit_code"] == 2
    assert send.fresh == "not shown"
    message = document["error"]["message"]
    assert "send: the age of its newest row is unknown." in message
    assert reason in message
    said = project.cli("check")
    assert said.code == 2
    assert "send: fresh.column:" in said.err + said.out
