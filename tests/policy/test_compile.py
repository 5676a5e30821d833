"""What a policy compiles to: the same bytes everywhere, and nothing of the user's is overwritten."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from synth_expectations.expectations.catalogue import expectation_class
from synth_expectations.policy.compile.compiler import compile_policy
from synth_expectations.policy.compile.gx_files import as_text
from synth_expectations.policy.errors import PolicyError
from synth_expectations.validation.arguments import read_plain
from tests.paths import ROOT
from tests.policy.compiled_files import list_types, read_files, read_suite
from tests.policy.conftest import change

OPENED = """
import json, sys, great_expectations as gx
if sys.argv[2:]: import synth_expectations
context = gx.get_context(mode="file", context_root_dir=sys.argv[1])
print(json.dumps({suite.name: [e.expectation_type for e in suite.expectations] for suite in context.suites.all()}))
"""
REFUSED = """
import sys, great_expectations as gx
try:
    gx.get_context(mode="file", context_root_dir=sys.argv.pop(1))
except Exception as error:  # of any class: the test compares what it says
    print(" ".join(str(error).split()))
assert "synth_expectations" not in sys.modules
"""


def test_what_is_compiled_means_what_its_files_say() -> None:
    """Every expectation of the repository, made again from its suite's file alone, has the same arguments and rules."""
    compiled = compile_policy(ROOT / "great_expectations" / "policy.yml")
    assert not compiled.stale
    checked = set()
    for file in sorted((ROOT / "suites").glob("*.json")):
        for stored in json.loads(file.read_text())["expectations"]:
            expectation = expectation_class(stored["type"])(**stored["kwargs"])
            assert expectation.effective() == stored["meta"]["synth"]["effective"]
            assert expectation.rules_sha256() == stored["meta"]["synth"]["rules_sha256"]
            checked.add(stored["type"])
    assert checked == {planned.type for suite in compiled.suites for planned in suite.expectations}


def test_a_run_takes_the_expectations_that_verifying_its_files_has_made() -> None:
    """Both are one object, so that its check is built once."""
    compiled = compile_policy(ROOT / "great_expectations" / "policy.yml")
    planned = [expectation for suite in compiled.suites for expectation in suite.expectations]
    read = [
        read_plain(stored)
        for suite in compiled.suites
        for stored in json.loads((ROOT / "suites" / f"{suite.name}.json").read_text())["expectations"]
    ]
    made = {id(part.expectation) for part in planned if part.expectation}
    assert made == {id(expectation) for expectation in read if expectation}


def test_the_same_bytes_in_every_process(policy: Path, tmp_path: Path) -> None:
    compile_policy(policy).write()
    first = read_files(tmp_path)
    for seed in ("1", "2"):
        for file in list(tmp_path.rglob("*")):
            if file.is_file() and file != policy:
                file.unlink()
        code = "import sys, pathlib; from synth_expectations.policy.compile.compiler import compile_policy as c; "
        code += "c(pathlib.Path(sys.argv[1])).write()"
        subprocess.run([sys.executable, "-c", code, str(policy)], cwd=ROOT, env={"PYTHONHASHSEED": seed}, check=True)
        assert read_files(tmp_path) == first


def test_formatters_leave_it_as_it_is(policy: Path, tmp_path: Path) -> None:
    compile_policy(policy).write()
    for file in tmp_path.rglob("*.json"):
        assert as_text(json.loads(file.read_text())) == file.read_text()


def test_a_second_time_changes_nothing(policy: Path, tmp_path: Path) -> None:
    compile_policy(policy).write()
    before = read_files(tmp_path)
    again = compile_policy(policy)
    assert (again.stale, again.edited, again.changes) == ((), (), ())
    again.write()
    assert read_files(tmp_path) == before


def opened(policy: Path, *, script: str = OPENED, more: Iterable[str] = ()) -> subprocess.CompletedProcess[str]:
    """The project in a process that knows nothing but Great Expectations."""
    command = [sys.executable, "-c", script, str(policy.parent), *more]
    environment = {"PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=policy.parent, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.full
def test_great_expectations_opens_it_and_changes_nothing(policy: Path, tmp_path: Path) -> None:
    compile_policy(policy).write()
    before = read_files(tmp_path)
    said = opened(policy, more=("import",))
    assert {name: sorted(kinds) for name, kinds in json.loads(said.stdout.splitlines()[-1]).items()} == {
        name: list_types(policy, name) for name in ("contact", "customer", "send")
    }
    assert {name: text for name, text in read_files(tmp_path).items() if "uncommitted" not in name} == before


def test_a_process_that_does_not_import_us_opens_all_or_nothing(policy: Path, tmp_path: Path) -> None:
    compile_policy(policy).write()
    files_only = tmp_path / "files only"
    shutil.copytree(policy.parent, files_only)
    text = policy.read_text().replace("{type: parquet, path: ../lake}", "{type: sql, connection: 'duckdb:///:memory:'}")
    for name in ("contact", "customer", "send"):
        text = text.replace(f"    parquet: lake/{name}/*.parquet\n", f"    data_source: lake\n    table: {name}\n")
    policy.write_text(text)
    compile_policy(policy).write()
    said = opened(files_only / policy.name, script=f"{REFUSED}{OPENED}", more=(str(policy.parent),))
    assert said.returncode == 0, said.stderr
    refused, *_, suites = said.stdout.splitlines()
    assert "type duckdb_parquet was not found" in refused
    assert {name: sorted(kinds) for name, kinds in json.loads(suites).items()} == {
        name: list_types(policy, name) for name in ("contact", "customer", "send")
    }


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("{type: sql_server, connection: '${CRM}'}", "no rules can be run on SQL Server: T-SQL has no regular"),
        ("{type: sql, connection: 'mssql+pyodbc://db/crm'}", "no rules can be run on SQL Server: T-SQL has no regular"),
        (
            "{type: sql, connection: 'mysql+pymysql://db/crm'}",
            "no rules can be run on MySQL: texts that differ by case",
        ),
        ("{type: sqlite, connection: 'sqlite:///crm.db'}", "no rules can be run on SQLite: it has no regular"),
    ],
)
def test_an_engine_without_rules_is_refused_before_a_run(policy: Path, source: str, reason: str) -> None:
    policy.write_text(policy.read_text().replace("  lake: {", f"  crm: {source}\n  lake: {{"))
    with pytest.raises(PolicyError) as refused:
        compile_policy(policy)
    assert f"The data source crm: {reason}" in str(refused.value)
    assert "or write the tables to Parquet" in str(refused.value)


def test_changes_in_words(policy: Path) -> None:
    assert "contact: + expect_records_to_be_tagged (role mixed)" in compile_policy(policy).changes
    compile_policy(policy).write()
    change(policy, "max: P90D", "max: P120D")
    change(policy, "methods: [ctgan]", "methods: [ctgan, llm]")
    change(policy, "  send:\n    role: production", "  send:\n    role: people")
    assert compile_policy(policy).changes == (
        "contact: ~ expect_synthetic_provenance_to_be_well_formed methods: llm added",
        "contact: ~ expect_synthetic_records_to_expire_on_time max_ages: testing P90D -> P120D",
        "send: - expect_records_to_be_tagged",
        "send: - expect_table_to_contain_no_synthetic_records",
        "send: - expect_untagged_records_to_not_look_synthetic",
        "checkpoint nightly: ~ suites: send removed",
    )


def test_batches_make_two_suites_and_where_spares_retention(policy: Path) -> None:
    files_of_contact = "    parquet: lake/contact/*.parquet\n"
    change(policy, files_of_contact, f"{files_of_contact}    batch: {{by: month, column: loaded}}\n")
    compile_policy(policy).write()
    assert list_types(policy, "contact__table") == ["expect_synthetic_records_to_expire_on_time"]
    assert "expect_synthetic_records_to_expire_on_time" not in list_types(policy, "contact")
    change(policy, files_of_contact, f"{files_of_contact}    where: IsDeleted = false\n")
    compiled = compile_policy(policy)
    compiled.write()
    assert list_types(policy, "contact__all_rows") == ["expect_synthetic_records_to_expire_on_time"]
    assert not (policy.parents[1] / "suites" / "contact__table.json").exists()
    assets = compiled.sources["lake"]["assets"]
    assert assets["contact"]["where"] == "IsDeleted = false"
    assert "where" not in assets["contact__all_rows"]
    assert (
        assets["contact"]["batch_definitions"]["month"]["partitioner"]["method_name"] == "partition_on_year_and_month"
    )


def test_tables_of_databases(policy: Path) -> None:
    change(policy, "  lake: {", '  crm: {type: postgres, connection: "${CRM}"}\n  lake: {')
    change(
        policy,
        "    parquet: lake/send/*.parquet\n",
        "    data_source: crm\n    table: sales.Send\n    where: IsDeleted = false\n",
    )
    assets = compile_policy(policy).sources["crm"]["assets"]
    assert assets["send"]["query"] == 'SELECT * FROM sales."Send" WHERE "IsDeleted" = FALSE'
    change(policy, "    table: sales.Send\n    where: IsDeleted = false\n", "    table: sales.send\n")
    assets = compile_policy(policy).sources["crm"]["assets"]
    assert (assets["send"]["schema_name"], assets["send"]["table_name"]) == ("sales", "send")


def test_a_reference_in_another_data_source_is_refused_with_what_to_do(policy: Path) -> None:
    change(policy, "  lake: {", '  crm: {type: postgres, connection: "${CRM}"}\n  lake: {')
    change(policy, "    parquet: lake/customer/*.parquet\n", "    data_source: crm\n    table: sales.customer\n")
    with pytest.raises(PolicyError) as raised:
        compile_policy(policy)
    assert "looks records up in customer, which lies in crm, not in lake. Bring customer into lake" in str(raised.value)


def test_borrowed_data_sources(policy: Path, tmp_path: Path) -> None:
    theirs = tmp_path / "gx" / "great_expectations.yml"
    theirs.parent.mkdir()
    theirs.write_text(
        "fluent_datasources:\n  crm: {type: snowflake, connection_string: '${SF}', id: x, assets: {a: {type: table}}}\n"
    )
    before = theirs.read_bytes()
    change(policy, "  lake: {", "  crm: {use: ../gx}\n  lake: {")
    change(policy, "    parquet: lake/send/*.parquet\n", "    data_source: crm\n    table: CRM.SEND\n")
    source = compile_policy(policy).sources["crm"]
    assert (source["type"], source["connection_string"], list(source["assets"])) == ("snowflake", "${SF}", ["send"])
    compile_policy(policy).write()
    assert theirs.read_bytes() == before
    change(policy, "crm: {use: ../gx}", "crm: {use: ../elsewhere}")
    with pytest.raises(PolicyError, match=r"There is no Great Expectations project in \.\./elsewhere"):
        compile_policy(policy)
    change(policy, "crm: {use: ../elsewhere}", "snow: {use: ../gx}")
    change(policy, "data_source: crm", "data_source: snow")
    with pytest.raises(PolicyError, match=r"has no data source snow\. It has crm"):
        compile_policy(policy)


def test_great_expectations_own_expectations_are_compiled_as_they_are(policy: Path) -> None:
    own = "    expectations:\n      expect_column_values_to_be_unique: [{column: SendId}, {column: Other, severity: info}]\n"
    change(policy, "    columns: {key: SendId}\n", f"    columns: {{key: SendId}}\n{own}")
    compile_policy(policy).write()
    found = [each for each in read_suite(policy, "send")["expectations"] if each["type"].endswith("unique")]
    assert [(each["kwargs"], each["severity"]) for each in found] == [
        ({"column": "SendId"}, "critical"),
        ({"column": "Other"}, "info"),
    ]
