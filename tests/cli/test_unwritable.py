"""Results that cannot be written are found before the work."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from tests.cli.project import Project

UNPRIVILEGED = 65534


def test_results_that_cannot_be_written_are_found_before_the_work(compiled: Project) -> None:
    results = compiled.root / "great_expectations" / "uncommitted" / "docs"
    results.parent.mkdir()
    results.write_text("a file where a directory belongs")
    assert compiled.run().code == 0  # it writes no Data Docs
    said = compiled.run("--docs")
    assert (said.code, said.out) == (2, "")
    assert "Results cannot be written to" in said.err
    assert "is a file" in said.err


def test_a_read_only_directory_is_found_before_the_work(compiled: Project) -> None:
    assert compiled.run().code == 0  # all that is imported lazily is imported now
    results = compiled.root / "great_expectations" / "uncommitted"
    shutil.rmtree(results)
    directories = [compiled.root, *(path for path in compiled.root.rglob("*") if path.is_dir())]
    # which itself stays writable: others use it meanwhile, such as PostgreSQL for its memory
    temporary = Path(tempfile.gettempdir())
    above = [path for path in compiled.root.parents if temporary in path.parents]
    before = {path: path.stat().st_mode for path in (*directories, *above)}
    for path in directories:
        path.chmod(0o555)
    for path in above:
        path.chmod(0o755)
    privileged = os.geteuid() == 0
    if privileged:
        os.seteuid(UNPRIVILEGED)  # root may write anywhere
    try:
        said = compiled.run()
    finally:
        if privileged:
            os.seteuid(0)
        for path, mode in before.items():
            path.chmod(mode)
    assert (said.code, said.out) == (2, "")
    assert f"Results cannot be written to {results}" in said.err
    assert "Nothing was run." in said.err
