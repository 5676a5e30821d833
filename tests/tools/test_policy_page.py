"""docs/policy.md has every key of the policy; each example compiles, and each wrong value is refused."""

from __future__ import annotations

import pytest

from tools.docs import policy
from tools.docs.policy import NO_EXAMPLE, compile_example, describe, find_error, keys_of, models, read_keys

DOCUMENT = read_keys()
SECTIONS = {section["model"]: section for section in DOCUMENT["sections"]}


def test_each_key_is_there() -> None:
    assert set(SECTIONS) == {name for name in models() if keys_of(name)}, "a section of tools/docs/policy_keys.yml"
    for name, section in SECTIONS.items():
        assert set(section["keys"]) == set(keys_of(name)), name


def test_each_key_has_a_meaning() -> None:
    for section in SECTIONS.values():
        for key in section["keys"]:
            assert describe(section, key) != "None", (section["title"], key)


def test_the_base_compiles() -> None:
    section = SECTIONS["PolicyFile"]
    assert compile_example(DOCUMENT, section, "version") == []


@pytest.mark.parametrize("name", ["Notification", "Tuning", "Identifiers"])
def test_examples_and_errors(name: str) -> None:
    _check(name)


@pytest.mark.full
@pytest.mark.parametrize("name", sorted(SECTIONS))
def test_all_examples_and_errors(name: str) -> None:
    _check(name)


def _check(name: str) -> None:
    section = SECTIONS[name]
    for key, entry in section["keys"].items():
        assert compile_example(DOCUMENT, section, key) == [], key
        error = find_error(DOCUMENT, section, key)
        names = (
            key,
            str(entry["wrong"]),
            section["title"].split()[-1],
            "mostly",
            "place",
            "there is no",
            "needs",
            "holds",
        )
        assert any(word in error for word in names), f"{key}: the error is of something else: {error}"
        assert (NO_EXAMPLE in entry) <= isinstance(entry.get(NO_EXAMPLE), str)


def test_a_wrong_value_that_compiles_is_found() -> None:
    section = {**SECTIONS["PolicyFile"], "keys": {"owner": {"example": "me", "wrong": "you"}}}
    with pytest.raises(ValueError, match="owner: 'you' compiles"):
        find_error(DOCUMENT, section, "owner")


def test_an_example_that_does_not_compile_is_found() -> None:
    section = {**SECTIONS["PolicyFile"], "keys": {"owner": {"example": 7, "wrong": ""}}}
    assert "owner" in compile_example(DOCUMENT, section, "owner")[0]


def test_values_read_as_yaml() -> None:
    written = policy._format_value({"a": ["x y", "true", "*", 1, True, "../b"], "c": {"d": "é: "}})
    from ruamel.yaml import YAML

    assert YAML(typ="safe").load(written) == {"a": ["x y", "true", "*", 1, True, "../b"], "c": {"d": "é: "}}
