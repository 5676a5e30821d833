"""Names of files for tables, runs and requirements, whatever these are called."""

from __future__ import annotations

import hashlib
import re

_PLAIN = re.compile("[a-z0-9_]{1,60}")
_RUN_ID = re.compile("[0-9]{8}T[0-9]{6}Z(-[a-z0-9]{1,20})?")
_RESERVED = re.compile("(con|prn|aux|nul|index|com[0-9]|lpt[0-9])")
"""What Windows keeps for devices, whatever the ending, and the name of a directory's first page."""


def make_file_name(name: str) -> str:
    """Return a file name without an ending: safe on every system, and another one for every other name.

    A plain name stays as it is. Any other keeps its letters, for people, and gets a digest: names that differ in case
    only, or in characters that no file may have, stay apart.
    """
    if _PLAIN.fullmatch(name) and not _RESERVED.fullmatch(name):
        return name
    letters = re.sub("[^a-z0-9]+", "-", name.lower())[:40].strip("-")
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:10]
    return f"{letters}-{digest}" if letters else f"n-{digest}"


def find_run_page(run_id: str) -> str:
    """Return the path of a run's page in the site."""
    return f"runs/{run_id if _RUN_ID.fullmatch(run_id) else make_file_name(run_id)}.html"


def find_table_page(table: str) -> str:
    """Return the path of a table's page in the site."""
    return f"tables/{make_file_name(table)}.html"


def find_finding_page(finding: str) -> str:
    """Return the path of the page of a finding in the site."""
    return f"findings/{make_file_name(finding)}.html"


def find_regulation_page(regulation: str) -> str:
    """Return the path of a regulation's page in the site."""
    return f"controls/{make_file_name(regulation)}.html"


def find_requirement_page(regulation: str, requirement: str) -> str:
    """Return the path of a requirement's page in the site."""
    return f"controls/{make_file_name(regulation)}/{make_file_name(requirement)}.html"
