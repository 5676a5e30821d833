"""Passwords, values, credentials and control characters are taken out of text."""

from __future__ import annotations

import pytest

from synth_expectations.redaction import (
    first_line,
    format_crash,
    format_error,
    format_problems,
    mask_credentials,
    mask_secrets,
    mask_values,
    replace_control_characters,
)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("postgresql://anna:s3cret@db.shop.test:5432/crm", "postgresql://anna:***@db.shop.test:5432/crm"),
        ("postgresql://anna:s3@c/r%e t'$ü@db.shop.test:5432/crm", "postgresql://anna:***@db.shop.test:5432/crm"),
        ("password=s3cret user=anna", "password=*** user=anna"),
        ("TOKEN: 's3 cret', host=x", "TOKEN: ***, host=x"),
        ("{'aws_secret_access_key': 'it\\'s', 'region': 'x'}", "{'aws_secret_access_key': ***, 'region': 'x'}"),
        ("no secret in here", "no secret in here"),
    ],
)
def test_passwords(text: str, masked: str) -> None:
    assert mask_secrets(text) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Could not convert 'anna@shop.test' to INT", "Could not convert '…' to INT"),
        ('invalid input: "2026-02-30"', 'invalid input: "…"'),
        ('column "email" does not exist', 'column "email" does not exist'),
        ("row 7 of ann+x@shop.co.uk is wrong", "row 7 of … is wrong"),
        ("cannot reach s3://key:s3cret@bucket/x", "cannot reach s3://…@bucket/x"),
    ],
)
def test_values(text: str, masked: str) -> None:
    assert mask_values(text) == masked


def test_credentials_of_addresses() -> None:
    assert mask_credentials("s3://key:s3cret@bucket/contact/*.parquet") == "s3://…@bucket/contact/*.parquet"
    assert mask_credentials("s3://key:s3/c@r et@bucket/contact") == "s3://…@bucket/contact"
    assert mask_credentials("s3://bucket/contact") == "s3://bucket/contact"


def test_control_characters() -> None:
    assert replace_control_characters("red \x1b[31mtext\x00\u2028end") == "red  [31mtext  end"


def test_an_error_in_a_line() -> None:
    assert format_error(ValueError("  first\n  second\tthird \x1b[2J")) == "first second third [2J"
    assert format_error(ValueError("x" * 400)) == "x" * 297 + "..."
    assert format_error(ValueError("password=s3cret is wrong")) == "password=*** is wrong"
    assert format_error(KeyError()) == "KeyError"


def test_the_first_line() -> None:
    assert first_line(ValueError("\n  \n first \nsecond")) == "first"
    assert first_line(ValueError("")) == "ValueError"


def test_an_error_that_nobody_foresaw() -> None:
    assert format_crash(TypeError("got 'anna@shop.test'.\nat line 3")) == "TypeError: got '…'"
    assert format_crash(TypeError()) == "TypeError"


def test_problems_of_pydantic_are_their_sentences_once() -> None:
    class FakeValidationError(ValueError):
        def errors(self) -> list[dict[str, str]]:
            return [{"msg": "one"}, {"msg": "two"}, {"msg": "one"}]

    assert format_problems(FakeValidationError("2 validation errors")) == "one; two"
    assert format_problems(ValueError("one\ntwo")) == "one two"
