"""Files whose contents are not what their name says: pointers, packed files, other formats and encodings."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
from pathlib import Path

import pytest

from tests.gate.conftest import Gate, write
from tests.gate.texts import PEOPLE

POINTER = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935\nsize 12345\n"
ANNEX = "/annex/objects/SHA256E-s12--4d7a.csv\n"
ENDINGS = ("csv", "json", "jsonl", "sql", "yml", "xml", "xlsx", "parquet", "txt", "dat", "jsonc")
BOUND = ("--production", "data/**")


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize(("content", "says"), [(POINTER, "git lfs pull"), (ANNEX, "git annex get")])
def test_a_pointer_is_not_the_file(gate: Gate, tmp_path: Path, ending: str, content: str, says: str) -> None:
    write(tmp_path, f"data/people.{ending}", content)
    ended = gate(*BOUND)
    assert (ended.code, says in ended.out) == (2, True), ended.out
    assert gate().code == 0  # nothing says that it goes to production


@pytest.mark.parametrize("path", ["data/export.json", "cumulusci.yml", ".sfdx-hardis.yml", ".gitlab-ci.yml"])
def test_a_pointer_that_decides_is_errored(gate: Gate, tmp_path: Path, path: str) -> None:
    write(tmp_path, path, POINTER)
    write(tmp_path, "data/Contact.csv", PEOPLE)
    ended = gate()
    assert ended.code == 2
    assert "It tells what is bound for production, so that is not known" in ended.out


NOT_READ: dict[str, tuple[str, bytes, str]] = {
    "bzip2 that is called CSV": ("data/p.csv", bz2.compress(PEOPLE.encode()), "it is packed by bzip2"),
    "xz that is called CSV": ("data/p.csv", lzma.compress(PEOPLE.encode()), "it is packed by xz"),
    "gzip that is called JSON": ("data/p.json", gzip.compress(b"[]"), "it is packed by gzip"),
    "gzip in gzip": ("data/p.csv.gz", gzip.compress(gzip.compress(PEOPLE.encode())), "it is packed by gzip"),
    "gzip with something behind": ("data/p.csv.gz", gzip.compress(PEOPLE.encode()) + b"junk", "cut off or damaged"),
    "a ZIP that is called SQL": ("data/p.sql", b"PK\x03\x04abc", "it is a ZIP archive"),
    "rich text that is called CSV": ("data/p.csv", b"{\\rtf1 LastName,Email}", "it is rich text"),
    "a database without an ending": ("data/people", b"SQLite format 3\0" + bytes(99), "it is a database of SQLite"),
    "a file of git-crypt": ("data/p.csv", b"\0GITCRYPT\0" + bytes(range(256)), "it is encrypted by git-crypt"),
    "a file of Ansible Vault": ("data/p.yml", b"$ANSIBLE_VAULT;1.1;AES256\n6361\n", "it is encrypted by Ansible Vault"),
    "a file of SOPS": (
        "data/p.yml",
        b"people:\n- email: ENC[AES256_GCM,data:xx]\n  last_name: x\n",
        "encrypted by SOPS",
    ),
    "a file of age": ("data/p.csv", b"age-encryption.org/v1\n-> X25519 abc\n", "it is encrypted by age"),
    "a file of PGP": ("data/p.csv.asc", b"-----BEGIN PGP MESSAGE-----\n\nabc\n", "it is encrypted by PGP"),
    "a file of GnuPG": ("data/p.csv.gpg", b"\x85\x01\x0c", "the gate does not read its format"),
    "a file in conflict": ("data/p.csv", b"<<<<<<< HEAD\nLastName,Email\n=======\n>>>>>>> x\n", "a conflict of Git"),
    "text of a mainframe": ("data/p.csv", PEOPLE.encode("cp037"), "not Unicode, and no row of it can be told"),
}


@pytest.mark.parametrize("kind", NOT_READ)
def test_contents_of_another_kind_are_not_read(gate: Gate, tmp_path: Path, kind: str) -> None:
    path, content, says = NOT_READ[kind]
    write(tmp_path, path, content)
    ended = gate(*BOUND)
    assert (ended.code, says in ended.out) == (2, True), ended.out


FOUND: dict[str, tuple[str, str | bytes]] = {
    "JSON that is called CSV": ("data/p.csv", json.dumps([{"LastName": "Moor", "Email": "a@example.com"}])),
    "SQL that is called CSV": (
        "data/p.csv",
        "INSERT INTO contact (last_name, email) VALUES ('Moor', 'a@example.com');\n",
    ),
    "XML that is called CSV": ("data/p.csv", "<?xml version='1.0'?><a><b LastName='Moor' Email='a@example.com'/></a>"),
    "JSON with comments": ("data/p.jsonc", '// people\n[{"LastName": "Moor", "Email": "a@example.com"}]'),
    "a letter of another alphabet in the header": ("data/p.csv", "LastName,Em\u0430il\nMoor,a@example.com\n"),
    "a hidden file": ("data/.people.csv", PEOPLE),
    "addresses that are links": (
        "data/p.csv",
        "LastName,Email\nMoor,mailto:a@example.com\nLund,Lund <b@example.com>\n",
    ),
    "addresses in formulas": ("data/p.csv", 'LastName,Email\nMoor,="a@example.com"\nLund,="b@example.com"\n'),
    "addresses in single quotes": (
        "data/p.csv",
        "'LastName','Email'\n'Moor','a@example.com'\n'Lund','b@example.com'\n",
    ),
    "halves of letters in a key": (
        "data/p.json",
        '[{"LastName": "\\ud800", "Email": "a@example.com", "Id": "\\udfff1"}]',
    ),
    "halves of letters in a name": ("data/p.json", '{"\\ud800": [{"LastName": "Moor", "Email": "a@example.com"}]}'),
}


@pytest.mark.parametrize("kind", FOUND)
@pytest.mark.parametrize("output", ["text", "json", "sarif", "gitlab", "junit"])
def test_people_are_found_whatever_the_file_is_called(gate: Gate, tmp_path: Path, kind: str, output: str) -> None:
    write(tmp_path, *FOUND[kind])
    ended = gate(*BOUND, "--output", output, "--output-file", "report")
    assert (ended.code, ended.err) == (1, "")
    assert "SD001" in (tmp_path / "report").read_text(encoding="utf-8")


def test_a_file_whose_name_is_not_utf_8_is_reported(gate: Gate, tmp_path: Path) -> None:
    write(tmp_path, "data/\udcff.csv", PEOPLE)
    for output in ("text", "json", "sarif", "gitlab", "junit"):
        ended = gate(*BOUND, "--output", output, "--output-file", "report")
        assert (ended.code, ended.err) == (1, "")
        assert (tmp_path / "report").read_text(encoding="utf-8")


def test_an_empty_file_and_a_sidecar_of_nothing_are_said(gate: Gate, tmp_path: Path) -> None:
    write(tmp_path, "data/people.yml", "")
    write(tmp_path, "data/gone.csv.synthetic.yml", "marker: synthetic\n")
    write(tmp_path, "data/two.csv", PEOPLE)
    write(tmp_path, "data/two.csv.synthetic.yml", "marker: real\n")
    write(tmp_path, "data/two.csv.synthetic.yaml", "marker: synthetic\n")
    ended = gate(*BOUND)
    assert ended.code == 1
    for says in (
        "data/people.yml: It is empty.",
        "data/gone.csv.synthetic.yml: It tags nothing: gone.csv is not there.",
        "data/two.csv: It has two sidecars, two.csv.synthetic.yml and two.csv.synthetic.yaml, of which one must go.",
    ):
        assert says in ended.out


def test_a_submodule_that_is_not_checked_out_is_not_read(gate: Gate, tmp_path: Path) -> None:
    write(tmp_path, ".gitmodules", '[submodule "people"]\n\tpath = data/people\n\turl = ../people.git\n')
    (tmp_path / "data" / "people").mkdir(parents=True)
    assert gate().code == 0
    ended = gate(*BOUND)
    assert ended.code == 2
    assert "data/people: it is a submodule of Git that is not checked out. It is bound for production" in ended.out
    write(tmp_path, "data/people/Contact.csv", PEOPLE)
    assert gate(*BOUND).code == 1


def test_a_link_to_a_directory_is_followed_for_what_is_bound(gate: Gate, tmp_path: Path) -> None:
    write(tmp_path, "kept/people.csv", PEOPLE)
    (tmp_path / "data").symlink_to("kept")
    (tmp_path / "kept" / "itself").symlink_to(".")
    ended = gate(*BOUND)
    assert ended.code == 1
    assert "kept/people.csv: SD001" in ended.out
    assert "by the link data/people.csv" in ended.out


def test_a_link_to_a_directory_elsewhere_is_not_read(gate: Gate, tmp_path: Path) -> None:
    (tmp_path / "data").symlink_to(tmp_path.parent)
    ended = gate(*BOUND)
    assert ended.code == 2
    assert "data: it is a link that leads out of the repository. It is bound for production" in ended.out
