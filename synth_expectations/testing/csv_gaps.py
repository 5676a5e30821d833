"""What a CSV file cannot carry: the cases that depend on it, with the reason."""

from __future__ import annotations

_INFINITE = "a number of an extract is finite: infinity in a column of numbers is an error with its line"

CSV_GAPS = {
    "records_to_be_tagged: a number that is none": _INFINITE,
    "sandboxes_to_contain_no_real_records: a floating-point number beyond 2^53 is no key": _INFINITE,
}
