"""What a policy compiles to: the same bytes everywhere, and nothing of the user's is overwritten."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from synth_expectations.expectations.catalogue import expectation_class
from synth_expectations.policy.compile.compiler import compile_policy
from synth_expectations.policy.compile.gx_files import as_text
from synth_expectations.policy.errors import PolicyError
from tests.paths import ROOT

OPENED = """
import json, sys, great_expectations as gx
if sys.argv[2:]: import synth_expectations
context = gx.get_context(mode="file", context_root_dir=sys.argv[1])
print(json.dumps({suite.name: [e.expectation_type for e in suite.expectations] for suite in context.suites.all()}))
"""


def files(root: Path) -> dict[str, bytes]:
    return {str(file.relative_to(root)): file.read_bytes() for file in sorted(root.rglob("*")) if file.is_file()}


def change(policy: Path, old: str, new: str) -> None:
    text = policy.read_text()
    assert old in text, old
    policy.write_text(text.replace(old, new, 1))


def suite(policy: Path, name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((policy.parents[1] / "suites" / f"{name}.json").read_text())
    return found


def types(policy: Path, name: str) -> list[str]:
    return [each["type"] for each in suite(policy, name)["expectations"]]


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


def test_the_same_bytes_in_every_process(policy: Path, tmp_path: Path) -> None:
    compile_policy(policy).write()
    first = files(tmp_path)
    for seed in ("1", "2"):
        for file in list(tmp_path.rglob("*")):
            if file.is_file() and file != policy:
                file.unlink()
        code = "import sys, pathlib; from synth_expectations.policy.compile.compiler import compile_policy as c; "
        code += "c(pathlib.Path(sys.argv[1])).write()"
        subprocess.run([sys.executable, "-c", code, str(policy)], cwd=ROOT, env={"PYTHONHASHSEED": seed}, check=True)
        assert files(tmp_path) == first


def test_formatters_leave_it_as_it_is(policy: Path, tmp_path: Path) -> None:
    compile_policy(policy).write()
    for file in tmp_path.rglob("*.json"):
        assert as_text(json.loads(file.read_text())) == file.read_text()


def test_a_second_time_changes_nothing(policy: Path, tmp_path: Path) -> None:
    compile_policy(policy).write()
    before = files(tmp_path)
    again = compile_policy(policy)
    assert (again.stale, again.edited, again.changes) == ((), (), ())
    again.write()
    assert files(tmp_path) == before


def opened(policy: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """The project in a process that knows nothing but Great Expectations."""
    command = [sys.executable, "-c", OPENED, str(policy.parent), *more]
    environment = {"PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=policy.parent, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.full
def test_great_expectations_opens_it_and_changes_nothing(policy: Path, tmp_path: Path) -> None:
    compile_policy(policy).write()
    before = files(tmp_path)
    said = opened(policy, "import")
    assert {name: sorted(kinds) for name, kinds in json.loads(said.stdout.splitlines()[-1]).items()} == {
        name: types(policy, name) for name in ("contact", "customer", "send")
    }
    assert {name: text for name, text in files(tmp_path).items() if "uncommitted" not in name} == before


def test_a_process_that_does_not_import_us_opens_all_or_nothing(policy: Path) -> None:
    compile_policy(policy).write()
    files_only = opened(policy)
    assert files_only.returncode != 0
    assert "type duckdb_parquet was not found" in files_only.stderr
    text = policy.read_text().replace("{type: parquet, path: ../lake}", "{type: sql, connection: 'duckdb:///:memory:'}")
    for name in ("contact", "customer", "send"):
        text = text.replace(f"    parquet: lake/{name}/*.parquet\n", f"    data_source: lake\n    table: {name}\n")
    policy.write_text(text)
    compile_policy(policy).write()
    said = opened(policy)
    assert {name: sorted(kinds) for name, kinds in json.loads(said.stdout.splitlines()[-1]).items()} == {
        name: types(policy, name) for name in ("contact", "customer", "send")
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
    assert types(policy, "contact__table") == ["expect_synthetic_records_to_expire_on_time"]
    assert "expect_synthetic_records_to_expire_on_time" not in types(policy, "contact")
    change(policy, files_of_contact, f"{files_of_contact}    where: IsDeleted = false\n")
    compiled = compile_policy(policy)
    compiled.write()
    assert types(policy, "contact__all_rows") == ["expect_synthetic_records_to_expire_on_time"]
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


@pytest.mark.parametrize(
    "file", ["suites/contact.json", "checkpoints/nightly.json", "great_expectations/validation_definitions/send.json"]
)
def test_what_was_edited_by_hand_is_not_overwritten(policy: Path, tmp_path: Path, file: str) -> None:
    compile_policy(policy).write()
    edited = tmp_path / file
    edited.write_text(edited.read_text().replace("{", '{"mine": 1,', 1))
    before = edited.read_text()
    change(policy, "max: P90D", "max: P1Y")
    compiled = compile_policy(policy)
    assert [Path(each).name for each in compiled.edited] == [edited.name]
    with pytest.raises(PolicyError, match="Edited by hand since compiling"):
        compiled.write()
    assert edited.read_text() == before
    compiled.write(force=True)
    assert edited.read_text() != before
    assert not compile_policy(policy).stale


def test_a_file_of_someone_else_is_not_overwritten(policy: Path, tmp_path: Path) -> None:
    (tmp_path / "suites").mkdir()
    theirs = tmp_path / "suites" / "send.json"
    theirs.write_text('{"name": "send", "expectations": []}')
    with pytest.raises(PolicyError, match=r"send\.json"):
        compile_policy(policy).write()
    assert theirs.read_text() == '{"name": "send", "expectations": []}'


def test_line_ends_of_a_checkout_are_no_edit(policy: Path, tmp_path: Path) -> None:
    compile_policy(policy).write()
    for file in [*tmp_path.rglob("*.json"), *tmp_path.rglob("*.yml")]:
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    again = compile_policy(policy)
    assert (again.edited, again.stale) == ((), ())


def test_what_else_is_in_great_expectations_yml_stays(policy: Path) -> None:
    compile_policy(policy).write()
    file = policy.parent / "great_expectations.yml"
    theirs = "# ours, keep\nfluent_datasources:\n  theirs:\n    type: pandas  # keep\n"
    theirs += "    id: 0b0c58a6-7f0c-4a50-a3f5-8ea4a3d1ab01\n"
    file.write_text(file.read_text().replace("fluent_datasources:\n", theirs))
    change(policy, "path: ../lake", "path: ../sea")
    compile_policy(policy).write()
    text = file.read_text()
    assert "# ours, keep" in text
    assert "type: pandas  # keep" in text
    assert "path: ../sea" in text
    file.write_text(text.replace("path: ../sea", "path: ../swamp"))
    assert compile_policy(policy).edited == ("great_expectations.yml (data source lake)",)


def test_tables_that_are_gone_take_their_files_with_them(policy: Path, tmp_path: Path) -> None:
    compile_policy(policy).write()
    text = policy.read_text()
    policy.write_text(text[: text.index("  send:\n")])
    compile_policy(policy).write()
    assert not list(tmp_path.rglob("send.json"))


def test_a_table_that_is_gone_while_another_changes_is_no_edit_by_hand(policy: Path) -> None:
    compile_policy(policy).write()
    text = policy.read_text()
    policy.write_text(text[: text.index("  send:\n")].replace("path: ../lake", "path: ../sea"))
    compile_policy(policy).write()
    assert not compile_policy(policy).stale


def test_an_interrupted_compile_heals(policy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from synth_expectations.policy.compile import project_files as projects

    written = projects.write

    def failing(path: Path, text: str) -> None:
        if path.name == "nightly.json":
            raise KeyboardInterrupt
        written(path, text)

    monkeypatch.setattr(projects, "write", failing)
    with pytest.raises(KeyboardInterrupt):
        compile_policy(policy).write()
    monkeypatch.undo()
    assert compile_policy(policy).stale
    compile_policy(policy).write()
    assert not compile_policy(policy).stale
    assert not [file for file in tmp_path.rglob(".*") if file.name != ".gitignore"]


def test_an_expectations_store_that_drops_ours_is_refused(policy: Path) -> None:
    compile_policy(policy).write()
    file = policy.parent / "great_expectations.yml"
    file.write_text(file.read_text().replace("    module_name: synth_expectations.gx\n", "", 1))
    with pytest.raises(PolicyError, match="drops expectations that it does not know"):
        compile_policy(policy)


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
    found = [each for each in suite(policy, "send")["expectations"] if each["type"].endswith("unique")]
    assert [(each["kwargs"], each["severity"]) for each in found] == [
        ({"column": "SendId"}, "critical"),
        ({"column": "Other"}, "info"),
    ]
