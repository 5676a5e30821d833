"""One query for the row rules of a batch, one a lookup, one for samples; what is wrong stays where it is.

On PostgreSQL there is one more where many ask of the marker: how it is written.
"""

from __future__ import annotations

import re

import pytest

from tests.gx.contacts import contacts, customers, expiring, no_copies, no_synthetic, provenance, tagged, well_formed
from tests.gx.places import Listening, Place, by_type, engine_of, judge, sent, verdict, why


def _of_spelling(place: Place) -> int:
    """Queries for how the marker is written, which many expectations are worth where comparing costs most."""
    return int(place.name == "postgresql")


def _rule_expectations(**more: object) -> list[object]:
    return [make(**more) for make in (tagged, provenance, well_formed, expiring, no_synthetic)]


def test_all_row_rules_are_one_query(place: Place) -> None:
    place.fill("contact", contacts({}, {}))
    result = judge(place, "contact", tagged(), provenance(), well_formed(not_before="2020-01-01"))
    assert result.success
    assert len(sent(place)) == 1


def test_ten_times_the_expectations_are_still_one_query(place: Place) -> None:
    place.fill("contact", contacts({}, {}))
    many = [provenance(fields=["source"], placeholders=[f"word {number}"]) for number in range(30)]
    result = judge(place, "contact", tagged(), *many)
    assert [verdict(each) for each in result.results] == ["passed 0/2"] * 31
    assert len(sent(place)) == 1 + _of_spelling(place)


def test_samples_are_one_query_of_what_failed(place: Place) -> None:
    place.fill("contact", contacts({}, {"source": None}, {"version": "latest", "source": "n/a"}, {"id": "c9"}))
    result = by_type(judge(place, "contact", tagged(), provenance(), well_formed()))
    counting, *sampling = sent(place)
    assert "UNION ALL" not in counting
    assert "sample" not in result["expect_records_to_be_tagged"].result["details"]
    if place.name == "postgresql":
        assert "MIN(" not in counting
        assert len(re.findall("UNION ALL", sampling[0])) == 1  # two rules failed
        assert len(sampling) == 1
    else:  # as it counts, for every judged rule: to read all records again costs more than their keys
        del result["expect_records_to_be_tagged"]  # counted by values of the marker, which are not records
        judged = [rule for each in result.values() for rule in each.result["details"]["rules"] if rule["judged"]]
        assert len(re.findall(r"MIN\(CASE", counting)) == len(judged)
        assert not sampling
    details = result["expect_synthetic_records_to_have_provenance"].result["details"]
    assert details["sample"] == {
        "key": "id",
        "values": ["c2", "c3"],
        "more": 0,
        "by_rule": {"source is missing or a placeholder": ["c2", "c3"]},
    }


def test_a_rare_rule_has_its_own_share_of_the_sample(place: Place) -> None:
    place.fill("contact", contacts(*[{"source": None}] * 40, {"id": "z", "version": None}))
    result = by_type(judge(place, "contact", provenance()))["expect_synthetic_records_to_have_provenance"]
    sample = result.result["details"]["sample"]
    assert sample["by_rule"]["version is missing or a placeholder"] == ["z"]
    assert len(sample["by_rule"]["source is missing or a placeholder"]) == 20
    assert (len(sample["values"]), sample["more"]) == (20, 21)


def test_a_lookup_is_one_query_of_its_own(place: Place) -> None:
    place.fill("customer", customers("real@x.test"))
    place.fill("contact", contacts({}, {"email": "real@x.test"}))
    assert not judge(place, "contact", tagged(), no_copies(), provenance()).success
    counting = [each for each in sent(place) if "synth_broken" not in each]  # some engines read keys afterwards
    assert len(counting) == 2
    assert [("LEFT OUTER JOIN" in each.upper()) for each in counting].count(True) == 1


def test_lookups_that_find_nothing_share_one_more_query(place: Place) -> None:
    """It proves that there was something to find."""
    place.fill("customer", customers("real@x.test"))
    place.fill("contact", contacts({}, {"email": "other@x.test"}))
    assert judge(place, "contact", tagged(), no_copies(), no_copies(max_shared=5)).success
    assert len(sent(place)) == 4
    assert "synth_known" in sent(place)[-1] or "synth_known" in sent(place)[-2]


@pytest.mark.only_on("duckdb", "postgresql")  # that of pandas is made in the run
def test_nothing_else_reads_data(place: Place) -> None:
    """What the data source is really sent: our queries, and those for names and types, which read no row."""
    place.fill("customer", customers("real@x.test"))
    place.fill("contact", contacts({}, {"source": None}))
    with Listening(engine_of(place).engine) as heard:  # type: ignore[attr-defined]
        judge(place, "contact", *_rule_expectations(), no_copies())
    reading = [each for each in heard if re.search(r"\b(contact|customer)\b", each) and "WHERE 1 = 0" not in each]
    reading = [each for each in reading if "DESCRIBE" not in each and "VIEW" not in each and "pg_catalog" not in each]
    assert len(reading) == len(sent(place)) == 4 + _of_spelling(place), reading


def test_a_second_run_sees_fresh_data(place: Place) -> None:
    place.fill("contact", contacts({}, {}))
    place.fill("customer", customers("real@x.test"))
    expectations = tagged(), no_copies()
    assert [verdict(each) for each in judge(place, "contact", *expectations).results] == ["passed 0/2"] * 2
    place.fill("contact", contacts({"is_synthetic": None}, {"email": "late@x.test"}, {}))
    place.fill("customer", customers("late@x.test"))
    again = by_type(judge(place, "contact", *expectations))
    assert verdict(again["expect_records_to_be_tagged"]) == "failed 1/3"
    assert verdict(again["expect_synthetic_records_to_not_copy_real_records"]) == "failed 1/2"


def test_a_second_run_asks_nothing_of_the_first(place: Place) -> None:
    place.fill("contact", contacts({}))
    judge(place, "contact", provenance(fields=["source"], placeholders=["only in the first run"]))
    judge(place, "contact", tagged())
    assert len(sent(place)) == 1
    assert "only in the first run" not in sent(place)[0]


def test_a_bad_column_errs_its_expectation_alone_and_adds_no_query(place: Place) -> None:
    place.fill("contact", contacts({}, {}))
    many = [provenance(fields=["source"], placeholders=[f"word {number}"]) for number in range(20)]
    bad = well_formed(algorithm_version="versoin")
    result = judge(place, "contact", *many, bad, tagged())
    errored = [each for each in result.results if verdict(each) == "errored"]
    assert [each.expectation_config.type for each in errored] == ["expect_synthetic_provenance_to_be_well_formed"]
    assert "Column versoin is not in contact" in why(errored[0])
    assert "Nearest: version." in why(errored[0])
    assert "It has email, generated_at, id, is_synthetic, source, version." in why(errored[0])
    assert sorted({verdict(each) for each in result.results}) == ["errored", "passed 0/2"]
    assert len(sent(place)) == 1 + _of_spelling(place)


def test_a_missing_reference_errs_its_expectation_alone(place: Place) -> None:
    place.fill("contact", contacts({}, {}))
    place.fill("customer", customers("real@x.test"))
    result = judge(place, "contact", tagged(), no_copies(reference="custmoer"), provenance())
    errored = [each for each in result.results if verdict(each) == "errored"]
    assert len(errored) == 1
    assert "The reference custmoer is not a table of the data source. Nearest: customer." in why(errored[0])
    assert len(sent(place)) == 1


def test_a_bad_column_of_a_reference(place: Place) -> None:
    place.fill("contact", contacts({}, {}))
    place.fill("customer", customers("real@x.test"))
    match = [[{"columns": "email", "reference_columns": "e_mail"}]]
    result = judge(place, "contact", tagged(), no_copies(match=match))
    assert "Column e_mail is not in customer. Nearest: email." in why(
        by_type(result)["expect_synthetic_records_to_not_copy_real_records"]
    )
    assert by_type(result)["expect_records_to_be_tagged"].success


@pytest.mark.only_on("postgresql")
def test_a_table_that_is_gone_errs_everything_with_one_sentence(place: Place) -> None:
    place.fill("contact", contacts({}))
    place.fill("customer", customers("real@x.test"))
    judge(place, "contact", tagged())
    with place.server.start().begin() as connection:  # type: ignore[attr-defined]
        connection.exec_driver_sql("DROP TABLE customer")
    result = judge(place, "contact", tagged(), no_copies())
    found = by_type(result)["expect_synthetic_records_to_not_copy_real_records"]
    assert "customer" in why(found)
    assert "Traceback" not in why(found)
    assert by_type(result)["expect_records_to_be_tagged"].success
