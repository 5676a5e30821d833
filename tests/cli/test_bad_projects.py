"""What is wrong with a project, its policy, its options: found, said, and never passed over."""

from __future__ import annotations

import json
import os
import shutil
import signal
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from tests.cli.project import GOOD, Project, Said, starting, within

UNPRIVILEGED = 65534


def suite(project: Project, name: str = "contact") -> Path:
    return project.root / "suites" / f"{name}.json"


def rewrite(project: Project, change: Callable[[dict], None], name: str = "contact") -> None:  # type: ignore[type-arg]
    document = json.loads(suite(project, name).read_text())
    change(document)
    suite(project, name).write_text(json.dumps(document, indent=2))


def flat(said: Said) -> str:
    return " ".join((said.out + said.err).split())


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
    assert "There is no checkpoint nigthly. Did you mean nightly?" in flat(said)


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
    assert sentence in flat(said)


def test_an_expectation_that_nobody_knows(compiled: Project) -> None:
    rewrite(compiled, lambda suite: suite["expectations"][0].update(type="expect_the_unexpected"))
    said = compiled.run()
    assert said.code == 2
    assert "Expect the unexpected. It was not evaluated: its package was not imported." in flat(said)
    assert "suites/contact.json was changed since it was compiled" in flat(said)


def test_an_argument_that_it_does_not_take(compiled: Project) -> None:
    rewrite(compiled, lambda suite: suite["expectations"][0]["kwargs"].update(colour="red"))
    said = compiled.run()
    assert said.code == 2
    assert "colour is not an argument of it" in flat(said)
    assert "send      whole table        1          0  passed   2" in said.out


def test_an_expectation_that_was_taken_out(compiled: Project) -> None:
    rewrite(compiled, lambda suite: suite["expectations"].pop())
    said = compiled.run()
    assert said.code == 2
    assert "suites/contact.json was changed since it was compiled" in flat(said)


def test_a_suite_that_was_emptied(compiled: Project) -> None:
    rewrite(compiled, lambda suite: suite["expectations"].clear())
    said = compiled.run()
    assert said.code == 2
    assert "Its suite has no expectations: nothing was checked." in flat(said)


def test_a_suite_that_is_gone(compiled: Project) -> None:
    suite(compiled).unlink()
    said = compiled.run()
    assert said.code == 2
    assert "Traceback" not in said.err


def test_an_argument_loosened_by_hand(compiled: Project) -> None:
    rewrite(compiled, lambda suite: suite["expectations"][0]["kwargs"].update(mostly=0.1))
    said = compiled.run()
    assert said.code == 2
    assert "what it would check differs: compile, then review the diff" in flat(said)


def test_a_policy_that_was_changed_since(compiled: Project) -> None:
    compiled.edit("max: P90D", "max: P900D")
    said = compiled.run()
    assert said.code == 2
    assert "policy.yml was changed since it was compiled: compile, then review the diff." in flat(said)


def test_a_comment_is_no_change(compiled: Project) -> None:
    compiled.edit("version: 1", "version: 1  # the first")
    assert compiled.run().code == 0


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
    assert "the exclusion of expect_table_to_contain_no_synthetic_records ended on 2026-10-31" in flat(said)


def test_a_policy_changed_since_it_was_approved(project: Project) -> None:
    approved = 'approved: {by: dpo@retailer.example, on: "2026-10-01"}\n'
    project.edit("version: 1\n", f"version: 1\n{approved}")
    project.compile()
    assert "Whoever approves it runs: synth-expectations audit approve" in flat(project.run())
    assert project.cli("audit", "approve", "--by", "dpo@retailer.example", "--role", "dpo").code == 0
    assert "approved" not in project.run().out
    project.edit("max: P90D", "max: P100D")
    project.compile()
    said = project.run()
    assert said.code == 0
    assert "The policy changed since dpo@retailer.example approved it on " in flat(said)


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
    assert "It is checked by day, but no batch was given." in flat(project.run())
    assert project.run("--batch", "2026-10-30").code == 0
    assert project.run("--batch", "2026-10-31").code == 1
    absent = project.run("--batch", "2026-10-29")
    assert absent.code == 2
    assert "The batch 2026-10-29 has no records: nothing was checked." in flat(absent)
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
    directories = [compiled.root, *(each for each in compiled.root.rglob("*") if each.is_dir())]
    above = [each for each in compiled.root.parents if each.is_relative_to(tempfile.gettempdir())]
    before = {each: each.stat().st_mode for each in (*directories, *above)}
    for each in directories:
        each.chmod(0o555)
    for each in above:
        each.chmod(0o755)
    privileged = os.geteuid() == 0
    if privileged:
        os.seteuid(UNPRIVILEGED)  # root may write anywhere
    try:
        said = compiled.run()
    finally:
        if privileged:
            os.seteuid(0)
        for each, mode in before.items():
            each.chmod(mode)
    assert (said.code, said.out) == (2, "")
    assert f"Results cannot be written to {results}" in said.err
    assert "Nothing was run." in said.err


@pytest.mark.full
@pytest.mark.parametrize("workers", [1, 3])
def test_interrupted(compiled: Project, workers: int) -> None:
    """Ctrl-C while a query runs: exit 130, no traceback, no half-written file, and the next run is as good as new."""
    many = 20_000_000
    real = pa.DictionaryArray.from_arrays(pa.repeat(pa.scalar(0, pa.int8()), many), ["false"])
    compiled.arrow("send", pa.table({"SendId": np.arange(many), "IsSynthetic": real}))
    slow = f"{'sha256(' * 12}CAST(SendId AS VARCHAR){')' * 12}"
    files = "    parquet: lake/send/*.parquet\n"
    compiled.edit(files, f"{files}    where: \"{slow} <> 'x'\"\n")
    compiled.compile()
    before = {file: file.read_bytes() for file in compiled.root.rglob("*") if file.is_file()}
    process = starting("run", "nightly", "--workers", str(workers), cwd=compiled.root)
    results = compiled.root / "great_expectations" / "uncommitted" / "validations" / "customer"
    for _ in range(600):
        if results.exists():
            break
        time.sleep(0.1)
    time.sleep(1)
    process.send_signal(signal.SIGINT)
    try:
        out, err = process.communicate(timeout=60)
    finally:
        process.kill()
    assert (process.returncode, out) == (130, ""), err
    assert err == "Interrupted. Results of finished tables are kept.\n"
    assert all(file.read_bytes() == text for file, text in before.items())
    left = [file for file in compiled.root.rglob("*") if file.is_file() and file not in before]
    assert left
    for file in left:
        assert file.suffix != ".tmp"
        if file.suffix == ".json":
            json.loads(file.read_text())


def test_a_run_changes_nothing_of_the_users(compiled: Project) -> None:
    def files() -> dict[Path, bytes]:
        kept = {compiled.root / "great_expectations" / "uncommitted", compiled.root / "evidence"}
        return {
            file: file.read_bytes()
            for file in compiled.root.rglob("*")
            if file.is_file() and kept.isdisjoint(file.parents)
        }

    before = files()
    compiled.table("send", [{"SendId": "m1", "IsSynthetic": "false"}])
    assert files() == before
    compiled.run()
    compiled.cli("check")
    compiled.cli("docs")
    assert files() == before


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
        assert r"Column SendId is not in send. Nearest: \ufeffSendId." in flat(said)
