"""What is wrong with a project, its policy, its options: found, said, and never passed over."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest

from tests.cli.project import GOOD, Project, Said, within


def test_no_project(tmp_path: Path, cli: Callable[..., Said]) -> None:
    with within(tmp_path):
        said = cli("run", "nightly")
    assert said.code == 2
    assert "There is no project here" in said.err
    assert "synth-expectations init" in said.err


def test_not_compiled(project: Project) -> None:
    said = project.run()
    assert (said.code, said.out) == (2, "")
    assert "great_expectations/policy.yml is not compiled yet." in said.err


def test_an_unknown_checkpoint_names_the_nearest(compiled: Project) -> None:
    said = compiled.cli("run", "nigthly")
    assert said.code == 2
    assert "There is no checkpoint nigthly. Did you mean nightly?" in said.flat


def test_errors_before_the_run_are_a_document_too(compiled: Project) -> None:
    said = compiled.cli("run", "nigthly", "--output", "json")
    assert said.code == 2
    assert said.json()["error"]["message"] == "There is no checkpoint nigthly."
    assert said.json()["exit_code"] == 2


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--as-of", "noon"), "noon is not a time."),
        (("--batch", "2026-13"), "2026-13 is not a batch."),
        (("--batch", "22.11.2026"), "22.11.2026 is not a batch."),
        (("--table", "nothing*"), "has no table that is called like nothing*."),
        (("--owner", "crm-dta@retailer.example"), "of the owner crm-dta@retailer.example. Did you mean crm-data@"),
        (("--tag", "eu"), "The checkpoint nightly has no table with the tag eu. Nothing was run."),
        (("--table", "contact", "--tag", "eu"), "has no table that is called like contact with the tag eu."),
        (("--parameter", "x"), "x is not a parameter."),
        (("--fail-on", "all"), "Invalid value for '--fail-on'"),
        (("--bach", "2026-11-01"), "No such option: --bach"),
    ],
)
def test_wrong_options(compiled: Project, options: tuple[str, ...], sentence: str) -> None:
    said = compiled.cli("run", "nightly", *options)
    assert (said.code, said.out) == (2, "")
    assert sentence in said.flat


def test_an_exclusion_that_ended(project: Project) -> None:
    exclude = '{reason: "no markers yet, CRM-1", approved_by: dpo@retailer.example, until: "2026-10-31"}'
    project.edit("  send:\n", f"  send:\n    exclude:\n      expect_table_to_contain_no_synthetic_records: {exclude}\n")
    project.edit(
        "    columns: {key: SendId}\n",
        "    columns: {key: SendId}\n    expectations: {expect_table_row_count_to_be_between: {min_value: 1}}\n",
    )
    project.compile()
    said = project.cli("run", "nightly", "--as-of", "2026-10-31")
    assert said.code == 0
    assert said.out
    said = project.cli("run", "nightly", "--as-of", "2026-11-01")
    assert said.code == 2
    assert "the exclusion of expect_table_to_contain_no_synthetic_records ended on 2026-10-31" in said.flat


def test_a_variable_that_is_not_set(project: Project) -> None:
    project.edit("path: ../lake", 'path: "${NO_SUCH_LAKE}"')
    project.compile()
    said = project.run()
    assert said.code == 2
    assert "NO_SUCH_LAKE" in said.out


def test_a_default_for_a_variable(project: Project) -> None:
    project.edit("path: ../lake", 'path: "${NO_SUCH_LAKE:-../lake}"')
    project.compile()
    assert project.run().code == 0


def test_a_database_that_is_down_keeps_its_password(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.edit("  lake: {", '  crm: {type: sql, connection: "${CRM_URL}"}\n  lake: {')
    project.edit("    parquet: lake/send/*.parquet\n", "    data_source: crm\n    table: public.send\n")
    monkeypatch.setenv("CRM_URL", "postgresql+psycopg://app:hunter2@127.0.0.1:9/crm?connect_timeout=2")
    project.compile()
    ran, checked = project.run(), project.cli("check")
    assert (ran.code, checked.code) == (2, 2)
    assert "hunter2" not in ran.out + ran.err + checked.out + checked.err
    assert "ERRORED" in ran.out
    assert "PROBLEM  send" in checked.out
    assert "contact   whole table" in ran.out
    written = [
        file.read_text(errors="replace")
        for file in project.root.rglob("*")
        if file.suffix in {".json", ".html", ".yml"}
    ]
    assert not [text for text in written if "hunter2" in text]


def test_a_policy_holds_no_password(project: Project) -> None:
    project.edit("  lake: {", '  crm: {type: sql, connection: "postgresql://app:hunter2@db/crm"}\n  lake: {')
    said = project.cli("compile")
    assert said.code == 2
    assert "policy.yml:5: data_sources.crm: the connection holds a password" in said.err
    assert "hunter2" not in said.err


def test_a_reference_that_does_not_exist(project: Project) -> None:
    project.edit("real: {table: customer}", "real: {table: custommer}")
    said = project.cli("compile")
    assert said.code == 2
    assert "there is no table custommer: did you mean customer?" in said.err


def test_a_batch_that_was_not_given_and_one_that_is_not_there(project: Project) -> None:
    project.edit(
        "    parquet: lake/send/*.parquet\n", "    parquet: lake/send/*.parquet\n    batch: {by: day, column: day}\n"
    )
    rows = [
        {"SendId": "m1", "IsSynthetic": "false", "day": "2026-10-30"},
        {"SendId": "m2", "IsSynthetic": "true", "day": "2026-10-31"},
    ]
    project.table("send", rows)
    project.compile()
    assert "send: It is checked by day, but no batch was given." not in project.run().err
    assert "It is checked by day, but no batch was given." in project.run().flat
    assert project.run("--batch", "2026-10-30").code == 0
    assert project.run("--batch", "2026-10-31").code == 1
    absent = project.run("--batch", "2026-10-29")
    assert absent.code == 2
    assert "The batch 2026-10-29 has no records: nothing was checked." in absent.flat
    project.edit(
        "    batch: {by: day, column: day}\n", "    batch: {by: day, column: day}\n    empty_batch: nothing_to_check\n"
    )
    project.compile()
    assert project.run("--batch", "2026-10-29").code == 0


def test_severity_and_fail_on(project: Project) -> None:
    project.edit(
        "    columns: {key: SendId}\n",
        "    columns: {key: SendId}\n    expectations: {expect_table_to_contain_no_synthetic_records: {severity: info}}\n",
    )
    project.compile()
    project.table("send", [{"SendId": "m1", "IsSynthetic": "true"}])
    said = project.run()
    assert said.code == 0
    assert "info, below fail_on" in said.out
    assert project.run("--fail-on", "info").code == 1


def test_check_finds_everything_at_once(project: Project) -> None:
    project.table("contact", [{k: v for k, v in GOOD.items() if k not in {"Source", "Email"}}])
    (project.root / "lake" / "send" / "part-0.parquet").unlink()
    project.table("newsletter", [{"Id": "n1"}])
    said = project.cli("check")
    assert said.code == 2
    assert "Column Source is not in contact." in said.out
    assert "Column Email is not in contact." in said.out
    assert "send" in said.out
    assert "Not in the policy: lake/newsletter" in said.err
    assert not (project.root / "suites").exists()


def test_a_linked_file_beside_those_of_the_policy_is_named(project: Project) -> None:
    project.table("newsletter", [{"Id": "n1"}])
    (project.root / "lake" / "newsletter").rename(project.root / "elsewhere")
    (project.root / "lake" / "newsletter").mkdir()
    for file in (project.root / "elsewhere").iterdir():
        (project.root / "lake" / "newsletter" / file.name).symlink_to(file)
    assert "Not in the policy: lake/newsletter" in project.cli("check").err


def test_a_byte_order_mark_in_the_policy_and_in_a_column(project: Project) -> None:
    """That of the policy is not part of it; that of a column is, as CSV readers leave it, and it is shown."""
    project.policy.write_bytes(b"\xef\xbb\xbf" + project.policy.read_bytes())
    project.compile()
    assert project.run().code == 0
    project.arrow("send", pa.table({"\ufeffSendId": ["m1"], "IsSynthetic": ["false"]}))
    for said in (project.cli("check"), project.run()):
        assert said.code == 2
        assert r"Column SendId is not in send. Nearest: \ufeffSendId." in said.flat
