"""Where a table and its data source are, as a policy says it."""

from __future__ import annotations

import os
import re

from synth_expectations.engine.dialects.registry import find_data_source_type
from synth_expectations.policy.infer.model import ProposedValue, TableProfile


def propose_location(profile: TableProfile, data_source: str) -> dict[str, ProposedValue | dict[str, ProposedValue]]:
    """Return where the records are, in the lines of the table's entry."""
    count = f"{profile.rows:,} records"
    if profile.kind != "table":
        lines: dict[str, ProposedValue | dict[str, ProposedValue]] = {
            profile.kind: ProposedValue(f"{data_source}/{profile.location}", count)
        }
        if profile.format:
            lines["format"] = ProposedValue(dict(profile.format), "as the files are written")
        if profile.types:
            lines["types"] = {
                column: ProposedValue(kind, "each value is one; all other columns are text")
                for column, kind in profile.types.items()
            }
        return lines
    return {"data_source": ProposedValue(data_source), "table": ProposedValue(profile.location, count)}


def propose_source(profile: TableProfile, data_source: str, beside: str) -> dict[str, str]:
    """Return the entry of the data source.

    Args:
        profile: what was read.
        data_source: its name.
        beside: the directory that a relative path starts from; the working directory if empty.
    """
    variable = re.sub(r"\W", "_", data_source).upper()
    if profile.kind == "table":
        return {"type": find_data_source_type(profile.dialect), "connection": f"${{{variable}_URL}}"}
    directory = profile.base
    if not os.path.isabs(directory):
        directory = os.path.relpath(directory, beside or ".").replace(os.sep, "/")
        directory = directory if directory.startswith(".") else f"./{directory}"
    return {
        "type": "parquet" if profile.kind == "parquet" else "files",
        "path": directory if "}" in directory else f"${{{variable}:-{directory}}}",
    }
