"""The twenty checks with pandera on Polars: two schemas, each check an expression that must hold.

Frames are read first: of a lazy frame pandera looks at names and types, unless told otherwise.
"""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import pandera.polars as pa
import polars as pl
from pandera.errors import SchemaErrors

from benchmarks.peers.checks import (
    CHECKS,
    CONTACT_COLUMNS,
    EARLIEST,
    EMAIL,
    FILLED,
    INFLUENCED,
    LATEST,
    MARKERS,
    METHODS,
    OLDEST,
    PLACEHOLDERS,
    PURPOSES,
    REAL,
    REGULATED,
    RESERVED,
    SEMVER,
)
from benchmarks.peers.measured import Engine, report

_MARKER = pl.col("RecordOrigin__c")
_SYNTHETIC = _MARKER.is_in(INFLUENCED)
_GENERATED = pl.col("SyntheticGeneratedAt__c")
_SPACE = " "


def _trimmed(column: str) -> pl.Expr:
    return pl.col(column).str.strip_chars(_SPACE)


def _text(column: str) -> pl.Expr:
    return _trimmed(column).str.to_lowercase()


def _moment(text: str) -> pl.Expr:
    return pl.lit(text).str.to_datetime(time_unit="us", time_zone="UTC")


def _not_one_of(column: str, values: tuple[str, ...]) -> pl.Expr:
    return _text(column).is_in(("", *values)).not_()


def _broken(data: Path) -> dict[str, tuple[str, pl.Expr]]:
    """By check, the column that is named in the result, and what breaks it."""
    oldest = pl.lit(None)
    for purpose, since in OLDEST.items():
        oldest = pl.when(_text("SyntheticPurpose__c") == purpose).then(_moment(since)).otherwise(oldest)
    version_ = _trimmed("SyntheticVersion__c")
    given = [_trimmed(column) != "" for column in ("SyntheticSource__c", "SyntheticDataset__c")]
    of_synthetic = {
        **{name: (column, _text(column).fill_null("").is_in(("", *PLACEHOLDERS))) for name, column in FILLED.items()},
        "generated_at is filled": ("SyntheticGeneratedAt__c", _GENERATED.is_null()),
        "version is semver": (
            "SyntheticVersion__c",
            (version_ != "") & version_.str.contains(f"^{SEMVER}$").not_(),
        ),
        "method is allowed": ("SyntheticMethod__c", _not_one_of("SyntheticMethod__c", METHODS)),
        "purpose is allowed": ("SyntheticPurpose__c", _not_one_of("SyntheticPurpose__c", PURPOSES)),
        "generated_at is past": ("SyntheticGeneratedAt__c", _GENERATED > _moment(LATEST)),
        "generated_at is possible": ("SyntheticGeneratedAt__c", _GENERATED < _moment(EARLIEST)),
        "generated_at is before loading": ("SyntheticGeneratedAt__c", _GENERATED > pl.col("CreatedDate")),
        "retention is kept": ("SyntheticPurpose__c", _GENERATED < oldest),
        "no real e-mail is copied": ("Email", _text("Email").is_in(_values(data / "customer", _text("email")))),
        "dataset is registered": (
            "SyntheticDataset__c",
            (given[1] & _trimmed("SyntheticDataset__c").is_in(_values(data / "dataset", _trimmed("dataset_id"))).not_()),
        ),
    }
    return {
        **{name: (column, _SYNTHETIC & broken) for name, (column, broken) in of_synthetic.items()},
        "e-mail has its form": ("Email", pl.col("Email").str.contains(f"^{EMAIL}$").not_()),
        "marker is known": ("RecordOrigin__c", _MARKER.fill_null("").is_in(MARKERS).not_()),
        "real is not generated": ("RecordOrigin__c", (_MARKER == REAL) & (given[0] | _GENERATED.is_not_null() | given[1])),
        "e-mail is not reserved": (
            "Email",
            _MARKER.fill_null("").is_in((*INFLUENCED, "masked")).not_()
            & pl.col("Email").str.contains(f"(?i)[@.]{RESERVED} *$"),
        ),
    }


def _values(table: Path, value: pl.Expr) -> pl.Series:
    return pl.scan_parquet(table / "*.parquet").select(value.alias("value")).collect()["value"].implode()


def _check(name: str, broken: pl.Expr) -> pa.Check:
    assert name in CHECKS
    holds = broken.fill_null(value=False).not_()
    return pa.Check(lambda checked: checked.lazyframe.select(holds), name=name)


def ask(data: Path, engine: Engine) -> dict[str, int | None]:
    """Validate both frames, all errors together."""
    with engine.at_work():
        contacts = pl.read_parquet(data / "contact" / "*.parquet", columns=list(CONTACT_COLUMNS))
        checks: dict[str, list[pa.Check]] = {}
        for name, (column, broken) in _broken(data).items():
            checks.setdefault(column, []).append(_check(name, broken))
        columns = {name: pa.Column(nullable=True, checks=checks.get(name)) for name in CONTACT_COLUMNS}
        columns["Id"] = pa.Column(unique=True)
        counts = _failures(pa.DataFrameSchema(columns), contacts)
        synthetic = contacts.lazy().filter(_SYNTHETIC).select(_trimmed("Id")).collect()["Id"].implode()
        on_synthetic = _text("decision_type").is_in(REGULATED) & _trimmed("contact_id").is_in(synthetic)
        decided = pa.Column(checks=_check("no decision on synthetic", on_synthetic))
        decisions = pl.read_parquet(data / "credit_decision" / "*.parquet")
        counts |= _failures(pa.DataFrameSchema({"contact_id": decided}), decisions)
    return {name: counts.get(name, 0) for name in CHECKS}


def _failures(schema: pa.DataFrameSchema, frame: pl.DataFrame) -> dict[str, int]:
    try:
        schema.validate(frame, lazy=True)
    except SchemaErrors as errors:
        found = errors.failure_cases.group_by("check").len().rows()
        return {"key is unique" if check == "field_uniqueness" else check: count for check, count in found}
    return {}


if __name__ == "__main__":
    report(ask, {name: version(name) for name in ("pandera", "polars")})
