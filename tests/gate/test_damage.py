"""Files of each format, damaged at random: each ends in a result, a note or "not read", and none in a traceback or in silence."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import random
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from synth_expectations.gate.command import OUTPUTS, format_run
from synth_expectations.gate.model import Level
from synth_expectations.gate.run import run_gate
from tests.gate.test_formats import COPY, DJANGO, ELEMENTS, FIELDS, LISTS, MYSQL, PEOPLE, join
from tests.gate.workbooks import make_workbook

DUMP = 'BEGIN TRANSACTION;\nCREATE TABLE "Contact" (id INTEGER, "LastName" TEXT, "Email" TEXT);\n' + "".join(
    f"INSERT INTO \"Contact\" VALUES({number}, 'Moor', 'a.moor@example.com');\n" for number in range(9)
)
TREE = {
    "records": [{"attributes": {"type": "Contact", "referenceId": "C1"}, "LastName": "Moor", "Email": "a@example.com"}]
}
YAML = "".join("- " + "\n  ".join(f"{key}: {json.dumps(value)}" for key, value in p.items()) + "\n" for p in PEOPLE)
MERGE = (
    "MERGE INTO c USING (SELECT 1 AS id, q'[a@example.com]' email FROM dual) s ON (1=1) WHEN NOT MATCHED THEN INSERT "
)
PSQL = (
    f"\\copy c from stdin csv header\n{join(',')}\\.\nDO $$ BEGIN {MERGE}(id, email) VALUES (s.id, s.email); END $$;\n"
)
SEEDS = 100
_PIECES = (
    b"\0",
    b"\xff\xfe",
    b'"',
    b"'",
    b"{",
    b"[",
    b"]",
    b"}",
    b"<",
    b"&",
    b"*a",
    b"1e999",
    b"\\",
    b"\r",
    b"\xed\xa0\x80",
)
_MORE = (b"-", b":", b"$$", b"q'[", b"<<: ", b"!!python/x ", b"9" * 30, b"\x1a", b"\\ud800", b"]]>", b"/*", b"(" * 60)


def _make_parquet() -> bytes:
    columns = {field: [person[field] for person in PEOPLE] for field in FIELDS}
    content = io.BytesIO()
    pq.write_table(pa.table(columns | {"nested": [[{"email": "a@example.com"}]] * len(PEOPLE)}), content)
    return content.getvalue()


WHOLE: dict[str, Callable[[], bytes]] = {
    "csv": lambda: join(",").encode(),
    "tsv": lambda: join("\t").encode("utf-16"),
    "json": lambda: json.dumps({"people": PEOPLE}).encode(),
    "list.json": lambda: json.dumps(PEOPLE, indent=1).encode(),
    "tree.json": lambda: json.dumps(TREE).encode(),
    "jsonl": lambda: "\n".join(map(json.dumps, PEOPLE)).encode(),
    "copy.sql": COPY.encode,
    "mysql.sql": MYSQL.encode,
    "psql.sql": PSQL.encode,
    "dump.sql": DUMP.encode,
    "xml": f"<?xml version='1.0'?>\n<export>{ELEMENTS}{DJANGO}</export>".encode,
    "yml": YAML.encode,
    "people.yml": f"people:\n{YAML}".encode,
    "xlsx": lambda: make_workbook([list(FIELDS), *LISTS]),
    "parquet": _make_parquet,
    "csv.gz": lambda: gzip.compress(join(",").encode()),
    "json.bz2": lambda: bz2.compress(json.dumps(PEOPLE).encode()),
    "sql.xz": lambda: lzma.compress(COPY.encode()),
}


def _damage(content: bytes, random_: random.Random) -> bytes:
    """Return contents with some bytes changed, lost, doubled or added."""
    damaged = bytearray(content)
    for _ in range(random_.choice((1, 1, 2, 5, 20))):
        at = random_.randrange(len(damaged)) if damaged else 0
        length = random_.randrange(1, 20)
        kind = random_.randrange(6)
        if kind == 0 and damaged:
            damaged[at] ^= 1 << random_.randrange(8)
        elif kind == 1:
            del damaged[at : at + length]
        elif kind == 2:
            damaged[at:at] = random_.randbytes(length)
        elif kind == 3:
            del damaged[at:]
        elif kind == 4:
            damaged[at:at] = damaged[at : at + length]
        else:
            damaged[at:at] = random_.choice((*_PIECES, *_MORE))
    return bytes(damaged)


@pytest.mark.parametrize("ending", WHOLE)
def test_damaged_files_are_accounted_for(tmp_path: Path, ending: str) -> None:
    content = WHOLE[ending]()
    (tmp_path / ".git").mkdir()
    (tmp_path / "data").mkdir()
    for seed in range(SEEDS):
        random_ = random.Random(f"{ending} {seed}")
        (tmp_path / "data" / f"p{seed}.{ending}").write_bytes(_damage(content, random_))
    run = run_gate([tmp_path], None, ("data/**",), as_of=date(2026, 11, 30))
    said = (
        {finding.path for finding in run.findings}
        | {file.path for file in run.unread}
        | {note.path for note in run.notes}
    )
    silent = {f"data/p{seed}.{ending}" for seed in range(SEEDS)} - said
    if "sql" in ending and "." in said:  # files of SQL without a row are counted
        silent = set()
    assert silent == set()
    for output in OUTPUTS:
        assert format_run(run, output, Level.ERROR)
