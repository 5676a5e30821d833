"""What `init` sees in exports of shops that do not write English, in tags, and in numbers that an authority issues."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from synth_expectations.engine.schema import Family
from synth_expectations.policy.infer import ProposalError, profile_extract, profile_parquet, propose, render_policy
from synth_expectations.policy.infer.issued_numbers import read_numbers
from synth_expectations.policy.infer.names import find_columns, is_private
from synth_expectations.policy.infer.tags import count_tags
from tests.policy.infer.profiles import found, parquet
from tests.policy.infer.test_exports import questions

SHOPS = {
    "German": (
        "Kundennummer;Vorname;Nachname;E-Mail-Adresse;Telefon;Geburtsdatum;PLZ;Testdatensatz",
        ("Ja", "Nein", "cp1252"),
    ),
    "Dutch": (
        "Klantnummer;Voornaam;Achternaam;E-mailadres;Telefoonnummer;Geboortedatum;Postcode;Is Testklant",
        ("ja", "nee", "utf-8"),
    ),
    "French": (
        "Code client;Prénom;Nom;Adresse électronique;Téléphone;Date de naissance;Code postal;Synthétique",
        ("oui", "non", "cp1252"),
    ),
    "Spanish": (
        "ID cliente;Nombre;Apellidos;Correo electrónico;Teléfono;Fecha de nacimiento;Código postal;Es sintético",
        ("sí", "no", "cp1252"),
    ),
    "Italian": (
        "Codice cliente;Nome;Cognome;Posta elettronica;Telefono;Data di nascita;CAP;Dato di prova",
        ("vero", "falso", "utf-8"),
    ),
    "Portuguese": (
        "Código cliente;Nome;Sobrenome;E-mail;Telefone;Data de nascimento;CEP;Sintético",
        ("sim", "não", "cp1252"),
    ),
    "Polish": (
        "ID klienta;Imię;Nazwisko;Adres e-mail;Telefon;Data urodzenia;Kod pocztowy;Czy syntetyczny",
        ("Tak", "Nie", "cp1250"),
    ),
}
"""By language: the header, what the marker says of synthetic and of real records, and the encoding."""


@pytest.mark.parametrize("language", SHOPS)
def test_a_shop_is_understood_in_its_language(language: str, tmp_path: Path) -> None:
    header, (yes, no, encoding) = SHOPS[language]
    names = header.split(";")
    people = [
        f"K{number:04};Éva{number};Józefa{number};p{number}@shop.example;020 5550{number:03};1980-02-03;28{number:03};"
        + (yes if number > 35 else no)
        for number in range(40)
    ]
    file = tmp_path / "people.csv"
    if encoding == "cp1250":  # with letters that only it has
        people = [person.replace("Éva", "Mała") for person in people]
    file.write_bytes("\n".join([header, *people, ""]).encode(encoding))
    profile = profile_extract(str(file), "csv")
    proposal = propose(profile)
    assert profile.format == {"delimiter": ";"} | ({"encoding": encoding} if encoding != "utf-8" else {})
    assert found(proposal, "marker") == {"column": names[7], "synthetic": [yes], "real": [no]}
    assert found(proposal, "columns")["key"] == names[0]
    people_found = found(proposal, "identifiers")
    assert {word: people_found[word] for word in ("email", "phone", "name", "birth_date", "postcode")} == {
        "email": names[3],
        "phone": names[4],
        "name": names[1:3],
        "birth_date": names[5],
        "postcode": names[6],
    }
    text = render_policy([proposal])
    assert "Józefa" not in text
    assert "@shop.example" not in text


def test_names_in_other_languages_are_private_and_no_others_are_taken_for_them() -> None:
    assert all(
        map(
            is_private,
            ("Nachname", "Prénom", "Straße", "Bemerkung", "Woonplaats", "氏名", "Telefon2"),
        )
    )
    assert not any(map(is_private, ("Kategorie", "Typ", "Herkunft", "Statut")))
    columns = [
        (name, Family.TEXT) for name in ("Produktname", "Nomenklatur", "Mobilität", "Firmenname", "Nombre de pièces")
    ]
    assert [find_columns(word, columns) for word in ("first_name", "last_name", "phone", "email")] == [[]] * 4


def test_a_shop_in_shift_jis(tmp_path: Path) -> None:
    lines = ["顧客ID,姓,名,メールアドレス,電話番号"]
    lines += [f"C{n:03},佐藤,花子{n},u{n}@mise.example,03-1234-{n:04}" for n in range(30)]
    for encoding, known in (("shift_jis", "cp932"), ("euc_jp", "euc_jp")):
        file = tmp_path / f"{encoding}.csv"
        file.write_bytes("\n".join([*lines, ""]).encode(encoding))
        profile = profile_extract(str(file), "csv")
        assert profile.format == {"encoding": known}
        assert found(propose(profile), "columns")["key"] == "顧客ID"
        assert found(propose(profile), "identifiers")["name"] == ["名", "姓"]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("ид;имя;фамилия\n1;Анна;Петрова\n", "cp1251"),
        ("编号,姓名,邮箱\n1,王小明,a@shop.example\n", "gbk"),
        ("이름,전화번호,주소\n홍길동,1,서울\n", "euc_kr"),
    ],
)  # fmt: skip
def test_an_encoding_that_nobody_knows_is_no_western_one(text: str, encoding: str, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_bytes(text.encode(encoding))
    with pytest.raises(ProposalError, match="is not known: it is not UTF-8, and its letters make no words"):
        profile_extract(str(file), "csv")


def test_a_table_in_another_alphabet_gets_a_name_that_a_policy_takes(tmp_path: Path) -> None:
    names = {"顧客": "table", "клиенты": "table", "Kundenübersicht Süd": "kundenubersicht_sud"}
    for file, name in names.items():
        proposal = propose(profile_parquet(parquet(tmp_path / f"{file}.parquet", id=["1"], email=["a@shop.example"])))
        assert proposal.table == name


CARDS = ["4111 1111 1111 1111", "5500-0000-0000-0004", "340000000000009", "6011000000000004"]


@pytest.mark.parametrize(
    ("argument", "values", "fitting"),
    [
        ("cards", CARDS, 4),
        ("cards", [*CARDS * 5, "n/a"], 20),
        ("cards", ["4111111111111112", *CARDS[:1]], None),
        ("cards", ["**** 1111", "1111"], None),
        ("cards", [None, " "], None),
        ("ssns", ["123-45-6789", "987654321", None], 2),
        ("ssns", ["***-**-6789"], None),
        ("ssns", [123456789], 1),
    ],
)
def test_numbers_that_an_authority_issues(argument: Any, values: list[Any], fitting: int | None) -> None:
    numbers = read_numbers(argument, values)
    assert (numbers.fitting if numbers else None) == fitting


def test_cards_and_social_security_numbers_are_proposed_and_never_shown(tmp_path: Path) -> None:
    columns = {
        "id": [str(number) for number in range(40)],
        "email": [f"p{number}@shop.example" for number in range(40)],
        "is_synthetic": [number > 35 for number in range(40)],
        "Card Number": CARDS * 10,
        "SSN__c": [f"{123 + number}-45-6789" for number in range(40)],
        "loyalty_card_number": [f"L-{number}" for number in range(40)],
        "gift_card": CARDS * 10,
    }
    proposal = propose(profile_parquet(parquet(tmp_path / "contact.parquet", **columns)))
    assert found(proposal, "expectations") == {
        "expect_untagged_records_to_not_look_synthetic": {"cards": ["Card Number"], "ssns": ["SSN__c"]}
    }
    text = render_policy([proposal])
    assert not [value for value in (*CARDS, "45-6789") if value in text]
    nobody = propose(profile_parquet(parquet(tmp_path / "legal_hold.parquet", hold_id=["1"], ssn=["123-45-6789"])))
    assert "expectations" not in nobody.entry


def test_a_tag_that_says_synthetic_is_asked_about(tmp_path: Path) -> None:
    tags = ['"vip"', '"Synthetic","vip"', "", None, '"synthetic"', "gold; test"] * 5
    columns = {
        "EUID": [f"e{number}" for number in range(30)],
        "Email Address": [f"p{n}@shop.example" for n in range(30)],
    }
    proposal = propose(profile_parquet(parquet(tmp_path / "members.parquet", TAGS=tags, **columns)))
    [note] = [note for note in proposal.notes if "lists tags" in note]
    assert note.startswith("TAGS lists tags, and 10 of 25 values that were read have the tag synthetic")
    assert "vip" not in note
    assert questions(proposal) == []


def test_tags_that_say_something_else() -> None:
    assert count_tags(['"vip"', "contest, protest", None, ""]) is None
    assert count_tags([]) is None
