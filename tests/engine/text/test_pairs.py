"""Hard pairs of texts: equal where a person would say equal, and the same answer on every engine and database."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml

from synth_expectations.engine.adapters.base import Adapter
from synth_expectations.engine.adapters.sqlalchemy import SqlAdapter
from synth_expectations.engine.compiler import Compiler
from synth_expectations.rules.expressions import field, is_blank, is_equal, is_one_of, lower, matches, normalize
from synth_expectations.rules.folding import IOTA_BELOW, fold
from synth_expectations.rules.nodes import Condition
from synth_expectations.testing import Engine, Table
from tests.engine.forms import AS_OF
from tests.postgres_server import serve_postgres_with_icu

PAIRS = yaml.safe_load((Path(__file__).parent / "pairs.yml").read_text(encoding="utf-8"))
WORDS: list[list[str]] = PAIRS["words"]
NAMES: list[list[str]] = [*WORDS, *PAIRS["names"]]
BLANK: list[str] = PAIRS["blank"]
DIFFERENT: list[list[str]] = PAIRS["different"]
TEXTS = list(dict.fromkeys(text for line in (*NAMES, *DIFFERENT, BLANK) for text in line))
ADDRESSES = {"ann@shop.test", "ANN@SHOP.TEST", "ann@shop.test\u200b", "\ufeffann@shop.test"}
TEXT, OTHER = field("text"), field("other")

DATABASES = {
    "C.UTF-8": "ENCODING 'UTF8' LOCALE 'C.UTF-8'",
    "C": "ENCODING 'UTF8' LOCALE 'C'",
    "ICU": "ENCODING 'UTF8' LOCALE 'C' LOCALE_PROVIDER icu ICU_LOCALE 'tr-TR'",
    "nondeterministic": "ENCODING 'UTF8' LOCALE 'C' LOCALE_PROVIDER icu ICU_LOCALE 'und'",
    "LATIN1": "ENCODING 'LATIN1' LOCALE 'C'",
}
"""By what is odd about a database, how it is created; its text column has a collation of the same kind."""


def _find_wrong(adapter: Adapter, texts: list[str]) -> list[str]:
    """Return each text with each condition on it that is true where a person says false, or the reverse."""
    lines = [[text for text in line if text in texts] for line in WORDS]
    conditions: dict[str, tuple[Condition, set[str]]] = {
        "blank": (is_blank(TEXT), {text for text in texts if text in BLANK}),
        "name": (is_equal(normalize(TEXT, "name"), normalize(OTHER, "name")), set(filter(_has_name, texts))),
        "pattern": (
            matches(lower(TEXT), "ann@(.*[.])?shop[.]test"),
            ADDRESSES,
        ),
        **{
            f"is one of {word!a}": (is_one_of(TEXT, [word]), set(line))
            for line in lines
            for word in dict.fromkeys([*line[:1], *line[-1:]])
        },
    }
    compiler = Compiler(adapter.columns(), adapter.dialect, AS_OF)
    sql = [compiler.compile(condition) for condition, _ in conditions.values()]
    pieces = adapter.stream_violations(sql, ["id"], len(texts), where="1 = 1")
    answers = {row[0]: row[1:] for piece in pieces for row in piece}
    return [
        f"{text!a}: {name}"
        for number, text in enumerate(texts)
        for (name, (_, right)), answer in zip(conditions.items(), answers[number], strict=True)
        if bool(answer) is not (text in right)
    ]


def _has_name(text: str) -> bool:
    """Return whether a text, as a name, equals the first of its line: names keep some signs that stand in none."""
    kept = set(text) & set("\v\f\x1f\u2026")
    return set(text) == kept != set() or (not kept and any(map(str.isalnum, text)))


def _rows(texts: list[str]) -> list[dict[str, Any]]:
    """Return each text beside the first of its line."""
    lines = [[text for text in line if text in texts] for line in NAMES]
    first = {text: line[0] for line in lines for text in line}
    return [{"id": number, "text": text, "other": first.get(text, text)} for number, text in enumerate(texts)]


@pytest.mark.parametrize("line", NAMES, ids=lambda line: ascii(line[0]))
def test_equal_texts_fold_alike(line: list[str]) -> None:
    assert {ascii(fold(text)) for text in line} == {ascii(fold(line[0]))}


@pytest.mark.parametrize("line", DIFFERENT, ids=lambda line: ascii(line[0]))
def test_different_texts_do_not_fold_alike(line: list[str]) -> None:
    assert all(fold(one) != fold(other) for one, other in combinations(line, 2))


def test_a_fold_is_not_folded_further() -> None:
    signs = [chr(code) for code in range(0x10000) if not 0xD800 <= code < 0xE000]
    assert [ascii(sign) for sign in signs if fold(fold(sign)) != fold(sign)] == []
    cased = [sign for sign in signs if len(sign.upper()) == len(sign.lower()) == 1 and sign != IOTA_BELOW]
    assert [ascii(sign) for sign in cased if not fold(sign.lower()) == fold(sign) == fold(sign.upper())] == []


def test_every_engine_agrees(engine: Engine) -> None:
    table = Table.of({"id": "integer", "text": "text", "other": "text"}, _rows(TEXTS))
    assert _find_wrong(engine.adapter(table, {}), TEXTS) == []


@pytest.fixture(scope="module")
def server_with_icu() -> Iterator[str]:
    with serve_postgres_with_icu() as address:
        yield address


@pytest.fixture(scope="module", params=DATABASES)
def odd_database(request: pytest.FixtureRequest, server_with_icu: str) -> Iterator[tuple[str, Any]]:
    """Return what is odd about a database, and an engine of SQLAlchemy on it."""
    import sqlalchemy as sa

    server = sa.create_engine(server_with_icu, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.exec_driver_sql(f'CREATE DATABASE "{request.param}" TEMPLATE template0 {DATABASES[request.param]}')
    server.dispose()
    database = sa.create_engine(server.url.set(database=request.param), poolclass=sa.pool.StaticPool)
    yield request.param, database
    database.dispose()


@pytest.mark.full
@pytest.mark.only_on("postgresql")
def test_every_database_agrees(odd_database: tuple[str, Any], engine: Engine) -> None:
    import sqlalchemy as sa

    oddity, database = odd_database
    texts = [text for text in TEXTS if oddity != "LATIN1" or all(ord(sign) < 256 for sign in text)]
    collation = ""
    with database.begin() as connection:
        if oddity == "nondeterministic":
            connection.exec_driver_sql(
                "CREATE COLLATION loose (provider = icu, locale = 'und-u-ks-level1', deterministic = false)"
            )
            collation = "COLLATE loose"
        connection.exec_driver_sql(f"CREATE TABLE words (id int, text text {collation}, other text)")
        connection.execute(sa.text("INSERT INTO words VALUES (:id, :text, :other)"), _rows(texts))
    assert len(texts) > 50
    assert _find_wrong(SqlAdapter(database.connect, sa.table("words"), sa.table, "words"), texts) == []
