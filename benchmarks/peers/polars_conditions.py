"""The conditions as Polars expressions, for pandera and pointblank."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from benchmarks.peers.checks import (
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

_MARKER = pl.col("RecordOrigin__c")
SYNTHETIC = _MARKER.is_in(INFLUENCED)
_generated = pl.col("SyntheticGeneratedAt__c")
_SPACE = " "


def trimmed(column: str) -> pl.Expr:
    """Return a text without surrounding spaces."""
    return pl.col(column).str.strip_chars(_SPACE)


def text(column: str) -> pl.Expr:
    """Return a text, trimmed and in lower case."""
    return trimmed(column).str.to_lowercase()


def _moment(when: str) -> pl.Expr:
    return pl.lit(when).str.to_datetime(time_unit="us", time_zone="UTC")


def _not_one_of(column: str, values: tuple[str, ...]) -> pl.Expr:
    return text(column).is_in(("", *values)).not_()


def broken(data: Path) -> dict[str, tuple[str, pl.Expr]]:
    """Return the column of each check in the result, and the expression of its violations."""
    oldest = pl.lit(None)
    for purpose, since in OLDEST.items():
        oldest = pl.when(text("SyntheticPurpose__c") == purpose).then(_moment(since)).otherwise(oldest)
    version_ = trimmed("SyntheticVersion__c")
    given = [trimmed(column) != "" for column in ("SyntheticSource__c", "SyntheticDataset__c")]
    of_synthetic = {
        **{name: (column, text(column).fill_null("").is_in(("", *PLACEHOLDERS))) for name, column in FILLED.items()},
        "generated_at is filled": ("SyntheticGeneratedAt__c", _generated.is_null()),
        "version is semver": (
            "SyntheticVersion__c",
            (version_ != "") & version_.str.contains(f"^{SEMVER}$").not_(),
        ),
        "method is allowed": ("SyntheticMethod__c", _not_one_of("SyntheticMethod__c", METHODS)),
        "purpose is allowed": ("SyntheticPurpose__c", _not_one_of("SyntheticPurpose__c", PURPOSES)),
        "generated_at is past": ("SyntheticGeneratedAt__c", _generated > _moment(LATEST)),
        "generated_at is possible": ("SyntheticGeneratedAt__c", _generated < _moment(EARLIEST)),
        "generated_at is before loading": ("SyntheticGeneratedAt__c", _generated > pl.col("CreatedDate")),
        "retention is kept": ("SyntheticPurpose__c", _generated < oldest),
        "no real e-mail is copied": ("Email", text("Email").is_in(values(data / "customer", text("email")))),
        "dataset is registered": (
            "SyntheticDataset__c",
            (given[1] & trimmed("SyntheticDataset__c").is_in(values(data / "dataset", trimmed("dataset_id"))).not_()),
        ),
    }
    return {
        **{name: (column, SYNTHETIC & broken) for name, (column, broken) in of_synthetic.items()},
        "e-mail has its form": ("Email", pl.col("Email").str.contains(f"^{EMAIL}$").not_()),
        "marker is known": ("RecordOrigin__c", _MARKER.fill_null("").is_in(MARKERS).not_()),
        "real is not generated": (
            "RecordOrigin__c",
            (_MARKER == REAL) & (given[0] | _generated.is_not_null() | given[1]),
        ),
        "e-mail is not reserved": (
            "Email",
            _MARKER.fill_null("").is_in((*INFLUENCED, "masked")).not_()
            & pl.col("Email").str.contains(f"(?i)[@.]{RESERVED} *$"),
        ),
    }


def values(table: Path, value: pl.Expr) -> pl.Series:
    """Return the values of a table, for lookups."""
    return pl.scan_parquet(table / "*.parquet").select(value.alias("value")).collect()["value"].implode()


def decided_on_synthetic(frame: pl.DataFrame) -> pl.Expr:
    """Return the expression of violations in the decisions."""
    synthetic = frame.lazy().filter(SYNTHETIC).select(trimmed("Id")).collect()["Id"].implode()
    return text("decision_type").is_in(REGULATED) & trimmed("contact_id").is_in(synthetic)


def contacts(data: Path) -> pl.DataFrame:
    """Read the columns of the contacts that the checks need."""
    return pl.read_parquet(data / "contact" / "*.parquet", columns=list(CONTACT_COLUMNS))


def decisions(data: Path) -> pl.DataFrame:
    """Read the decisions."""
    return pl.read_parquet(data / "credit_decision" / "*.parquet")
