"""Small tables as CRM and shop programs export them. All people in them are made up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

ROWS = 40
MADE = 4
"""Records that are synthetic: the last ones."""


def _people() -> dict[str, list[str]]:
    return {
        "first": [f"Ada{i}" for i in range(ROWS)],
        "last": [f"Lovelace{i}" for i in range(ROWS)],
        "email": [f"ada{i}@mail.example" for i in range(ROWS)],
    }


def _made(yes: Any, no: Any) -> list[Any]:
    return [no] * (ROWS - MADE) + [yes] * MADE


def salesforce_contact() -> dict[str, list[Any]]:
    people = _people()
    return {
        "Id": [f"003Qe00000{i:05d}" for i in range(ROWS)],
        "FirstName": people["first"],
        "LastName": people["last"],
        "Email": people["email"],
        "HasOptedOutOfEmail": _made(False, True),
        "IsDeleted": [False] * ROWS,
        "Data_Source__c": ["Web"] * ROWS,
        "Is_Test__c": _made(True, False),
        "Synthetic_Source__c": _made("ctgan", None),
        "Synthetic_Version__c": _made("2026.11", None),
        "Purpose__c": ["newsletter"] * 30 + [None] * 6 + ["load_test"] * MADE,
    }


def hubspot_contacts() -> dict[str, list[Any]]:
    people = _people()
    return {
        "hs_object_id": [str(151 + i) for i in range(ROWS)],
        "firstname": people["first"],
        "lastname": people["last"],
        "email": people["email"],
        "lifecyclestage": ["lead", "customer"] * (ROWS // 2),
        "hs_email_optout": _made("true", "false"),
        "contact_origin": _made("SYN", "POS"),
    }


def shopify_orders() -> dict[str, list[Any]]:
    people = _people()
    return {
        "id": list(range(5001, 5001 + ROWS)),
        "order_number": list(range(1001, 1001 + ROWS)),
        "test": _made(True, False),
        "confirmed": [True] * ROWS,
        "taxes_included": _made(True, False),
        "customer": [{"id": i, "email": people["email"][i], "last_name": people["last"][i]} for i in range(ROWS)],
        "line_items": [[{"sku": "A1", "quantity": 1}]] * ROWS,
    }


def zendesk_users() -> dict[str, list[Any]]:
    people = _people()
    return {
        "id": list(range(ROWS)),
        "name": people["last"],
        "email": people["email"],
        "verified": _made(False, True),
        "suspended": _made(True, False),
        "qa_persona": _made("Y", "N"),
    }


def klaviyo_profiles() -> dict[str, list[Any]]:
    people = _people()
    return {
        "profile_id": [f"01GDDKASAP8TKDDA2GRZDSVP{i:02d}" for i in range(ROWS)],
        "email": people["email"],
        "last_name": people["last"],
        "source": ["form", "checkout"] * (ROWS // 2),
        "properties": [{"is_test": i >= ROWS - MADE, "vip": False} for i in range(ROWS)],
        "is_test_profile": _made(1, 0),
    }


def dynamics_contacts() -> dict[str, list[Any]]:
    people = _people()
    return {
        "contactid": [f"11111111-2222-4333-8444-{i:012d}" for i in range(ROWS)],
        "fullname": people["last"],
        "emailaddress1": people["email"],
        "telephone1": ["030 12345"] * ROWS,
        "donotbulkemail": _made("1", "0"),
        "new_issynthetic": _made("1", "0"),
        "new_syntheticsource": _made("ctgan", None),
    }


def pipedrive_persons() -> dict[str, list[Any]]:
    people = _people()
    return {
        "Person - ID": list(range(ROWS)),
        "Person - Name": people["last"],
        "Person - Email - Work": people["email"],
        "Person - Record origin": _made("Synthetic", "Real"),
    }


def sap_customers() -> dict[str, list[Any]]:
    people = _people()
    return {
        "KUNNR": [f"{i:010d}" for i in range(ROWS)],
        "NAME1": people["last"],
        "SMTP_ADDR": people["email"],
        "ZZTESTDATA": _made("X", None),
    }


def woocommerce_orders() -> dict[str, list[Any]]:
    people = _people()
    return {
        "ID": list(range(ROWS)),
        "billing_email": people["email"],
        "meta:_is_test_order": _made("yes", "no"),
        "meta:_created_via": ["checkout"] * ROWS,
    }


NOT_UNDERSTOOD: dict[str, tuple[str, dict[str, list[Any]]]] = {
    "an arm of an experiment": ("sends", {"test": [True, False] * (ROWS // 2)}),
    "what cloth is made of": ("products", {"synthetic": _made(True, False)}),
    "a fibre": ("garments", {"is_synthetic_fibre": _made(True, False)}),
    "a test drive": ("appointments", {"is_test_drive": _made(True, False)}),
    "a document that was generated": ("invoices", {"is_generated": _made(True, False)}),
    "the outcome of a laboratory": ("samples", {"test": ["blood", "urine"] * (ROWS // 2)}),
    "a score": ("answers", {"test": [0, 1, 2, 3] * (ROWS // 4)}),
    "a country": ("visits", {"origin": ["DE", "FR", "N", "AT"] * (ROWS // 4)}),
    "an unsubscribed reader": ("readers", {"unsubscribed": _made(True, False)}),
    "a material among others": ("fabrics", {"origin": _made("synthetic", "natural")}),
    "a field of a campaign": ("sends", {"new_test": _made(True, False), "user_test": _made(True, False)}),
    "a gift": ("orders", {"is_gift": _made("Y", "N")}),
}


def with_keys(columns: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """Return the columns with a key before them."""
    return {"id": list(range(ROWS)), **columns}


def names_of_people() -> Iterator[str]:
    """Yield the values that no proposal may show."""
    for values in _people().values():
        yield from values
