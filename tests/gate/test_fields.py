"""What fields and objects are about, by names that occur in public repositories."""

from __future__ import annotations

import pytest

from synth_expectations.gate.fields import FieldKind, classify
from synth_expectations.gate.objects import plan_fields

NAMES = {
    "Email": FieldKind.EMAIL,
    "PersonEmail": FieldKind.EMAIL,
    "npe01__HomeEmail__c": FieldKind.EMAIL,
    "registrant_email__c": FieldKind.EMAIL,
    "HasOptedOutOfEmail": None,
    "EmailBouncedDate": None,
    "Email_Label__c": None,
    "Ask_Phone__c": None,
    "phone": FieldKind.PHONE,
    "MobilePhone": FieldKind.PHONE,
    "npe01__WorkPhone__c": FieldKind.PHONE,
    "HasOptedOutOfFax": None,
    "DoNotCall": None,
    "FirstName": FieldKind.FIRST_NAME,
    "registrant_first_name__c": FieldKind.FIRST_NAME,
    "First_Name_Label__c": None,
    "Last_Name_Label__c": None,
    "lastName": FieldKind.LAST_NAME,
    "Name": None,
    "Id": FieldKind.ID,
    "External_Id__c": FieldKind.KEY,
    "Card_Type__c": None,
}

OBJECTS = [
    ("Contact", ("LastName",), True),
    ("Lead", ("Company", "LastName"), True),
    ("Account", ("Name", "Phone", "Website"), False),
    ("Account", ("Name", "PersonEmail"), True),
    ("Account", ("Name", "Loyalty__pc"), True),
    ("Guest__c", ("Email__c",), True),
    ("ns__Guest__c", ("Phone__c",), True),
    ("Store__c", ("Email__c", "Phone__c"), False),
    ("Store__c", ("Manager_First_Name__c", "Manager_Last_Name__c"), True),
    ("Event_Settings__c", ("First_Name_Label__c", "Last_Name_Label__c", "Email_Label__c", "Ask_Phone__c"), False),
    ("Opportunity", ("Name", "Contact_Email__c"), False),
    ("Product2", ("Name", "Support_Email__c"), False),
    ("Config__mdt", ("Email__c",), False),
    ("customers", ("first_name", "last_name", "email"), True),
    ("prices", ("sku", "price"), False),
]


@pytest.mark.parametrize("name", NAMES)
def test_a_field_by_its_name(name: str) -> None:
    assert classify(name) is NAMES[name]


@pytest.mark.parametrize(("object_name", "fields", "expected"), OBJECTS)
def test_an_object_by_its_name_and_fields(object_name: str, fields: tuple[str, ...], expected: bool) -> None:
    assert plan_fields(object_name, fields, ()).is_about_people is expected
