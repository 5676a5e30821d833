"""Records of odd tables and documents are read, counted, and named by their lines."""

from __future__ import annotations

from pathlib import Path

from tests.gate.conftest import Gate, write


def test_nul_bytes_ragged_rows_and_doubled_columns(gate: Gate, tmp_path: Path) -> None:
    text = "LastName,Email,Email\nMo\0or,a@example.com,a@example.com\nLund\nVale,c@example.com,c@example.com,4,5\n"
    write(tmp_path, "Contact.csv", text)
    out = gate().out
    assert "SD020" in out
    assert "2 rows have another number of values" in out
    assert "1 column more than once" in out


def test_a_record_is_named_by_the_line_that_it_begins_at(gate: Gate, tmp_path: Path) -> None:
    write(tmp_path, "Contact.csv", 'LastName,Email\n"Mo\nor",a@example.com\n\nLund,b@example.com\n')
    out = gate().out
    assert "Contact record 1 (line 2), Contact record 2 (line 5)" in out


def test_one_record_and_several_are_worded_apart(gate: Gate, tmp_path: Path) -> None:
    write(tmp_path, "Contact.csv", "LastName,Email\nMoor,a@example.com\n")
    assert "SD020 1 of 1 record of Contact looks made up and has no tag" in gate().out
    write(tmp_path, "Contact.csv", "LastName,Email\nMoor,a@example.com\nLund,b@example.com\n")
    assert "SD020 2 of 2 records of Contact look made up and have no tag" in gate().out


def test_keys_of_yaml_that_are_no_texts(gate: Gate, tmp_path: Path) -> None:
    text = "people:\n- {1: x, email: a@example.com}\n- {true: 3, null: 2, 2026-01-01: x, email: b@example.com}\n"
    columns = "email: [a@example.com, b@example.com]\n3: [1, 2]\n"
    nested = "1: {2: &a {email: a@example.com, 3: x}, 4: {email: b@example.com, 3: x}, 5: *a}\n"
    for number, content in enumerate((text, columns, nested)):
        (tmp_path / f"{number}.yml").write_text(content, encoding="utf-8")
    run = gate("--production", "**")
    assert run.code == 1, run.err
    assert run.out.count("SD001 2 of 2 records") == 2
    assert "SD001 3 of 3 records" in run.out


def test_files_within_a_document_that_are_not_read_are_noted(gate: Gate, tmp_path: Path) -> None:
    text = "kind: ConfigMap\ndata:\n  seed.sql: |\n    INSERT INTO contacts (email) VALUES ('a@example.com');\n"
    (tmp_path / "seed.yml").write_text(text, encoding="utf-8")
    assert "The file seed.sql within it is not read" in gate("--production", "**").out
