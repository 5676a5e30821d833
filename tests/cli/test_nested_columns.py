"""Fields of nested columns in a policy: as marker, identifier, key and provenance, on DuckDB."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.cli.project import AS_OF, Said, within

Cli = Callable[..., Said]
POLICY = """\
version: 1
owner: crm-data@retailer.example
data_sources: {lake: {type: parquet, path: ../lake}}
tables:
  orders:
    role: mixed
    parquet: lake/orders/*.parquet
    marker: {column: customer.is_test, synthetic: ["true"], real: ["false"]}
    columns: {key: order.id, source: properties.Made by.generator}
    identifiers: {email: customer.email}
"""


def rows(**differing: object) -> list[dict[str, object]]:
    """Return six orders: the last two synthetic, the first untagged, the fifth of a real person with provenance."""
    made = [
        {
            "order": {"id": f"o{i}"},
            "customer": {
                "email": f"ada.{'abcdef'[i]}@firm.example",
                "is_test": {0: None, 5: "true", 4: "true"}.get(i, "false"),
                "flags": ["true"],
            },
            "properties": {"Made by": {"generator": "ctgan" if i in {3, 4, 5} else None}},
            "tags": ["true"],
        }
        for i in range(6)
    ]
    return [{**row, **differing} for row in made]


@pytest.fixture
def orders(tmp_path: Path) -> Iterator[Callable[..., Path]]:
    """Write the table and its policy, with another marker if one is given."""
    with within(tmp_path):

        def make(marker: str = "customer.is_test", records: list[dict[str, object]] | None = None) -> Path:
            for folder in ("lake/orders", "great_expectations"):
                (tmp_path / folder).mkdir(parents=True, exist_ok=True)
            pq.write_table(pa.Table.from_pylist(records or rows()), tmp_path / "lake/orders/part-0.parquet")
            policy = tmp_path / "great_expectations/policy.yml"
            policy.write_text(POLICY.replace("customer.is_test", marker))
            return policy

        yield make


def test_a_run_reads_fields_by_their_path(orders, cli: Cli):
    orders()
    assert cli("check").code == 0
    assert cli("compile").code == 0
    said = cli("run", "nightly", "--as-of", AS_OF, "--output", "json")
    [table] = said.json()["tables"]
    assert table["records"] == {"all": 6, "synthetic": 2, "real": 3, "untagged": 1}
    failed = {each["type"]: each["sample"] for each in table["expectations"] if each["verdict"] == "failed"}
    assert failed.keys() == {"expect_records_to_be_tagged", "expect_real_records_to_have_no_synthetic_provenance"}
    assert failed["expect_records_to_be_tagged"] == {"key": "order.id", "values": ["o0"], "more": 0}
    assert failed["expect_real_records_to_have_no_synthetic_provenance"]["values"] == ["o3"]
    assert "@firm.example" not in said.out


@pytest.mark.parametrize("marker", ["tags", "customer.flags", "customer"])
def test_a_list_as_a_marker_is_refused_with_a_sentence(marker, orders, cli: Cli):
    orders(marker)
    said = cli("check")
    assert said.code == 2
    assert (
        f"PROBLEM  orders: The marker {marker} has a type without a single value, such as a list: a record is of one kind."
        in said.out
    )


@pytest.mark.parametrize(
    "marker", ["customer.is_tset", "customers.is_test", "tags.is_test", "customer.is_test.x", "a."]
)
def test_a_field_that_is_not_there_is_named(marker, orders, cli: Cli):
    orders(marker)
    said = cli("check")
    assert said.code == 2
    assert f"Column {marker} is not in orders." in said.out
    cli("compile")
    assert cli("run", "nightly", "--as-of", AS_OF).code == 2


def test_a_column_of_that_very_name_goes_before_a_field(orders, cli: Cli):
    orders(records=rows(**{"customer.is_test": "false"}))
    cli("compile")
    said = cli("run", "nightly", "--as-of", AS_OF, "--output", "json")
    assert said.json()["tables"][0]["records"] == {"all": 6, "synthetic": 0, "real": 6, "untagged": 0}
