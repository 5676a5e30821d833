"""What a result holds: enough to check it again, the same on every engine, and plain JSON."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import great_expectations.expectations as gxe
import pytest

import synth_expectations
from synth_expectations.rules.as_of import evaluate_as_of
from synth_expectations.testing import Table
from tests.gx.contacts import contacts, customers, expiring, no_copies, provenance, tagged, well_formed
from tests.gx.places import Place, judge, judge_one
from tests.gx.projects import Project

NOVEMBER = datetime(2026, 11, 1, tzinfo=UTC)
ROWS = ({}, {"source": "n/a"}, {"source": "", "version": None}, {"is_synthetic": "false"}, {"is_synthetic": None})


def test_everything_of_a_failure(place: Place) -> None:
    place.fill("contact", contacts(*ROWS))
    result = judge_one(place, "contact", provenance(mostly=0.9, placeholders=["n/a"]))
    found = result.result
    assert (found["element_count"], found["unexpected_count"]) == (3, 2)
    assert found["unexpected_percent"] == pytest.approx(200 / 3)
    details = found["details"]
    condition = details.pop("condition")
    expected = provenance(mostly=0.9, placeholders=["n/a"]).expectation
    assert details == {
        "verdict": "failed",
        "sentence": "Expect synthetic records to have provenance: source, version",
        "rules": [
            {"name": "source is missing or a placeholder", "count": 2, "judged": True},
            {"name": "version is missing or a placeholder", "count": 1, "judged": True},
        ],
        "parameters": {
            "marker_column": "is_synthetic",
            "synthetic_values": [True],
            "real_values": [False],
            "partial_values": [],
            "masked_values": [],
            "all_records": None,
            "record_key": "id",
            "mostly": 0.9,
            "require_records": False,
            "empty_references": [],
            "key_kinds": {},
            "fields": ["source", "version"],
            "placeholders": ["n/a"],
        },
        "rules_sha256": expected.rules_sha256(),
        "does_not_show": "that the values are right.",
        "references": [],
        "version": synth_expectations.__version__,
        "census": {"all": 5, "synthetic": 3, "real": 1, "untagged": 1},
        "rows": {"source": 5, "judged": 5, "left_out": 0, "other_day": 0, "no_day": 0},
        "sample": {
            "key": "id",
            "values": ["c2", "c3"],
            "more": 0,
            "by_rule": {
                "source is missing or a placeholder": ["c2", "c3"],
                "version is missing or a placeholder": ["c3"],
            },
        },
    }
    assert condition["dialect"] == {"pandas": "duckdb", "postgresql": "postgresql"}.get(place.name, place.name)
    assert list(condition["sql"]) == ["source is missing or a placeholder", "version is missing or a placeholder"]
    missing = condition["sql"]["source is missing or a placeholder"]
    assert re.search(r'"source"( COLLATE "C")? IS NULL', missing)


def test_the_moment_of_what_judges_time(place: Place) -> None:
    place.fill("contact", contacts(*ROWS))
    with evaluate_as_of(NOVEMBER):
        details = judge_one(place, "contact", expiring()).result["details"]
    assert details["as_of"] == "2026-11-01T00:00:00Z"
    assert details["parameters"]["as_of"] is None  # what was asked; the line above is what was judged
    assert details["parameters"]["max_age"] == "P90D"


def test_a_lookup_leaves_its_whole_query(place: Place) -> None:
    place.fill("contact", contacts({"email": "REAL@x.test "}, {}))
    place.fill("customer", customers("real@x.test"))
    details = judge_one(place, "contact", no_copies()).result["details"]
    assert details["sample"]["by_rule"] == {"same email as a real record": ["c1"]}
    assert "JOIN" in details["condition"]["query"].upper()
    assert "r0_found" in details["condition"]["sql"]["same email as a real record"]


def test_what_is_only_reported_has_no_part_in_the_verdict(place: Place) -> None:
    place.fill("contact", contacts({}, {"email": "other@x.test"}))
    place.fill("customer", customers(*["a@x.test"] * 4))
    result = judge_one(place, "contact", no_copies(max_shared=3))
    assert result.success
    assert result.result["unexpected_count"] == 0
    assert [(rule["count"], rule["judged"]) for rule in result.result["details"]["rules"]] == [(0, True), (1, False)]
    assert "sample" not in result.result["details"]


def test_nothing_to_check_leaves_what_it_would_have_checked(place: Place) -> None:
    place.fill("contact", contacts({"is_synthetic": "false"}))
    details = judge_one(place, "contact", provenance()).result["details"]
    assert details["verdict"] == "nothing_to_check"
    assert details["reason"] == "The population has no records."
    assert details["rules_sha256"] == provenance().expectation.rules_sha256()
    assert details["census"] == {"all": 1, "synthetic": 0, "real": 1, "untagged": 0}


def test_the_digest_is_of_what_is_checked() -> None:
    digests = {
        name: each.expectation.rules_sha256()
        for name, each in {
            "usual": provenance(),
            "same": provenance(mostly=1.0),
            "mostly": provenance(mostly=0.5),
            "fields": provenance(fields=["source"]),
            "marker": provenance(synthetic_values=["yes"]),
        }.items()
    }
    assert digests["usual"] == digests["same"]
    assert len(set(digests.values())) == 4


def test_it_is_plain_json(place: Place) -> None:
    place.fill("contact", contacts(*ROWS))
    place.fill("customer", customers("a@x.test"))
    result = judge(place, "contact", tagged(), provenance(), well_formed(), expiring(), no_copies())
    for each in result.results:
        assert json.loads(json.dumps(each.result)) == each.result  # as it is, without Great Expectations' conversions
    json.dumps(result.to_json_dict())


def test_beside_quantiles_of_great_expectations(tmp_path: Path) -> None:
    project = Project.made(tmp_path)
    rows = [{"id": f"c{n}", "is_synthetic": "true", "n": n} for n in range(1, 10)]
    place = project.place(contact=Table.of({"id": "text", "is_synthetic": "text", "n": "integer"}, rows))
    ranges = {"quantiles": [0.5], "value_ranges": [[1, 9]]}
    quantiles = gxe.ExpectColumnQuantileValuesToBeBetween(column="n", quantile_ranges=ranges)
    project.checkpoint(place, tagged(), quantiles)
    project.run()
    [stored] = project.results
    assert len(json.loads(stored.read_text())["results"]) == 2


def test_keys_are_in_order_and_the_same_each_time(place: Place) -> None:
    rows = [{"id": key, "source": None} for key in ("b", "a", "c", "10", "9")]
    place.fill("contact", contacts(*rows))
    samples = [judge_one(place, "contact", provenance()).result["details"]["sample"] for _ in range(2)]
    assert samples[0] == samples[1]
    assert samples[0]["values"] == ["10", "9", "a", "b", "c"]


def test_a_record_without_a_key_is_shown_as_such(place: Place) -> None:
    place.fill("contact", contacts({"id": None, "source": None}, {"id": "a", "source": None}))
    sample = judge_one(place, "contact", provenance()).result["details"]["sample"]
    assert sorted(sample["by_rule"]["source is missing or a placeholder"]) == ["NULL", "a"]
