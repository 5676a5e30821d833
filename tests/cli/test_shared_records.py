"""Two tables of a policy that read the same records: `check` names them, whatever paths and names they have."""

from __future__ import annotations

import os

import duckdb
import pytest

from tests.cli.project import Project

SEND = "    parquet: lake/send/*.parquet\n"
HINT = "Keep one of them, a table may have several roles: role: [mixed, decisions]. Or divide them by where."
COUNTED = "Their records count twice."


def add(project: Project, source: str, name: str = "again") -> None:
    """Add a table to the policy."""
    text = project.policy.read_text()
    block = (
        f"  {name}:\n    role: production\n{source}    marker: {{column: IsSynthetic}}\n    columns: {{key: SendId}}\n"
    )
    project.policy.write_text(text + block)


@pytest.mark.parametrize("glob", ["send/*.parquet", "send/**", "../lake/s*/part-0.parquet", "linked/*", "link.parquet"])
def test_the_same_files(project: Project, glob: str) -> None:
    lake = project.root / "lake"
    if glob.startswith("link"):
        (lake / "linked").symlink_to("send")
        os.link(lake / "send" / "part-0.parquet", lake / "link.parquet")
    add(project, f"    parquet: lake/{glob}\n")
    said = project.cli("check")
    assert said.code == 2
    sentence = f"policy.yml:38: again: Each file of again is a file of send too. {COUNTED} {HINT}"
    assert sentence.replace("again: Each", "Each") in said.flat


def test_some_of_the_files(project: Project) -> None:
    add(project, "    parquet: [lake/send/*.parquet, lake/customer/*.parquet]\n")
    assert "1 of the 2 files of again is a file of send too." in project.cli("check").flat
    assert "1 of the 2 files of again is a file of customer too." in project.cli("check").flat


def test_where_may_divide_them(project: Project) -> None:
    low, high = (f"    where: \"SendId {operator} 'm5'\"\n" for operator in ("<", ">="))
    add(project, SEND + low)
    part = project.cli("check")
    assert part.code == 0
    assert "Note: great_expectations/policy.yml:38: Each file of again is a file of send too." in part.err
    assert "The records that where leaves in again count twice." in part.err
    project.policy.write_text(project.policy.read_text().replace(SEND, SEND + high, 1))
    assert "twice" not in project.cli("check").flat
    project.edit(high, low)
    assert COUNTED in project.cli("check").flat, "the same where does not divide them"


def test_the_same_table_of_a_database(project: Project) -> None:
    database = project.root / "crm.db"
    with duckdb.connect(database) as connection:
        connection.execute("CREATE TABLE send AS SELECT 'm1' AS SendId, 'false' AS IsSynthetic")
    (project.root / "directory").symlink_to(".")
    sources = "".join(
        f'  {name}: {{type: sql, connection: "duckdb:///{project.root}/{path}"}}\n'
        for name, path in (("crm", "crm.db"), ("mirror", "directory/crm.db"))
    )
    project.edit("  lake: {", f"{sources}  lake: {{")
    project.edit(SEND, "    data_source: crm\n    table: send\n")
    add(project, "    data_source: crm\n    table: main.Send\n")
    add(project, "    data_source: mirror\n    table: SEND\n", "third")
    said = project.cli("check").flat
    assert f"policy.yml:42: again is the same table of the database as send. {COUNTED} {HINT}" in said
    assert f"policy.yml:48: third is the same table of the database as send. {COUNTED} {HINT}" in said
