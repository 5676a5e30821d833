"""A query that outlasts the policy's timeout: its checks are errored and named, the others of the table are not."""

from __future__ import annotations

import os

import great_expectations as gx
import pyarrow as pa
import pytest

from synth_expectations.policy.compile.compiler import compile_policy
from synth_expectations.policy.compile.timeouts import find_unenforced
from tests.cli.project import Project
from tests.cli.test_bad_data import errors, verdicts

COPIES = "expect_synthetic_records_to_not_copy_real_records"
SENTENCE = f"A query on contact for {COPIES} took longer than PT1S, the timeout of the policy, and was cancelled."


def make_slow(project: Project) -> None:
    """Give the customers a hundred million rows, each with an address of its own form to normalise."""
    rows = 500_000
    addresses = pa.array([f" Someone.{number % 5_000}+x@Firm.Example " for number in range(rows)])
    project.arrow("customer", pa.table({"CustomerId": pa.array(range(rows)), "Email": addresses}))
    file = project.root / "lake" / "customer" / "part-0.parquet"
    for number in range(1, 200):
        os.link(file, file.with_name(f"part-{number}.parquet"))
    project.edit("  contact:\n", "  contact:\n    timeout: PT1S\n")
    project.compile()


def test_a_query_that_outlasts_it_errs_its_check_alone(compiled: Project) -> None:
    make_slow(compiled)
    said = compiled.run("--table", "contact", "--output", "json")
    assert said.code == 2, said
    assert verdicts(said) == {"contact": "errored"}
    found = errors(said, "contact")
    assert set(found) == {COPIES}
    assert found[COPIES].startswith(SENTENCE)
    assert "Raise timeout in the policy" in found[COPIES]
    [table] = said.json()["tables"]
    passed = [each for each in table["expectations"] if each["verdict"] == "passed"]
    assert len(passed) >= 3
    alone = gx.get_context(mode="file", context_root_dir=compiled.policy.parent)
    result = alone.validation_definitions.get("contact").run()
    [errored] = [each for each in result.results if each.exception_info["raised_exception"]]
    assert errored.expectation_config.type == COPIES
    assert SENTENCE in errored.exception_info["exception_message"]


def test_it_is_a_word_of_defaults_and_of_tables(compiled: Project) -> None:
    compiled.edit("tables:\n", "defaults: {timeout: PT5M}\ntables:\n")
    compiled.edit("  send:\n", "  send:\n    timeout: PT90S\n")
    compiled.compile()
    sources = gx.get_context(mode="file", context_root_dir=compiled.policy.parent).data_sources
    limits = {asset.name: asset.batch_metadata["synth_timeout"] for asset in sources.get("lake").assets}
    assert limits == {"contact": "PT5M", "customer": "PT5M", "send": "PT90S"}
    assert compiled.run().code == 0


def test_what_is_no_timeout(compiled: Project) -> None:
    for written in ("300", "P1Y", "PT0S", "-PT5M", "P8D", "five minutes", "[PT5M]", "{after: PT5M}"):
        text = compiled.policy.read_text()
        compiled.edit("  send:\n", f"  send:\n    timeout: {written}\n")
        said = compiled.cli("compile")
        line = next(i for i, each in enumerate(compiled.policy.read_text().splitlines(), 1) if "timeout" in each)
        assert said.code == 2, (written, said)
        assert f"policy.yml:{line}" in said.err + said.out
        compiled.policy.write_text(text)


def test_an_asset_with_another_limit_than_a_duration(compiled: Project) -> None:
    compiled.edit("  send:\n", "  send:\n    timeout: PT90S\n")
    compiled.compile()
    context = gx.get_context(mode="file", context_root_dir=compiled.policy.parent)
    asset = context.data_sources.get("lake").get_asset("send")
    asset.batch_metadata["synth_timeout"] = "soon"
    result = context.validation_definitions.get("send").run()
    assert not result.success


@pytest.mark.parametrize(("engine", "enforced"), [("bigquery", False), ("snowflake", True), ("postgres", True)])
def test_check_names_tables_whose_engine_does_not_enforce_it(compiled: Project, engine: str, enforced: bool) -> None:
    addresses = {
        "bigquery": "bigquery://project/crm",
        "snowflake": "snowflake://user:${WORD}@account/crm/public?role=r&warehouse=w",
        "postgres": "postgresql+psycopg://user:${WORD}@host/crm",
    }
    compiled.edit(
        "data_sources:\n", f"data_sources:\n  warehouse: {{type: {engine}, connection: '{addresses[engine]}'}}\n"
    )
    compiled.edit("parquet: lake/send/*.parquet", "data_source: warehouse\n    table: send\n    timeout: PT5M")
    policy = compile_policy(compiled.policy)
    sentence = f"The timeout of send is not enforced: {engine} has no statement that ends a long query."
    assert list(find_unenforced(policy)) == ([] if enforced else [sentence])
