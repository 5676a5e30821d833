"""What is proposed: the right columns for the right reasons."""

from __future__ import annotations

import pytest

from synth_expectations.engine.schema import Family
from synth_expectations.policy.infer import TODO, ColumnProfile, Partition, propose, render_policy
from synth_expectations.policy.infer.names import split_words, to_singular
from tests.policy.infer.profiles import BOOLEAN, NAIVE, NUMBER, PROVENANCE_COLUMNS, TEXT, found, read, table


@pytest.mark.parametrize(
    "name",
    [
        "SyntheticGeneratedAt__c",
        "acme__SyntheticGeneratedAt__c",
        "acme__Synthetic_Generated_At__c",
        "synthetic_generated_at",
        "SYNTHETIC_GENERATED_AT",
        "Synthetic Generated At",
        "syntheticGeneratedAt",
        "SyntheticGeneratedAt__pc",
    ],
)
def test_a_name_is_the_same_in_every_spelling(name):
    assert split_words(name) == ("synthetic", "generated", "at")
    assert (
        found(propose(table(**{name: NAIVE, "is_synthetic": {True: 5, False: 5}})), "columns")["generated_at"] == name
    )


@pytest.mark.parametrize(
    ("name", "called"), [("CRM_Contacts", "crm contact"), ("categories", "category"), ("status", "status")]
)
def test_tables_are_known_in_the_singular(name, called):
    assert to_singular(name) == called


@pytest.mark.parametrize(
    ("values", "synthetic", "real", "masked"),
    [
        ({True: 4, False: 6}, [True], [False], None),
        ({False: 10}, [True], [False], None),
        ({"Y": 4, "N": 6}, ["Y"], ["N"], None),
        ({"N": 10}, ["Y"], ["N"], None),
        ({1: 4, 0: 5}, [1], [0], None),
        ({"real": 4, "Synthetic ": 1, "synthetic": 3, "anonymised": 1}, ["Synthetic"], ["real"], ["anonymised"]),
        ({"A": 5, "B": 5}, TODO, TODO, None),
        ({}, TODO, TODO, None),
    ],
)
def test_a_markers_values(values, synthetic, real, masked):
    lines = found(propose(table(synthetic_flag=values)), "marker")
    assert (lines["synthetic"], lines["real"], lines.get("masked")) == (synthetic, real, masked)


def test_a_marker_that_says_real_is_turned_round():
    lines = found(propose(table(is_real={True: 6, False: 4})), "marker")
    assert lines == {"column": "is_real", "synthetic": [False], "real": [True]}


def test_the_reason_counts_known_values_and_shows_no_other():
    said = propose(table(rows=40, record_origin={"real": 20, "synthetic": 10, "ann@firm.example": 3})).entry["marker"][
        "column"
    ]
    assert said.why == "name; synthetic 10, real 20, other values 3, empty 7"


def test_a_column_is_no_marker_for_its_name_alone():
    countries = table(origin={"DE": 5, "FR": 5}, Origin__c={"Web": 10})
    assert propose(countries).entry["marker"].value == "none"
    assert propose(countries).entry["all"].value is TODO


@pytest.mark.parametrize(
    ("name", "filled", "expected"),
    [("IsSynthetic__c", 10, False), ("IsSynthetic__c", 9, None), ("is_synthetic", 10, None)],
)
def test_only_a_checkbox_that_is_never_empty_proves_no_tagging(name, filled, expected):
    marker = ColumnProfile(name, BOOLEAN, filled, ((False, filled - 2), (True, 2)))
    assert found(propose(table(**{name: marker})), "marker").get("can_be_empty") is expected


def test_plain_names_are_provenance_only_beside_a_marker():
    both = propose(table(is_synthetic={True: 5, False: 5}, LeadSource=TEXT, **PROVENANCE_COLUMNS))
    assert {word: said for word, said in found(both, "columns").items() if word != "key"} == {
        name: name for name in PROVENANCE_COLUMNS
    }
    lead = propose(table(LeadSource=TEXT, source=TEXT, method=TEXT, purpose=TEXT))
    assert set(found(lead, "columns")) == {"key"}


def test_a_marker_is_enough_and_what_it_does_not_cover_is_said():
    proposal = propose(table(is_synthetic={True: 5, False: 5}, synthetic_source=TEXT))
    assert found(proposal, "columns") == {"key": TODO, "source": "synthetic_source"}
    words = "generated_at, method, algorithm_version, purpose, dataset_id"
    assert f"not covered, since no column is named like it: {words}" in proposal.notes
    assert [line for line in render_policy([proposal]).splitlines() if "TODO" in line.partition("#")[0]] == [
        "owner: TODO  # who answers for these tables, such as crm-data@retailer.example",
        "      key: TODO  # the column that names a record, not a person",
    ]


def test_identifiers_are_columns_of_people():
    contact = propose(
        table(
            Email=TEXT,
            HasOptedOutOfEmail=BOOLEAN,
            EmailBouncedReason=TEXT,
            Email_Status=TEXT,
            Phone=TEXT,
            MobilePhone=TEXT,
            FirstName=TEXT,
            LastName=TEXT,
            Birthdate=Family.DATE,
            MailingPostalCode=TEXT,
        )
    )
    assert found(contact, "identifiers") == {
        "email": "Email",
        "phone": "Phone",
        "name": ["FirstName", "LastName"],
        "birth_date": "Birthdate",
        "postcode": "MailingPostalCode",
    }
    assert "identifiers" not in propose(table(Name=TEXT, Phone=TEXT, BillingPostalCode=TEXT)).entry  # a company
    warehouse = propose(table(EMAIL_ADDRESS=TEXT, full_name=TEXT, dob=TEXT, zip=NUMBER))
    assert found(warehouse, "identifiers") == {
        "email": "EMAIL_ADDRESS",
        "name": "full_name",
        "birth_date": "dob",
        "postcode": "zip",
    }


@pytest.mark.parametrize(
    ("name", "columns", "role"),
    [
        ("contact", {"is_synthetic": {True: 5, False: 5}}, "mixed"),
        ("contact", {"is_synthetic": {False: 10}}, "production"),
        ("contact", {"is_synthetic": {False: 10}, "synthetic_source": TEXT}, "mixed"),
        ("contact", {"is_synthetic": {True: 10}}, "synthetic"),
        ("contact", {"email": TEXT}, "production"),
        ("contact", {"generated_at": NAIVE, "generator": TEXT, "dataset_id": TEXT}, "synthetic"),
        ("contact_sandbox", {"email": TEXT}, "sandbox"),
        ("synthetic_datasets", {"dataset_id": TEXT}, "registry"),
        ("legal_holds", {"id": TEXT}, "holds"),
        (
            "scores",
            {"decision_type": {"credit": 10}, "scored_at": NAIVE, "reviewer": TEXT},
            ["production", "decisions"],
        ),
        ("shipments", {"contact_id": TEXT, "sent_at": NAIVE, "outcome": TEXT}, "production"),
    ],
)
def test_roles(name, columns, role):
    assert propose(table(name, **columns)).entry["role"].value == role


def key(*columns, partitions=()):
    return propose(table("contacts", partitions=partitions, **{each.name: each for each in columns})).entry["columns"][
        "key"
    ]


def test_the_key_is_unique_or_todo():
    def column(name, unique):
        return ColumnProfile(name, TEXT, 10, None, unique)

    day = Partition("extract_date", ("2026-11-21", "2026-11-22"))
    assert key(column("Email", None), column("contact_id", "yes"), column("Id", "no")).value == "contact_id"
    assert key(column("Id", "in batch"), partitions=(day,)).why == "name; unique in each extract_date, never empty"
    assert key(column("Id", "no")).value is TODO
    assert "Id is named like a key" in key(column("Id", "no")).why


@pytest.mark.parametrize(
    ("values", "batch"),
    [
        (("2026-11-21", "2026-11-22"), {"by": "day", "column": "p"}),
        (("2026-11",), {"by": "month", "column": "p"}),
        (("EU", "US"), None),
        (("2026-11-21", "__HIVE_DEFAULT_PARTITION__"), None),
    ],
)
def test_batches_are_partitions_by_day_or_month(values, batch):
    proposal = propose(table(p=TEXT, partitions=(Partition("p", values),)))
    assert (proposal.entry["batch"].value if batch else proposal.entry.get("batch")) == batch
    assert bool(proposal.notes) is (batch is None)


@pytest.mark.parametrize(
    ("columns", "where"),
    [
        ({"IsDeleted": {True: 1, False: 9}}, "IsDeleted = false"),
        ({"Is Deleted": {True: 1}}, '"Is Deleted" = false'),
        ({"deleted": {0: 10}}, "deleted = 0"),
        ({"deleted_at": NAIVE}, "deleted_at IS NULL"),
        ({"deleted": {"N": 10}}, None),
    ],
)
def test_soft_deleted_records_are_left_out(columns, where):
    said = propose(table(**columns)).entry.get("where")
    assert (said.value if said else None) == where


def test_decisions_point_at_their_subject_and_ask_what_is_regulated():
    decided = propose(
        table(
            "credit_decision",
            decision_id=ColumnProfile("decision_id", NUMBER, 10, None, "yes"),
            contact_id=TEXT,
            decision_type={"credit_scoring": 6, "discount": 4},
            scored_at=NAIVE,
            sent_at=NAIVE,
            reviewed_by=TEXT,
            reviewed_at=NAIVE,
            review_outcome={"upheld": 10},
        )
    )
    text = render_policy([propose(table(Email=TEXT)), decided])
    policy = read(text)
    entry = policy["tables"]["credit_decision"]
    assert entry["columns"] == {
        "key": "decision_id",
        "subject": "contact_id",
        "decision_type": "decision_type",
        "model_output_at": "scored_at",
        "reviewer": "reviewed_by",
        "reviewed_at": "reviewed_at",
        "effective_at": "sent_at",
        "outcome": "review_outcome",
    }
    assert entry["references"] == {"subject": {"table": "contact"}}
    assert policy["decisions"] == {"regulated": ["credit_scoring"], "not_regulated": "TODO"}
    assert "# name; credit_scoring 6, discount 4" in text
    assert read(render_policy([decided]))["tables"]["credit_decision"]["references"]["subject"]["table"] == "TODO"
