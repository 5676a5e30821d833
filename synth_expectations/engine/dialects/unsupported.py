"""Engines that no rules can be run on, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass

from synth_expectations.engine.dialects.base import ANY_SQL


@dataclass(frozen=True)
class UnsupportedEngine:
    """An engine on which some rule would count wrongly, or fail.

    Attributes:
        title: what people call it.
        reason: why no rules can be run on it.
        data_source_type: Great Expectations' type of data source for it.
    """

    title: str
    reason: str
    data_source_type: str = ANY_SQL

    def __str__(self) -> str:
        return f"{self.title}: {self.reason}"


UNSUPPORTED = {
    "mssql": UnsupportedEngine(
        "SQL Server",
        "T-SQL has no regular expressions before SQL Server 2025, and no condition is a value there",
        data_source_type="sql_server",
    ),
    # its default collation is utf8mb4_0900_ai_ci
    "mysql": UnsupportedEngine(
        "MySQL",
        "texts that differ by case or accents are equal there, TRIM takes a word instead of a list of characters, "
        "and TRANSLATE is missing",
    ),
    # seen on 10.11: 14:00+02:00 became 14:00, 'jose' = 'josé' held, and TRIM(BOTH ' \t' FROM ' x') removed nothing
    "mariadb": UnsupportedEngine(
        "MariaDB",
        "a cast of text to DATETIME drops the offset without an error, texts that differ by case or accents are equal, "
        "and TRIM takes a word instead of a list of characters",
    ),
    "oracle": UnsupportedEngine("Oracle", "it takes an empty text for NULL"),
    "sqlite": UnsupportedEngine(
        "SQLite", "it has no regular expressions of its own, and stores timestamps as text", data_source_type="sqlite"
    ),
}
"""By SQLAlchemy's name."""
