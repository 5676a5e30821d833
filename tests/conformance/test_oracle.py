"""Random rows: every engine must agree with a few lines of Python that were written without looking at the SQL."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, Phase, example, given, settings

from synth_expectations.engine.plan import Plan
from synth_expectations.expectations.catalogue import expectation_class
from synth_expectations.expectations.signatures import read_list
from synth_expectations.rules.folding import WHITE_SPACE
from synth_expectations.testing import Engine, Table

AS_OF = datetime(2026, 11, 22, 12, tzinfo=UTC)
EXAMPLES = {"duckdb": 60, "pandas": 20, "postgresql": 60, "spark": 6}
COLUMNS = {"id": "integer", "marker": "text", "source": "text", "at": "text", "class": "text"}

# What Python says


def plain(text: str | None) -> str:
    return (text or "").strip(WHITE_SPACE).lower()


def moment(text: str | None) -> datetime | None:
    """Python's own reader decides of days and hours; the outer form is ours."""
    clock = r"[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,9})?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?"
    form = rf"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}({clock})?"
    if text is None or not re.fullmatch(form, text):
        return None
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        return None
    return read.replace(tzinfo=UTC) if read.tzinfo is None else read


def oracle(row: dict[str, Any]) -> dict[str, bool]:
    marker, source, at, kind = plain(row["marker"]), plain(row["source"]), moment(row["at"]), plain(row["class"])
    synthetic, real = marker in {"true", "1", "1.0"}, marker in {"false", "0", "0.0"}
    return {
        "marker is missing": not marker,
        "marker is not one of true, false": bool(marker) and not synthetic and not real,
        "source is missing or a placeholder": synthetic and (not source or source in read_list("placeholders")),
        "at is not a time": synthetic and bool(plain(row["at"])) and at is None,
        "at is after as_of + PT5M": synthetic and at is not None and at > AS_OF + timedelta(minutes=5),
        "age is unknown: at is missing or not a time": synthetic and at is None,
        "older than P90D (test)": synthetic and kind == "test" and at is not None and at < AS_OF - timedelta(days=90),
        "class without a rule: not one of test": synthetic and kind != "test",
    }


# What rows may hold

spaces = st.text(WHITE_SPACE, max_size=2)
noise = st.text(st.sampled_from("aT1é'\\%:_\"$ \t\n\u00a0\u2003\x1f{}-"), max_size=6)


def written(words: list[str]) -> st.SearchStrategy[str | None]:
    """One of the words in some case, with white space around it; or noise, or nothing."""
    cased = st.sampled_from(words).flatmap(lambda word: st.sampled_from([word, word.upper(), word.title()]))
    return st.none() | noise | st.builds(lambda before, word, after: before + word + after, spaces, cased, spaces)


dates = st.builds(
    "{:04d}-{:02d}-{:02d}".format,
    st.sampled_from([1900, 2000, 2024, 2025, 2026, 2027]),
    st.integers(0, 13),
    st.integers(0, 32),
)
times = st.sampled_from(
    [
        "",
        "T00:00",
        " 23:59:59",
        "T24:00:00",
        "T12:00:00.5",
        "T12:05:00.000001",
        " 12:00:60",
        "T9:00",
        "T12:04:59.1234567",
    ]
)
offsets = st.sampled_from(["", "", "Z", "z", "+00:00", "-05:00", "+0530", "+14:59", "+15:00", "+2", " UTC"])
near = st.datetimes(datetime(2026, 8, 23), datetime(2026, 8, 26)) | st.datetimes(
    datetime(2026, 11, 22, 11), datetime(2026, 11, 22, 13)
)
moments = (
    st.none()
    | noise
    | st.sampled_from(
        [
            "now",
            "epoch",
            "infinity",
            "20261122",
            "2026",
            "12:00",
            "2026-11-22\n",
            " 2026-11-22",
            "0001-01-01",
            "9999-12-31",
        ]
    )
    | st.builds(lambda *parts: "".join(parts), dates, times, offsets)
    | st.builds(lambda at, offset: at.isoformat() + offset, near, offsets)
)
rows = st.lists(
    st.fixed_dictionaries(
        {
            "marker": written(["true", "1", "1.0", "true", "true", "false", "0", "maybe"]),
            "source": written(["sdv", "n/a", "none", "-", "unknown"]),
            "at": moments,
            "class": written(["test", "test", "tests", "training"]),
        }
    ),
    min_size=1,
    max_size=20,  # as many as a sample shows
)


@pytest.mark.full_on("spark")
def test_every_engine_agrees_with_python(engine: Engine) -> None:
    @settings(
        max_examples=EXAMPLES[engine.name],
        derandomize=True,
        database=None,
        deadline=None,
        phases=(Phase.explicit, Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    @given(rows)
    @example([{"marker": "true", "source": None, "at": "1900-01-01T12:04:59.1234567", "class": None}])
    def agrees(drawn: list[dict[str, Any]]) -> None:
        numbered = [{"id": number, **row} for number, row in enumerate(drawn)]
        wanted = {rule: sorted(str(row["id"]) for row in numbered if oracle(row)[rule]) for rule in oracle(numbered[0])}
        assert found(engine, Table.of(COLUMNS, numbered)) == {rule: keys for rule, keys in wanted.items() if keys}

    agrees()


def found(engine: Engine, batch: Table) -> dict[str, list[str]]:
    """Violating keys by rule, of all the expectations in one plan."""
    shared = {"marker_column": "marker", "record_key": "id"}
    asked = {
        "expect_records_to_be_tagged": {},
        "expect_synthetic_records_to_have_provenance": {"fields": ["source"]},
        "expect_synthetic_provenance_to_be_well_formed": {"generated_at": "at"},
        "expect_synthetic_records_to_expire_on_time": {
            "anchor": "at",
            "retention_class": "class",
            "max_ages": {"test": "P90D"},
        },
    }
    plan = Plan(lambda: engine.adapter(batch, {}), AS_OF)
    keys = [plan.add(expectation_class(name)(**shared, **more).check) for name, more in asked.items()]
    samples: dict[str, list[str]] = {}
    for result in map(plan.result_with_keys, keys):
        assert result.error is None
        samples |= {rule: sorted(of_rule) for rule, of_rule in result.keys_by_rule.items()}
    return samples
