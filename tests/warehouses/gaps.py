"""What the emulator of Snowflake cannot run, by case, with its reason: a strict xfail each, and a line of the matrix."""

from __future__ import annotations

_QUOTES = "the emulator takes a double quote in the name of a column for the end of it"

GAPS: dict[str, str] = {
    "table_to_contain_no_synthetic_records: a column name with a space and quotes": _QUOTES,
    "records_to_be_tagged: every column name is quoted": _QUOTES,
    "synthetic_tags_to_persist: every column name is quoted": _QUOTES,
    "synthetic_provenance_to_be_well_formed: a number is no time": "its whole numbers are decimals, and the sentence says so",
}
"""By case: why it is not so there."""
