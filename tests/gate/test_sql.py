"""Rows in statements of SQL: of each dialect's ways to insert, merge and copy them."""

from __future__ import annotations

from pathlib import Path

import pytest

from synth_expectations.gate.formats.sql_statements import SqlRow, read_statements
from synth_expectations.gate.model import UnreadFileError
from synth_expectations.gate.repository import SourceFile


def _open(path: Path, text: str) -> SourceFile:
    content = text.encode()
    path.write_bytes(content)
    return SourceFile(path.name, path, len(content))


def test_sql_is_read_across_the_pieces_of_the_text(tmp_path: Path) -> None:
    """Texts, names and comments may lie across the end of a piece; a value may be long."""
    rows = [f"INSERT INTO t (a, b) VALUES ('{'x' * (n % 5000)}', 'it''s {n}') /* {'y' * n} */;\n" for n in range(700)]
    file = _open(tmp_path / "a.sql", "".join(rows))
    assert list(read_statements(file)) == [
        SqlRow("t", {"a": "x" * (n % 5000), "b": f"it's {n}"}, n + 1) for n in range(700)
    ]


def test_a_statement_may_end_with_the_file(tmp_path: Path) -> None:
    for text in ("INSERT INTO t (a) VALUES ('b')", "INSERT INTO t (a) VALUES ('b');", "COPY t (a) FROM stdin;\nb"):
        assert [row.values for row in read_statements(_open(tmp_path / "a.sql", text))] == [{"a": "b"}]


def test_a_parameter_is_no_text_that_goes_on(tmp_path: Path) -> None:
    text = "PREPARE p AS SELECT $1;\n" + "-- a remark\n" * 400_000 + "INSERT INTO t (a) VALUES ('b');\n"
    assert [row.values for row in read_statements(_open(tmp_path / "a.sql", text))] == [{"a": "b"}]


def test_rows_without_values_are_those_of_plain_selects_and_of_set(tmp_path: Path) -> None:
    text = (
        "INSERT INTO t (a, b) SELECT 'x' AS a, lower('Y') UNION ALL SELECT 'z', 1 FROM dual;\n"
        "INSERT INTO t SET a = 'q', `b` = now();\nINSERT INTO t (a) SELECT 'no' FROM u WHERE b IN ('c', 'd');\n"
        "INSERT INTO t (a) SELECT 'end'"
    )
    rows = list(read_statements(_open(tmp_path / "a.sql", text)))
    expected = [{"a": "x", "b": None}, {"a": "z", "b": "1"}, {"a": "q", "b": None}, {"a": "end"}]
    assert [row.values for row in rows] == expected


STATEMENTS: dict[str, tuple[str, list[dict[str, str | None]]]] = {
    "texts of Oracle in brackets": (
        "INSERT INTO t (a, b) VALUES (q'[O'Moor]', nq'{x}'); INSERT INTO t (a, b) VALUES (Q'!it's!', q'(a)b)');",
        [{"a": "O'Moor", "b": "x"}, {"a": "it's", "b": "a)b"}],
    ),
    "several tables of one INSERT": (
        "INSERT ALL INTO t (a) VALUES ('1') INTO u (a) VALUES ('2') SELECT * FROM dual;",
        [{"a": "1"}, {"a": "2"}],
    ),
    "a MERGE of values, with a constant": (
        "MERGE INTO t x USING (SELECT 1 AS i, 'e' em FROM dual UNION ALL SELECT 2, 'f' FROM dual) s ON (x.a = s.i) "
        "WHEN NOT MATCHED THEN INSERT (a, b, c) VALUES (s.i, s.em, 'true');",
        [{"a": "1", "b": "e", "c": "true"}, {"a": "2", "b": "f", "c": "true"}],
    ),
    "a MERGE that only updates": (
        "MERGE INTO t USING (VALUES (1, 'e')) s (a, b) ON t.a = s.a WHEN MATCHED THEN UPDATE SET b = s.b;",
        [{"a": "1", "b": "e"}],
    ),
    "a MERGE of another table": (
        "MERGE INTO t USING stage s ON t.a = s.a WHEN NOT MATCHED THEN INSERT (a) VALUES (s.a);\nINSERT t (a) VALUES (1);",
        [{"a": "1"}],
    ),
    "a MERGE of H2": (
        "MERGE INTO t (a, b) KEY (a) VALUES (1, 'e'), (2, 'f');",
        [{"a": "1", "b": "e"}, {"a": "2", "b": "f"}],
    ),
    "a MERGE that ends with GO": (
        "MERGE t USING (SELECT 1 a) s ON t.a = s.a WHEN NOT MATCHED THEN INSERT (a) VALUES (s.a)\nGO\n"
        "INSERT t (a) VALUES (2)\nGO",
        [{"a": "1"}, {"a": "2"}],
    ),
    "rows that are selected from values": (
        "INSERT INTO t (a, b) SELECT * FROM (VALUES (1, 'e'), (2, 'f')) AS v (x, y) WHERE x NOT IN (SELECT a FROM t);",
        [{"a": "1", "b": "e"}, {"a": "2", "b": "f"}],
    ),
    "rows of a common table expression": (
        "WITH v (a, b) AS (VALUES (1, 'e')) INSERT INTO t SELECT * FROM v; INSERT INTO t WITH w AS (SELECT 2 a, 'f' b) "
        "SELECT a, b FROM w;",
        [{"a": "1", "b": "e"}, {"a": "2", "b": "f"}],
    ),
    "statements in a text that is run": (
        "DO $$ BEGIN INSERT INTO t (a) VALUES ('1'); END $$;\n"
        "DO LANGUAGE plpgsql $x$ BEGIN INSERT INTO t (a) VALUES ('2'); END $x$;"
        "EXEC('INSERT INTO t (a) VALUES (''3'')'); EXECUTE IMMEDIATE 'INSERT INTO t (a) VALUES (4)'; EXECUTE FUNCTION f('5');",
        [{"a": "1"}, {"a": "2"}, {"a": "3"}, {"a": "4"}],
    ),
    "texts in dollars, with escapes, and joined": (
        "INSERT INTO t (a, b, c) VALUES ($$x$$, U&'a\\0040b\\\\', 'c' || '@' || 'd'); INSERT INTO t (a) VALUES ('e' + 'f');",
        [{"a": "x", "b": "a@b\\", "c": "c@d"}, {"a": "ef"}],
    ),
    "rows that update if they are there": (
        "UPSERT INTO t (a) VALUES (1); UPSERT t (a) VALUES (2);",
        [{"a": "1"}, {"a": "2"}],
    ),
    "CSV of psql, of which a value has two lines": (
        '\\copy t (a, b) from stdin csv\n1,"e, f"\n2,"g\nh"\n\\.\n\\copy t from \'x.csv\' csv\nINSERT INTO t (a) VALUES (3);',
        [{"a": "1", "b": "e, f"}, {"a": "2", "b": "g\nh"}, {"a": "3"}],
    ),
    "CSV with options in brackets": (
        "COPY t FROM STDIN WITH (FORMAT csv, HEADER true, NULL '-', DELIMITER ';');\na;b\n1;-\n\\.\n",
        [{"a": "1", "b": None}],
    ),
    "a COPY with a delimiter of its own": (
        "COPY t (a, b) FROM stdin DELIMITER AS '|';\n1|e\n\\.\n",
        [{"a": "1", "b": "e"}],
    ),
}


@pytest.mark.parametrize("kind", STATEMENTS)
def test_rows_of_each_kind_of_statement_are_read(tmp_path: Path, kind: str) -> None:
    text, expected = STATEMENTS[kind]
    assert [row.values for row in read_statements(_open(tmp_path / "a.sql", text))] == expected


REFUSED: dict[str, tuple[str, str]] = {
    "a text of Oracle that is not closed": ("INSERT INTO t (a) VALUES (q'[abc);", "is not closed"),
    "brackets without an end": ("INSERT INTO t " + "(" * 100_000, "nested more than 40 levels deep"),
    "queries without an end": ("MERGE INTO t USING " + "(SELECT * FROM " * 1_000, "nested more than 40 levels deep"),
    "a quote of CSV that is not closed": ('\\copy t from stdin csv\n1,"e\n', "a quote that is opened at line 2"),
    "a MERGE of very many rows": (f"MERGE INTO t USING (VALUES {'(1),' * 200_001}(1)) s", "more than 200,000 rows"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_statements_that_cannot_be_read_say_why(tmp_path: Path, kind: str) -> None:
    text, says = REFUSED[kind]
    with pytest.raises(UnreadFileError, match=says):
        list(read_statements(_open(tmp_path / "a.sql", text)))
