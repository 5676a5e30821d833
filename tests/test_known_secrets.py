"""A secret that the process knows is masked in each form that a message may have it."""

from __future__ import annotations

from urllib.parse import quote, quote_plus

import pytest

from synth_expectations import redaction
from synth_expectations.redaction import (
    format_error,
    mask_known_secrets,
    mask_values,
    note_address,
    note_options,
    note_secret,
)

PASSWORDS = [
    "s3cret",
    "p@ss/w:rd",
    'it\'s "quoted" \\',
    "gehe i\tm",
    "Пароль-ü",
    "100%25 & more",
    "a%40b%2Fc",
    "'",
    "x",
]


@pytest.fixture(autouse=True)
def _(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redaction, "_noted", set())


@pytest.mark.parametrize("password", PASSWORDS)
def test_in_each_form(password: str) -> None:
    note_address(f"postgresql+psycopg://anna:{quote(password, safe='')}@db.shop.test/crm")
    for form in (
        password,
        quote(password),
        quote(password, safe=""),
        quote_plus(password),
        repr(password)[1:-1],
        repr(password.encode())[2:-1],
    ):
        for sentence in (f"refused <{form}>", f"the password ({form})."):
            assert mask_known_secrets(sentence) in {"refused <***>", "the password (***)."}


def test_a_short_one_is_masked_as_a_word_alone() -> None:
    note_secret("x")
    assert mask_known_secrets("x is not a hexadecimal, x") == "*** is not a hexadecimal, ***"


def test_what_is_not_secret_stays() -> None:
    note_address("postgresql://anna:s3cret@db.shop.test/crm?sslmode=require&sslpassword=4711-x")
    assert mask_known_secrets("anna at db.shop.test, sslmode require, 4711-x") == (
        "anna at db.shop.test, sslmode require, ***"
    )


def test_options_of_file_systems() -> None:
    note_options({"s3": {"key": "AKIA4711", "secret": "wJalr/XU+tn", "client_kwargs": {"aws_session_token": "t0-ken"}}})
    assert mask_known_secrets("AKIA4711 wJalr/XU+tn wJalr%2FXU%2Btn t0-ken eu-west") == "*** *** *** *** eu-west"


def test_variables_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "AWS_SECRET_ACCESS_KEY": "wJalr/XU+tn",
        "CRM_DATABASE": "postgresql://anna:p%40ss@db/crm",
        "TOKENS_PARALLEL": "true",
        "PWD": "/home/anna",
    }.items():
        monkeypatch.setenv(name, value)
    text = "wJalr/XU+tn, p@ss and p%40ss are masked; true and /home/anna are not"
    assert mask_known_secrets(text) == "***, *** and *** are masked; true and /home/anna are not"


def test_messages_of_libraries_are_masked() -> None:
    note_secret("s3cret")
    assert format_error(ValueError("no s3cret")) == "no ***"
    assert mask_values("no s3cret") == "no ***"


@pytest.mark.parametrize(
    ("name", "value", "is_secret"),
    [
        ("CRM_PASSWORD", "Sesame1", True),
        ("PGPASSWORD", "Sesame1", True),
        ("API_KEYS", "Sesame1", True),
        ("CRM_TOKEN_OLD", "Sesame1", True),
        ("TOKENIZERS_PARALLELISM", "false", False),
        ("CRM_SECRET_ROTATION", "disabled", False),
        ("CRM_PASSWORD_FILE", "/run/secrets/crm", False),
        ("PWD", "/home/anna", False),
    ],
)
def test_of_the_environment(monkeypatch: pytest.MonkeyPatch, name: str, value: str, is_secret: bool) -> None:
    monkeypatch.setenv(name, value)
    said = f"The server answered {value}."
    assert mask_known_secrets(said) == ("The server answered ***." if is_secret else said)
