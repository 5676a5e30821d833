"""The newest row of a table is the same on every engine, in UTC, whatever its zone."""

from datetime import UTC, datetime

from synth_expectations.runner.freshness import compile_watermark, read_watermark
from synth_expectations.testing import Engine, Table

AS_OF = datetime(2026, 11, 1, 12, 0, 0, 500_000, tzinfo=UTC)
ROWS = [
    {"id": "1", "at": datetime(2026, 10, 2, tzinfo=UTC), "written": "2026-10-31T23:30:00-02:00"},
    {"id": "2", "at": datetime(2026, 11, 1, 12, 0, 0, 400_000, tzinfo=UTC), "written": "2026-11-01T01:00:00Z"},
    {"id": "3", "at": datetime(2026, 11, 1, 12, 0, 0, 600_000, tzinfo=UTC), "written": "soon"},
    {"id": "4", "at": None, "written": None},
]


def test_the_newest_row_is_found_in_utc(engine: Engine) -> None:
    adapter = engine.adapter(Table.of({"id": "text", "at": "timestamptz", "written": "text"}, ROWS), {})
    assert read_watermark(adapter, compile_watermark(adapter, "at", AS_OF)) == datetime(2026, 11, 1, 12, tzinfo=UTC)
    assert read_watermark(adapter, compile_watermark(adapter, "written", AS_OF)) == datetime(
        2026, 11, 1, 1, 30, tzinfo=UTC
    )
    early = datetime(2026, 10, 1, tzinfo=UTC)
    assert read_watermark(adapter, compile_watermark(adapter, "at", early)) is None
